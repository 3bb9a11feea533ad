// `npm run vectors [-- --json] [-- --from DIR]`: every set of vectors, counted and run. DIR: public sets that lie elsewhere.
import { command, exitCodeOf, startTypeScript } from "../setup/run.ts";

await command(() => exitCodeOf(startTypeScript("tests/vector-sets/main.ts", process.argv.slice(2))));
