// Where the repository is, how set-up speaks, and how it gives up: on standard error, because `--json` commands
// promise that the last line of standard output is theirs.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const repoRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string} line */
export function say(line) {
  process.stderr.write(`[jiangping] ${line}\n`);
}

/** Something the person at the keyboard has to put right; shown as one line, without a stack. */
export class SetupError extends Error {}
