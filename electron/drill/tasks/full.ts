// A sitting that meets a full disk: the reserve is given back and the sitting is finished from it; with no room at all a
// mark is refused, and refused is not saved (S1).
import { ok, type HashId, type Refusal, type Result } from "#shared/base";
import type { EntryBody } from "#shared/journal";
import { EXAMINER, marksOf, openCentre, sheetOpened } from "../little-centre.ts";
import type { ReportOf, TaskOf } from "../messages.ts";
import { openScratch, type Parts } from "../parts.ts";
import { smallDisk } from "../watched-disk.ts";

const ROOM_BEFORE = 4 * 1024 * 1024;
const ROOM_AT_LAST = 2_000;
/** Sheets that are still to be marked when the disk is full. */
const SHEETS = 30;

export async function fillDisk(
  task: TaskOf<"full">,
  parts: Parts,
): Promise<Result<ReportOf<"full">, Refusal>> {
  const disk = smallDisk(parts.fileSystem, task.reserveBytes + ROOM_BEFORE);
  const opened = await openScratch({ ...task, fileSystem: disk }, parts);
  if (!opened.ok) return opened;
  const journal = opened.value;
  await openCentre(journal);
  const hadReserve = journal.hasReserve();
  const saved: { readonly seq: number; readonly hash: HashId }[] = [];
  const write = async (body: EntryBody): Promise<boolean> => {
    const written = await journal.append(EXAMINER, [{ body }]);
    if (!written.ok) return false;
    for (const { entry, hash } of written.value) saved.push({ seq: entry.seq, hash });
    return true;
  };

  disk.leave(ROOM_AT_LAST);
  let finished = 0;
  const sitting = Array.from({ length: SHEETS }, (_, at) => at + 1).flatMap((no) => [
    sheetOpened(no),
    ...marksOf(no),
  ]);
  for (const body of sitting) {
    if (!(await write(body))) break;
    finished += 1;
  }
  const usedReserve = hadReserve && !journal.hasReserve();

  disk.leave(0);
  const refused = !(await write(sheetOpened(SHEETS + 1)));
  await journal.close();

  // What was answered is looked for on the real disk, by opening it again.
  const again = await openScratch(task, parts);
  if (!again.ok) return again;
  const there = new Map((await again.value.read(0, 100_000)).map(({ entry, hash }) => [entry.seq, hash]));
  await again.value.close();
  const lost = saved.filter(({ seq, hash }) => there.get(seq) !== hash).length;
  return ok({
    report: "full",
    hadReserve,
    usedReserve,
    wanted: sitting.length,
    finished,
    refused,
    acknowledged: saved.length,
    lost,
  });
}
