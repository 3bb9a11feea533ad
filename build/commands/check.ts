// `npm run check`: what to run before every push. Static checks and unit tests, nothing that opens a window.
import { command } from "../setup/run.js";
import { describe, runStages } from "../stages/stage.js";
import { staticStages } from "../stages/static.js";
import { vitestStage } from "../stages/tests.js";

await command(async () => {
  const count = await runStages([...staticStages, vitestStage("unit")]);
  process.stdout.write(`${describe(count)}\n`);
  return count.failed === 0 ? 0 : 1;
});
