// `npm test`: everything, each stage whatever the earlier ones said. Ends with the line `N passed, N failed`.
import { command } from "../setup/run.js";
import { describe, runStages } from "../stages/stage.js";
import { staticStages } from "../stages/static.js";
import { endToEndStage, vitestStage } from "../stages/tests.js";

await command(async () => {
  const count = await runStages([
    ...staticStages,
    vitestStage("unit"),
    vitestStage("component"),
    vitestStage("contract"),
    endToEndStage,
  ]);
  process.stdout.write(`${describe(count)}\n`);
  return count.failed === 0 ? 0 : 1;
});
