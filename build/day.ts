// Runs the exam day of tests/day in a display of its own where there is none; `day` and a headless `start` share it.
import { bundle } from "./bundle.js";
import { withDisplay } from "./setup/display.js";
import { exitCodeOf, startTypeScript } from "./setup/run.js";

export async function runDay(args: readonly string[]): Promise<number> {
  await bundle();
  return withDisplay((env) => exitCodeOf(startTypeScript("tests/day/main.ts", args, { env })));
}
