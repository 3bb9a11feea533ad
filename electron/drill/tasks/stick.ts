// The copy on a second medium that goes away under it: said at once, work goes on, and when it is back the copy is brought
// up and is the journal, byte for byte (S8).
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { hexToBytes, isEqualBytes, ok, utf8, type Refusal, type Result } from "#shared/base";
import {
  checkCopy,
  copyFolderName,
  createJournalCipher,
  segmentName,
  type JournalCopy,
  type OpenJournal,
} from "../../journal/index.ts";
import { CANDIDATES, EXAMINER, marksOf, openCentre, sheetOpened } from "../little-centre.ts";
import type { ReportOf, TaskOf } from "../messages.ts";
import { openScratch, type Parts } from "../parts.ts";

/** The copy tries again every five seconds; in a drill nobody waits so long. */
const SOONEST_MS = 300;
const PATIENCE_MS = 10_000;

export async function pullStick(
  task: TaskOf<"stick">,
  parts: Parts,
): Promise<Result<ReportOf<"stick">, Refusal>> {
  const opened = await openScratch(task, parts);
  if (!opened.ok) return opened;
  const journal = opened.value;
  await openCentre(journal);
  await parts.fileSystem.makeFolder(task.stick);
  const listeners = new Set<() => void>();
  const copy = parts.createJournalCopy({
    journal,
    source: task.folder,
    fileSystem: parts.fileSystem,
    recoveryFile: () => Promise.resolve(utf8("{}")),
    after: (ms, act) => parts.after(Math.min(ms, SOONEST_MS), act),
    onChange: () => {
      for (const listener of listeners) listener();
    },
  });
  const until = (is: () => boolean) => waitFor(is, listeners, parts.after);
  const begun = await copy.begin(task.stick);
  if (!begun.ok) return begun;

  let no = 0;
  let [noticed, resumed] = [0, 0];
  for (let pull = 0; pull < task.pulls; pull++) {
    await markSheets(journal, no + 1, no + 4);
    no += 4;
    await until(() => copy.describe().state === "copying");
    await moveAway(task.stick, parts);
    await markSheets(journal, no + 1, no + 4);
    no += 4;
    if (await until(() => isMissed(copy))) noticed += 1;
    await rename(`${task.stick}.away`, task.stick);
    if (await until(() => isCurrent(copy, journal))) resumed += 1;
  }
  await copy.close();
  const differing = await compareCopy(task, journal, parts);
  const entries = journal.head().seq;
  await journal.close();
  return ok({ report: "stick", pulls: task.pulls, noticed, resumed, entries, differing });
}

function isMissed(copy: JournalCopy): boolean {
  const { state, trouble } = copy.describe();
  return state === "troubled" && trouble === "medium.missing";
}

function isCurrent(copy: JournalCopy, journal: OpenJournal): boolean {
  const { state, copied } = copy.describe();
  return state === "current" && copied === journal.head().seq;
}

async function markSheets(journal: OpenJournal, from: number, to: number): Promise<void> {
  for (let no = from; no <= to && no <= CANDIDATES; no++)
    for (const body of [sheetOpened(no), ...marksOf(no)]) await journal.append(EXAMINER, [{ body }]);
}

/** Where a file of the folder is open just then, some systems do not let it go: a stick would not ask. */
async function moveAway(stick: string, { after }: Parts): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await rename(stick, `${stick}.away`);
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise<void>((resolve) => void after(20, resolve));
    }
  }
}

async function waitFor(
  is: () => boolean,
  listeners: Set<() => void>,
  after: Parts["after"],
): Promise<boolean> {
  if (is()) return true;
  return new Promise((resolve) => {
    const stopTimer = after(PATIENCE_MS, () => end(false));
    const look = () => {
      if (is()) end(true);
    };
    const end = (seen: boolean) => {
      stopTimer();
      listeners.delete(look);
      resolve(seen);
    };
    listeners.add(look);
  });
}

/** Read from the stick itself: what the copy says of itself proves nothing. */
async function compareCopy(
  { folder, stick, key }: TaskOf<"stick">,
  journal: OpenJournal,
  { fileSystem, random }: Parts,
): Promise<number> {
  const place = join(stick, copyFolderName(journal.id));
  let differing = 0;
  for (const { segment, length } of journal.extents()) {
    const name = segmentName(segment);
    const here = (await bytesOf(join(folder, name), fileSystem)).subarray(0, length);
    const there = await bytesOf(join(place, name), fileSystem);
    if (!isEqualBytes(here, there)) differing += Math.max(1, Math.abs(here.length - there.length));
  }
  const cipher = createJournalCipher(new Uint8Array(hexToBytes(key)), random);
  const checked = await checkCopy(place, fileSystem, () => cipher);
  if (!checked.ok || checked.value.entries !== journal.head().seq) differing += 1;
  return differing;
}

async function bytesOf(path: string, fileSystem: Parts["fileSystem"]): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const file = await fileSystem.open(path, "read");
    try {
      return new Uint8Array(await file.read(0, await file.size()));
    } finally {
      await file.close();
    }
  } catch {
    return new Uint8Array(); // not there: the comparison says so
  }
}
