// `npm test`: everything, each stage whatever the earlier ones said. Ends with the line `N passed, N failed`.
import { command } from "../setup/run.ts";
import { describe, runStages, toTerminal } from "../stages/stage.ts";
import { staticStages } from "../stages/static.ts";
import { endToEndStage, vitestStage } from "../stages/tests.ts";

await command(async () => {
  const stages = [
    staticStages,
    vitestStage("unit"),
    // Each of them starts processes of its own, a browser or a database, whose turns they wait for.
    [
      vitestStage("component"),
      vitestStage("contract"),
      vitestStage("rooms"),
      vitestStage("contract-postgres"),
    ],
    endToEndStage,
  ];
  const count = await runStages(stages, toTerminal);
  process.stdout.write(`${describe(count)}\n`);
  return count.failed === 0 ? 0 : 1;
});
