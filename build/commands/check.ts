// `npm run check`: what to run before every push. Static checks, unit tests and rooms, nothing that opens a window.
import { command } from "../setup/run.ts";
import { describe, runStages, toTerminal } from "../stages/stage.ts";
import { staticStages } from "../stages/static.ts";
import { vitestStage } from "../stages/tests.ts";

await command(async () => {
  const count = await runStages([staticStages, vitestStage("unit"), vitestStage("rooms")], toTerminal);
  process.stdout.write(`${describe(count)}\n`);
  return count.failed === 0 ? 0 : 1;
});
