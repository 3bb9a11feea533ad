// Opens the index, level with the acceptance journal. Only an index that was closed at exactly this journal is believed;
// a fresh, lost, unclean or older one is thrown away and filled again.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AcceptanceJournal } from "../acceptance/journal.ts";
import { createIndex, type Index } from "./index-of-journal.ts";
import { openPglite } from "./pglite.ts";

export async function openIndex(
  dataDir: string,
  journal: AcceptanceJournal,
  say: (line: string) => void,
): Promise<Index> {
  const folder = join(dataDir, "index");
  const mark = join(folder, "closed-at");
  const isLevel = (await readMark(mark)) === journal.head().hash;
  if (!isLevel) await rm(folder, { recursive: true, force: true });
  await rm(mark, { force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const index = await createIndex(await openPglite(join(folder, "pglite")));
  if (!isLevel) {
    for (const placed of journal.found) await index.apply(placed);
    if (journal.found.length > 0) say(`index rebuilt from ${journal.found.length} journal entries`);
  }
  return {
    ...index,
    close: async () => {
      await index.close();
      await writeFile(mark, journal.head().hash);
    },
  };
}

async function readMark(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
