// Little days that no examiner would hold: any acts in any order, as far as a journal could hold them. For properties of what is
// read out of a journal.
import fc from "fast-check";
import { fraction, Kid, type PersonId } from "#shared/base";
import { countingOf, isSigned, openPauseOf, type Sheet } from "#shared/exam";
import { ONLY, type EntryBody } from "#shared/journal";
import { totalOf } from "#shared/rules";
import {
  aPreparedDay,
  candidateRef,
  clockAt,
  everyKindRubric,
  fullInputs,
  holdReceipt,
  personId,
  poorInputs,
  sealDay,
  sheetId,
  testHash,
  type PreparedDay,
} from "./journal-builders.ts";

const KINDS = [
  ...["open", "fill", "mark", "clear", "undo", "veto", "overtime", "note", "pause", "picture", "remove"],
  ...["sign", "amend", "drop", "declare", "clock", "uphold", "settle"],
  ...["receive", "receive-amendment", "choose", "seal", "judge"],
] as const;

export interface OddAct {
  readonly kind: string;
  readonly candidate: number;
  readonly examiner: number;
  readonly n: number;
}

export const oddAct: fc.Arbitrary<OddAct> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...KINDS) },
    { weight: 2, arbitrary: fc.constantFrom("open", "fill", "mark", "sign", "amend") },
  ),
  candidate: fc.integer({ min: 1, max: 2 }),
  examiner: fc.integer({ min: 1, max: 2 }),
  n: fc.nat(11),
});

const rubric = everyKindRubric();
const OTHER_DEVICE = Kid.parse(`ed25519.${"9".repeat(32)}`);
const PICTURE = { item: null, size: 9, type: "image/jpeg", width: 3, height: 3 } as const;

export function anOddDay(): PreparedDay {
  return aPreparedDay({ rubric, candidates: 2, panel: 2 });
}

/** Writes it down where it could have happened; else nothing. */
export function writeAct(day: PreparedDay, { kind, candidate: no, examiner: who, n }: OddAct): void {
  const { journal, sitting, rubric: hash } = day;
  const { view } = journal;
  const actor = personId(who);
  const candidate = candidateRef(no);
  const sheet = view
    .rowsOf("sheets", sitting)
    .find((one) => one.candidate === candidate && one.examiner === actor);
  const isOwn = sheet?.from === null;
  const isOpen = sheet !== undefined && isOwn && (!isSigned(sheet) || sheet.amending !== null);
  const put = (body: EntryBody, by: PersonId | null = actor) => void journal.append(body, by);
  const item = 1 + (n % rubric.items.length);
  const input = (n % 2 === 0 ? fullInputs(rubric) : poorInputs(rubric))[String(item)] ?? null;
  const next = () => (view.read("chain", ONLY)?.seq ?? 0) + 1;
  switch (kind) {
    case "open":
      if (!sheet)
        put({
          kind: "sheet.opened",
          sheet: sheetId(journal.entries.length),
          sitting,
          candidate,
          rubric: hash,
        });
      return;
    case "fill":
      if (isOpen)
        for (const [at, full] of Object.entries(fullInputs(rubric)))
          put({ kind: "mark.set", sheet: sheet.id, item: Number(at), input: full });
      return;
    case "mark":
      if (isOpen) put({ kind: "mark.set", sheet: sheet.id, item, input });
      return;
    case "undo":
      if (isOpen) put({ kind: "mark.set", sheet: sheet.id, item, input, undoes: sheet.lastSeq });
      return;
    case "clear":
      if (isOpen && !sheet.amending) put({ kind: "mark.set", sheet: sheet.id, item, input: null });
      return;
    case "veto":
      if (isOpen)
        put({
          kind: "veto.set",
          sheet: sheet.id,
          code: rubric.vetoes[0]?.code ?? "",
          on: n % 3 > 0,
        });
      return;
    case "overtime":
      if (isOpen) put({ kind: "overtime.set", sheet: sheet.id, overtimeMs: n * 60_000 });
      return;
    case "note":
      if (isOpen) put({ kind: "note.set", sheet: sheet.id, text: `note ${n}` });
      return;
    case "pause":
      if (!isOpen || isSigned(sheet)) return;
      if (openPauseOf(sheet)) put({ kind: "sheet.resumed", sheet: sheet.id });
      else put({ kind: "sheet.paused", sheet: sheet.id, reason: { kind: "power" } });
      return;
    case "picture":
    case "remove": {
      const picture = testHash(`picture ${n % 3}`);
      const isThere = sheet?.evidence.some((one) => one.hash === picture) === true;
      if (!isOpen || isSigned(sheet) || (kind === "remove" && !isThere)) return;
      if (kind === "picture") put({ kind: "evidence.added", sheet: sheet.id, hash: picture, ...PICTURE });
      else put({ kind: "evidence.removed", sheet: sheet.id, item: null, hash: picture });
      return;
    }
    case "sign": {
      if (!sheet || !isOwn || sheet.amending) return;
      const { total, marked, items } = totalOf(rubric, sheet.items, sheet.overtimeMs);
      if (isSigned(sheet) || openPauseOf(sheet) || marked < items) return;
      put({ kind: "sheet.signed", sheet: sheet.id, seq: next(), hash: testHash(`sheet ${sheet.id}`), total });
      return;
    }
    case "amend":
      if (sheet && isOwn) amend(day, sheet, actor, n);
      return;
    case "drop":
      if (sheet?.amending) put({ kind: "amendment.dropped", sheet: sheet.id });
      return;
    case "declare":
      put({ kind: "conflict.declared", sitting, candidates: n % 3 === 0 ? [candidate] : [] });
      return;
    case "clock":
      put(
        { kind: "clock.changed", state: n % 2 ? "changed" : "drifted", against: "monotonic", byMs: n * 7000 },
        null,
      );
      return;
    case "uphold": {
      const counting = sheet && countingOf(sheet);
      if (!counting) return;
      // Every second one as of before such words were signed.
      const statement = testHash(`statement ${journal.entries.length}`);
      const said = { candidate, record: counting.hash, reason: "kept" };
      put({ kind: "sheet.upheld", ...said, ...(n % 2 ? { statement } : {}) });
      return;
    }
    case "settle": {
      const records = view
        .rowsOf("sheets", sitting)
        .filter((one) => one.candidate === candidate)
        .flatMap((one) => countingOf(one)?.hash ?? []);
      if (records.length !== 2) return;
      const settled = { candidate, person: personId(1), records, reason: "stands" };
      const hash = testHash(`settlement ${journal.entries.length}`);
      const signed = n % 2 ? { signed: { sitting, seq: next(), hash } } : {};
      put({ kind: "divergence.settled", ...settled, ...signed }, personId(1));
      return;
    }
    case "receive":
      put(received(day, actor, candidate, n, sheet === undefined), personId(1));
      return;
    case "receive-amendment": {
      const target = sheet?.signature?.hash;
      if (!sheet || isOwn || target === undefined) return;
      const counting = countingOf(sheet);
      const hashOf = testHash(`amendment from there ${journal.entries.length}`);
      const marks = { items: poorInputs(rubric), vetoes: [], overtimeMs: 0, note: "" };
      const { total } = totalOf(rubric, marks.items, 0);
      put(
        {
          ...{ kind: "amendment.received", target, sheet: sheet.id, sitting, from: OTHER_DEVICE },
          bundle: testHash("bundle"),
          amendment: {
            ...{ seq: 400 + journal.entries.length, hash: hashOf, basis: counting?.hash ?? target },
            ...{ reason: "transcription", text: "…", marks, total, at: clockAt(journal.entries.length) },
            ...{ approvedBy: personId(3), office: "panelLeader" },
          },
        },
        personId(1),
      );
      return;
    }
    case "choose": {
      const versions = view
        .rows("versions")
        .filter((one) => one.sheet.candidate === candidate && one.sheet.examiner === actor)
        .map((one) => one.hash);
      const chosen = versions[n % Math.max(1, versions.length)];
      if (sheet && isSigned(sheet) && !sheet.amending && chosen)
        put(
          {
            kind: "sheet.chosen",
            sheet: sheet.id,
            sitting,
            versions,
            chosen,
            person: personId(3),
            reason: "why",
          },
          personId(3),
        );
      return;
    }
    case "seal":
      if (view.rows("sheets").some(isSigned)) sealDay(day);
      return;
    case "judge":
      judge(day, n);
      return;
    default:
      throw new Error(`an odd act: ${kind}`);
  }
}

function amend({ journal, sitting }: PreparedDay, sheet: Sheet, actor: PersonId, n: number): void {
  const counting = countingOf(sheet);
  if (!counting) return;
  if (!sheet.amending) {
    journal.append({ kind: "amendment.opened", sheet: sheet.id, basis: counting.hash }, actor);
    return;
  }
  const seq = (journal.view.read("chain", ONLY)?.seq ?? 0) + 1;
  const { total } = totalOf(rubric, sheet.amending.items, sheet.amending.overtimeMs);
  journal.append(
    {
      ...{ kind: "sheet.amended", sheet: sheet.id, sitting, seq, hash: testHash(`amended ${seq}`), total },
      ...{ reason: n % 2 ? "transcription" : "moderation", text: "…" },
      ...{ approvedBy: personId(3), office: "panelLeader" },
    },
    actor,
  );
}

function received(
  day: PreparedDay,
  examiner: PersonId,
  candidate: Sheet["candidate"],
  n: number,
  counts: boolean,
) {
  const { journal, sitting, rubric: hash } = day;
  const at = journal.entries.length;
  const items = n % 2 ? fullInputs(rubric) : poorInputs(rubric);
  const { total } = n % 2 ? totalOf(rubric, items, 0) : { total: fraction(n) };
  return {
    ...{ kind: "sheet.received" as const, from: OTHER_DEVICE, bundle: testHash(`bundle ${at}`), counts },
    sheet: {
      ...{ id: sheetId(900 + at), sitting, candidate, examiner, rubric: hash, items, vetoes: [] },
      ...{ overtimeMs: 0, note: "", evidence: [], startedAt: clockAt(at) },
    },
    signature: { seq: 300 + at, hash: testHash(`from there ${at}`), total, at: clockAt(at) },
  };
}

/** The registry's word on this laptop's own amendments: some of them do not count. */
function judge(day: PreparedDay, n: number): void {
  const { journal, sitting } = day;
  const { view } = journal;
  const batch = view.rows("batches").at(-1);
  if (!batch) return;
  const amended = view
    .rowsOf("sheets", sitting)
    .flatMap((sheet) => sheet.amendments.map((one) => ({ sheet, one })))
    .filter(({ one }) => one.from === null)
    .map(({ sheet, one }) => ({
      ...{ sheet: sheet.id, sitting, seq: one.seq, code: n % 2 ? "amendment.late" : null },
      ...(n % 3 === 0 && sheet.signature ? { target: sheet.signature.hash } : {}),
    }));
  if (amended.length === 0 || batch.receipt) {
    holdReceipt(day, batch.id);
    return;
  }
  const { sheets } = batch;
  journal.append({
    ...{
      kind: "receipt.held",
      batch: batch.id,
      receipt: testHash(`receipt ${batch.id}`),
      verdict: "accepted",
    },
    ...{ sheets: { accepted: sheets, quarantined: 0, rejected: 0 }, notes: [], regSeq: 9, amended },
    acceptedAt: clockAt(journal.entries.length).wall,
  });
}
