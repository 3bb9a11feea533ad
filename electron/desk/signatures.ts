// Signatures that a person confirmed against main's own figures (rulings 2). The window only names a sheet; what is
// shown beside the PIN and what is signed are both made here, from this journal, and nothing can be written in between
// because the whole act runs under `serial`.
import {
  compare,
  fractionToText,
  invariant,
  multiply,
  NO_HASH,
  ok,
  refuse,
  type CandidateRef,
  type HashId,
  type PersonId,
  type Refusal,
  type Result,
  type SheetId,
  type SittingId,
} from "#shared/base";
import type { Signer } from "#shared/crypto";
import {
  evidenceHeld,
  isCheckedIn,
  isOnPanel,
  openPauseOf,
  panelLeaderOf,
  type Rubric,
  type Sheet,
  type Transcription,
} from "#shared/exam";
import type { ConfirmMatter } from "#shared/ipc";
import {
  firstIncomplete,
  hasArrived,
  isFromPaper,
  leavingOf,
  maySignFor,
  nameOf,
  ONLY,
  printedAs,
  type CandidateRow,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import { scoreItem, totalOf } from "#shared/rules";
import { inputsToSheetItems, signRecord } from "#shared/wire";
import type { Answer, Confirm, Environment, Journal, Keys } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

export interface Signatures {
  signSheet(sheet: SheetId): Answer<"sheet.requestSignature">;
  recordAbsence(sitting: SittingId, candidate: CandidateRef): Answer<"attendance.requestAbsence">;
}

export interface SignatureDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly env: Environment;
  readonly serial: Serial;
}

export function createSignatures(deps: SignatureDeps): Signatures {
  const { journal, sessions, serial } = deps;
  return {
    signSheet: (id) =>
      serial(async () => {
        const actor = sessions.current();
        if (actor === null) return refuse({ code: "session.none" });
        const sheet = journal.view.read("sheets", id);
        if (!sheet) return refuse({ code: "sheet.unknown" });
        if (sheet.examiner !== actor) return refuse({ code: "sheet.not-yours" });
        if (sheet.signature) return refuse({ code: "sheet.signed" });
        return signSheet(sheet, deps);
      }),

    recordAbsence: (sittingId, ref) =>
      serial(async () => {
        if (sessions.current() === null) return refuse({ code: "session.none" });
        const sitting = journal.view.read("sittings", sittingId);
        if (!sitting) return refuse({ code: "sitting.unknown" });
        const candidate = journal.view.read("candidates", ref);
        if (candidate?.sitting !== sittingId) return refuse({ code: "candidate.unknown" });
        if (candidate.absence) return refuse({ code: "candidate.absent" });
        if (leavingOf(candidate)) return refuse({ code: "candidate.left" });
        // Whoever came late was there: if they go again, that is a withdrawal.
        if (hasArrived(candidate)) return refuse({ code: "roster.arrived" });
        // Two facts that exclude each other: the check is taken back first, by whoever pressed it for the wrong line.
        if (isCheckedIn(candidate)) return refuse({ code: "check-in.present" });
        if (journal.view.rowsOf("sheets", sittingId).some((sheet) => sheet.candidate === ref)) {
          return refuse({ code: "candidate.has-sheet" });
        }
        const leader = panelLeaderOf(sitting);
        invariant(leader, "a prepared sitting has a leader");
        return signAbsence(candidate, sitting.rubric, leader, deps);
      }),
  };
}

async function signSheet(sheet: Sheet, deps: SignatureDeps): Answer<"sheet.requestSignature"> {
  const { journal, keys, confirm } = deps;
  const { view } = journal;
  const sitting = view.read("sittings", sheet.sitting);
  if (!sitting || !isOnPanel(sitting, sheet.examiner)) return refuse({ code: "sitting.not-on-panel" });
  const ready = readyToSign(sheet.examiner, deps, sitting);
  if (!ready.ok) return ready;
  const candidate = view.read("candidates", sheet.candidate);
  const rubric = view.read("rubrics", sheet.rubric)?.rubric;
  invariant(candidate && rubric, "a sheet has its candidate and its rubric");
  if (candidate.absence) return refuse({ code: "candidate.absent" });
  if (leavingOf(candidate)) return refuse({ code: "candidate.left" });
  // Who signs says that the work is over: whether the candidate may still go on is settled first.
  if (openPauseOf(sheet)) return refuse({ code: "sheet.paused" });
  const paper = isFromPaper(sheet, view);
  if (paper && paper.written === null) return refuse({ code: "transcription.open" });
  const blank = firstIncomplete(rubric, sheet);
  if (blank !== undefined) return refuse({ code: "sheet.incomplete", facts: { item: blank } });

  const done = await confirm.ask(
    ready.value.person,
    sheetMatter(rubric, sheet, candidate, sitting, paper ? typistsOf(paper, view) : null),
    async (pin): Promise<Result<HashId, Refusal>> => {
      const signer = await keys.unlockPerson(sheet.examiner, pin);
      return signer.ok
        ? writeSheet({ sheet, rubric, paper }, signer.value, ready.value.permit, deps)
        : signer;
    },
  );
  return done.ok ? ok({ hash: done.value }) : done;
}

async function writeSheet(
  {
    sheet,
    rubric,
    paper,
  }: { readonly sheet: Sheet; readonly rubric: Rubric; readonly paper: Transcription | undefined },
  signer: Signer,
  permit: HashId,
  { journal, env }: SignatureDeps,
): Promise<Result<HashId, Refusal>> {
  const { total } = totalOf(rubric, sheet.items, sheet.overtimeMs);
  const chain = nextOfChain(journal);
  const signed = signRecord(
    "sheet",
    {
      v: 1,
      sheetId: sheet.id,
      ...chain,
      permit,
      exam: { id: sheet.sitting, rubric: sheet.rubric },
      candidate: { ref: sheet.candidate },
      items: inputsToSheetItems(rubric, sheet.items),
      overtimeMs: sheet.overtimeMs,
      vetoes: sheet.vetoes,
      total,
      outcome: "graded",
      note: sheet.note,
      evidence: evidenceHeld(sheet.evidence).map(({ hash, size, type, item }) => ({
        ...{ hash, size, type },
        ...(item === null ? {} : { item }),
      })),
      ...(paper ? { paper: { by: paperBy(paper) } } : {}),
      started: sheet.startedAt,
      finished: env.clock(),
      by: { kid: signer.kid, role: "examiner" },
      app: env.app,
    },
    [signer],
  );
  const written = await journal.append(sheet.examiner, [
    {
      body: { kind: "sheet.signed", sheet: sheet.id, seq: chain.seq, hash: signed.hash, total },
      attachments: [signed.record],
    },
  ]);
  return written.ok ? ok(signed.hash) : written;
}

/** Whoever began first. */
function paperBy({ sides: [first, second] }: Transcription): [PersonId, PersonId] {
  invariant(first && second, "a sheet from paper was typed by two");
  return [first.person, second.person];
}

function typistsOf(paper: Transcription, view: Journal["view"]): [string, string] {
  const [first, second] = paperBy(paper);
  return [nameOf(first, view), nameOf(second, view)];
}

async function signAbsence(
  candidate: CandidateRow,
  rubric: HashId,
  leader: PersonId,
  deps: SignatureDeps,
): Answer<"attendance.requestAbsence"> {
  const { journal, keys, confirm, env } = deps;
  const ready = readyToSign(leader, deps);
  if (!ready.ok) return ready;
  const { name, ticketNo, sitting, ref } = candidate;

  const done = await confirm.ask(
    ready.value.person,
    { kind: "absence", candidate: name, ticketNo },
    async (pin): Promise<Result<void, Refusal>> => {
      const signer = await keys.unlockPerson(leader, pin);
      if (!signer.ok) return signer;
      const chain = nextOfChain(journal);
      const signed = signRecord(
        "attendance",
        {
          v: 1,
          ...chain,
          permit: ready.value.permit,
          exam: { id: sitting, rubric },
          candidate: { ref },
          outcome: "absent",
          at: env.clock(),
          by: { kid: signer.value.kid, role: "panelLeader" },
          app: env.app,
        },
        [signer.value],
      );
      const written = await journal.append(leader, [
        {
          body: { kind: "candidate.absent", sitting, candidate: ref, seq: chain.seq, hash: signed.hash },
          attachments: [signed.record],
        },
      ]);
      return written.ok ? ok(undefined) : written;
    },
  );
  return done.ok ? ok({}) : done;
}

/** The next place in this device's chain of signed records. */
export function nextOfChain(journal: Journal): { seq: number; prev: HashId } {
  const chain = journal.view.read("chain", ONLY);
  return { seq: (chain?.seq ?? 0) + 1, prev: chain?.head ?? NO_HASH };
}

/**
 * A gate that is asked again when a PIN was typed. A receipt is taken while a PIN window stands open: whatever stands in the way by then,
 * what was shown is not what counts any more, and the window has words for that alone.
 */
export function asShown<T>(
  admitted: Result<T, Refusal>,
  isSame: (value: T) => boolean = () => true,
): Result<T, Refusal<"results.changed">> {
  return admitted.ok && isSame(admitted.value) ? admitted : refuse({ code: "results.changed" });
}

/** A signature needs a permit that admits this person's key on this device; or two who vouched for it, for that sitting. */
export function readyToSign(
  person: PersonId,
  { journal, keys }: Pick<SignatureDeps, "journal" | "keys">,
  sitting?: SittingRow,
): Result<{ person: PersonRow; permit: HashId }, Refusal<"permit.none" | "keys.not-permitted">> {
  const permit = journal.view.read("centre", ONLY)?.permit?.hash;
  if (!permit) return refuse({ code: "permit.none" });
  const row = journal.view.read("people", person);
  if (!row || !maySignFor(row, sitting) || !keys.hasPerson(person))
    return refuse({ code: "keys.not-permitted" });
  return ok({ person: row, permit });
}

function sheetMatter(
  rubric: Rubric,
  sheet: Sheet,
  candidate: CandidateRow,
  sitting: SittingRow,
  typedBy: [string, string] | null,
): ConfirmMatter {
  const points = (steps: Parameters<typeof multiply>[0]) => fractionToText(multiply(steps, rubric.step));
  const { total, overtime } = totalOf(rubric, sheet.items, sheet.overtimeMs);
  return {
    kind: "sheet",
    ...shownAs(candidate, sitting),
    rubricTitle: rubric.title,
    illustrative: rubric.illustrative,
    items: rubric.items.map((item) => {
      const steps = scoreItem(item, sheet.items[String(item.no)]);
      invariant(steps, "a complete item has a mark");
      return { no: item.no, text: item.text, mark: points(steps), max: points({ n: item.max, d: 1 }) };
    }),
    overtime:
      compare(overtime, { n: 0, d: 1 }) > 0
        ? { minutes: Math.ceil(sheet.overtimeMs / 60_000), deducted: fractionToText(overtime) }
        : null,
    vetoes: rubric.vetoes.filter(({ code }) => sheet.vetoes.includes(code)),
    total: fractionToText(total),
    note: sheet.note,
    pictures: evidenceHeld(sheet.evidence).length,
    typedBy,
  };
}

/** A blind panel signs for a number, never for a name (R45): as its sheets are printed. */
export const shownAs = printedAs;
