// `npm run rig -- NAME --count N --seed S [--json]`: the long fault rigs. `npm test` runs each of them small.
import { bundle } from "../bundle.ts";
import { withDisplay } from "../setup/display.ts";
import { command, exitCodeOf, startTypeScript } from "../setup/run.ts";

await command(async () => {
  await bundle();
  return withDisplay((env) =>
    exitCodeOf(startTypeScript("tests/rigs/main.ts", process.argv.slice(2), { env })),
  );
});
