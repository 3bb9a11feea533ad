// `npm run registry -- [args]`: the reference registry in the foreground.
import { command, exitCodeOf, startTypeScript } from "../setup/run.ts";

// Ctrl-C is the registry's to answer; we wait for it to close its journal.
process.on("SIGINT", () => undefined);
await command(() => exitCodeOf(startTypeScript("registry/main.ts", process.argv.slice(2))));
