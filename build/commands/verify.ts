// `npm run verify -- FILE... [--lang zh-CN|en] [--json]`: the small verifier, which needs nothing but the files.
import { command, exitCodeOf, startTypeScript } from "../setup/run.ts";

await command(() => exitCodeOf(startTypeScript("registry/verifier/main.ts", process.argv.slice(2))));
