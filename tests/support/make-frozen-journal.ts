// Writes the frozen journal of today's format and entry version:
//   node --import tsx tests/support/make-frozen-journal.ts
// Until something is released it may be made again when an entry changes; from then on a change is a new version with an
// upcaster in shared/journal/lift.ts, and the old file stays what it is.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { TABLES, type TableName } from "#shared/journal";
import { aLittleDay } from "./little-day.ts";
import { createFaultDisk } from "./fault-file-system.ts";
import { FIRST_SEGMENT, openOn } from "./journal-on-disk.ts";

const folder = fileURLToPath(new URL("../fixtures/journals/format-2-entries-1/", import.meta.url));
const disk = createFaultDisk();
const journal = await openOn(disk);
for (const { actor, body } of aLittleDay()) await journal.append(actor, [{ body }]);
const rows = Object.fromEntries(
  (Object.keys(TABLES) as TableName[]).map((table) => [table, journal.view.rows(table).length]),
);
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}000001.jpj`, disk.content(FIRST_SEGMENT));
writeFileSync(`${folder}head.json`, `${JSON.stringify({ ...journal.head(), rows })}\n`);
