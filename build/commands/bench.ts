// `npm run bench -- NAME [--json]`: figures beside their peers and limits, from one run. Missing a goal is no failure.
import { bundle } from "../bundle.ts";
import { withDisplay } from "../setup/display.ts";
import { command, exitCodeOf, startTypeScript } from "../setup/run.ts";

await command(async () => {
  await bundle();
  return withDisplay((env) =>
    exitCodeOf(startTypeScript("tests/bench/main.ts", process.argv.slice(2), { env })),
  );
});
