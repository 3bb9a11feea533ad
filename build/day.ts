// Runs the exam day of tests/day in a display of its own where there is none; `day` and a headless `start` share it.
import { bundle } from "./bundle.ts";
import { withDisplay } from "./setup/display.ts";
import { exitCodeOf, startTypeScript } from "./setup/run.ts";

export async function runDay(args: readonly string[]): Promise<number> {
  await bundle();
  return withDisplay((env) => exitCodeOf(startTypeScript("tests/day/main.ts", args, { env })));
}
