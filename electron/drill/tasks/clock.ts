// One sheet marked, signed and checked under the right clock and under wrong ones, set while it is being marked: the same
// verdict each time, and the clock is noticed each time (P16).
import { join } from "node:path";
import {
  bytesToHex,
  fractionToText,
  InstantMs,
  NO_HASH,
  ok,
  PublicKeyHex,
  type ClockReading,
  type Refusal,
  type Result,
} from "#shared/base";
import { hashId } from "#shared/crypto";
import { ONLY } from "#shared/journal";
import { totalOf } from "#shared/rules";
import { inputsToSheetItems, signRecord, verifyRecord } from "#shared/wire";
import type { OpenJournal } from "../../journal/index.ts";
import {
  candidateRef,
  drillRubric,
  drillSigner,
  EXAMINER,
  marksOf,
  openCentre,
  sheetId,
  sheetOpened,
  SITTING_ID,
} from "../little-centre.ts";
import type { ReportOf, TaskOf } from "../messages.ts";
import { openScratch, type Parts } from "../parts.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OFFSETS_MS = [-3650 * DAY_MS, -3 * 365 * DAY_MS, -DAY_MS, -HOUR_MS, HOUR_MS, DAY_MS, 3650 * DAY_MS];
const SHEETS = 3;

export async function tryClocks(
  task: TaskOf<"clock">,
  parts: Parts,
): Promise<Result<ReportOf<"clock">, Refusal>> {
  const right = await markUnder(0, task, parts);
  if (!right.ok) return right;
  let [verdicts, wrong, unnoticed] = [0, 0, right.value.noticed ? 1 : 0];
  for (const offset of OFFSETS_MS) {
    const tried = await markUnder(offset, task, parts);
    if (!tried.ok) return tried;
    verdicts += right.value.verdicts.length;
    wrong += right.value.verdicts.filter((verdict, at) => verdict !== tried.value.verdicts[at]).length;
    if (!tried.value.noticed) unnoticed += 1;
  }
  return ok({ report: "clock", clocks: OFFSETS_MS.length, verdicts, wrong, unnoticed });
}

interface UnderClock {
  readonly verdicts: readonly string[];
  readonly noticed: boolean;
}

async function markUnder(
  offsetMs: number,
  { folder, key }: TaskOf<"clock">,
  parts: Parts,
): Promise<Result<UnderClock, Refusal>> {
  let offset = 0;
  const clock = (): ClockReading => {
    const now = parts.clock();
    return { ...now, wall: InstantMs.parse(now.wall + offset) };
  };
  const opened = await openScratch({ folder: join(folder, String(offsetMs)), key, clock }, parts);
  if (!opened.ok) return opened;
  const journal = opened.value;
  await openCentre(journal);
  let look: (() => void) | null = null;
  const watch = await parts.watchClock(journal, { clock }, (_, act) => {
    look = act;
    return () => undefined;
  });
  const verdicts: string[] = [];
  for (let no = 1; no <= SHEETS; no++) {
    const marks = [sheetOpened(no), ...marksOf(no)];
    for (const [at, body] of marks.entries()) {
      if (no === 1 && at === 3) {
        offset = offsetMs;
        await looked(journal, look);
      }
      const written = await journal.append(EXAMINER, [{ body }]);
      verdicts.push(written.ok ? "taken" : written.error.code);
    }
    verdicts.push(signAndCheck(journal, no, clock));
  }
  const noticed = journal.view.read("chain", ONLY)?.clock.state === "changed";
  watch.stop();
  await journal.close();
  return ok({ verdicts, noticed });
}

/** One look of the watch, and what it writes. */
async function looked(journal: OpenJournal, look: (() => void) | null): Promise<void> {
  look?.();
  // The look writes behind our back; an append of our own is answered after it.
  await journal.append(EXAMINER, [{ body: { kind: "note.set", sheet: sheetId(1), text: "" } }]);
}

function signAndCheck({ view }: OpenJournal, no: number, clock: () => ClockReading): string {
  const sheet = view.read("sheets", sheetId(no));
  const rubric = drillRubric();
  // A mark that was not taken is a verdict of its own, and its sheet cannot be signed.
  if (!sheet || rubric.items.some((item) => !sheet.items[String(item.no)])) return "unfinished";
  const { total } = totalOf(rubric, sheet.items, 0);
  const examiner = drillSigner("drill examiner");
  const { record } = signRecord(
    "sheet",
    {
      v: 1,
      sheetId: sheet.id,
      seq: no,
      prev: NO_HASH,
      permit: NO_HASH,
      exam: { id: SITTING_ID, rubric: sheet.rubric },
      candidate: { ref: candidateRef(no) },
      items: inputsToSheetItems(rubric, sheet.items),
      overtimeMs: 0,
      vetoes: [],
      total,
      outcome: "graded",
      note: "",
      evidence: [],
      started: sheet.startedAt,
      finished: clock(),
      by: { kid: examiner.kid, role: "examiner" },
      app: { ver: "drill", build: hashId(new Uint8Array()) },
    },
    [examiner],
  );
  const pub = PublicKeyHex.parse(bytesToHex(examiner.publicKey));
  const checked = verifyRecord("sheet", record, (kid) =>
    kid === examiner.kid ? { kid, pub, roles: ["examiner"] } : undefined,
  );
  return checked.ok ? `signed ${fractionToText(checked.value.value.total)}` : checked.error.code;
}
