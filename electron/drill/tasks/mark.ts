// Marks as fast as the journal takes them, until somebody kills the process: what was answered must be there afterwards.
import { invariant, ok, type Refusal, type Result } from "#shared/base";
import type { EntryBody } from "#shared/journal";
import type { OpenJournal } from "../../journal/index.ts";
import { CANDIDATES, EXAMINER, marksOf, openCentre, sheetId, sheetOpened } from "../little-centre.ts";
import type { Report, ReportOf, TaskOf } from "../messages.ts";
import { openScratch, type Parts } from "../parts.ts";
import { watchDisk } from "../watched-disk.ts";

export async function markUntilKilled(
  task: TaskOf<"mark">,
  parts: Parts,
  tell: (report: Report) => void,
): Promise<Result<never, Refusal>> {
  const disk = watchDisk(parts.fileSystem);
  const opened = await openScratch({ ...task, fileSystem: disk }, parts);
  if (!opened.ok) return opened;
  const journal = opened.value;
  if (!journal.view.read("centre", "only")) await openCentre(journal);
  for (const body of marksWithoutEnd(journal)) {
    const written = await journal.append(EXAMINER, [{ body }]);
    if (!written.ok) return written;
    const [stored] = written.value;
    invariant(stored, "an append answers with what it wrote");
    const { entry, hash } = stored;
    tell({ report: "acknowledged", seq: entry.seq, hash, unflushed: disk.unflushed() });
  }
  throw new Error("invariant: there is always another mark");
}

export async function readHashes(
  task: TaskOf<"read">,
  parts: Parts,
): Promise<Result<ReportOf<"found">, Refusal>> {
  const opened = await openScratch(task, parts);
  if (!opened.ok) return opened;
  const hashes = await allHashes(opened.value);
  await opened.value.close();
  return ok({ report: "found", hashes });
}

const PAGE = 1000;

async function allHashes(journal: OpenJournal) {
  const hashes: ReportOf<"found">["hashes"] = [];
  for (;;) {
    const page = await journal.read(hashes.length, PAGE);
    if (page.length === 0) return hashes;
    hashes.push(...page.map(({ hash }) => hash));
  }
}

/** Sheet after sheet; when all are marked, from the first again: a mark may be changed until it is signed. */
function* marksWithoutEnd({ view }: OpenJournal): Generator<EntryBody> {
  const isOpen = (no: number) => view.read("sheets", sheetId(no)) !== undefined;
  for (let no = 1; no <= CANDIDATES; no++) {
    if (isOpen(no)) continue;
    yield sheetOpened(no);
    yield* marksOf(no);
  }
  for (let no = 1; ; no = (no % CANDIDATES) + 1) yield* marksOf(no);
}
