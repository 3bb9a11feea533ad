// A divergent panel settled (R35, R43): each member signs with their own PIN that they keep their own sheet, in words; then the leader
// signs that the mark stands although the sheets lie apart, with the members' statements inside. Each in main's window and over main's
// figures. Main asks the gate again when the PIN is typed: a stick is not read meanwhile, but a receipt is.
import {
  fractionToFixed,
  fractionToText,
  invariant,
  ok,
  refuse,
  type HashId,
  type PersonId,
  type Refusal,
  type Result,
} from "#shared/base";
import type { Signer } from "#shared/crypto";
import { countingOf, type Sheet } from "#shared/exam";
import type { ConfirmMatter, InputOf, WindowChannels } from "#shared/ipc";
import {
  admitSettlement,
  admitUpholding,
  resultIfSettled,
  statementsOn,
  type AdmittedSettlement,
  type AdmittedUpholding,
  type CandidateRow,
  type JournalView,
} from "#shared/journal";
import { recordToText, signRecord } from "#shared/wire";
import type { Answer, Journal } from "./ports.ts";
import { asShown, nextOfChain, readyToSign, shownAs, type SignatureDeps } from "./signatures.ts";

type Asked = InputOf<WindowChannels["divergence.settle"]>;
type Keeping = InputOf<WindowChannels["divergence.uphold"]>;

export interface Settlements {
  uphold(asked: Keeping): Answer<"divergence.uphold">;
  settle(asked: Asked): Answer<"divergence.settle">;
}

export function createSettlements(deps: SignatureDeps): Settlements {
  return {
    uphold: (asked) => deps.serial(() => uphold(asked, deps)),
    settle: (asked) => deps.serial(() => settle(asked, deps)),
  };
}

async function uphold(asked: Keeping, deps: SignatureDeps): Answer<"divergence.uphold"> {
  const { journal, sessions, keys, confirm } = deps;
  const actor = sessions.current();
  const admitted = admitUpholding(asked.candidate, actor, journal.view);
  if (!admitted.ok) return admitted;
  const { person, sitting, counting } = admitted.value;
  const ready = readyToSign(person.id, deps, sitting);
  if (!ready.ok) return ready;
  const done = await confirm.ask(
    person,
    keepingMatter(admitted.value, asked.reason),
    async (pin): Promise<Result<void, Refusal>> => {
      const signer = await keys.unlockPerson(person.id, pin);
      if (!signer.ok) return signer;
      const still = asShown(
        admitUpholding(asked.candidate, actor, journal.view),
        (now) => now.counting.hash === counting.hash,
      );
      return still.ok
        ? writeUpholding(still.value, asked.reason, ready.value.permit, signer.value, deps)
        : still;
    },
  );
  return done.ok ? ok({}) : done;
}

async function writeUpholding(
  { candidate, sitting, person, counting }: AdmittedUpholding,
  reason: string,
  permit: HashId,
  signer: Signer,
  { journal, env }: SignatureDeps,
): Promise<Result<void, Refusal>> {
  const record = counting.hash;
  const signed = signRecord(
    "upholding",
    {
      v: 1,
      permit,
      exam: { id: sitting.id, rubric: sitting.rubric },
      candidate: { ref: candidate.ref },
      ...{ record, reason },
      at: env.clock(),
      by: { kid: signer.kid, role: "examiner" },
      app: env.app,
    },
    [signer],
  );
  const body = { candidate: candidate.ref, record, reason, statement: signed.hash };
  const written = await journal.append(person.id, [
    { body: { kind: "sheet.upheld", ...body }, attachments: [signed.record] },
  ]);
  return written.ok ? ok(undefined) : written;
}

async function settle({ candidate: ref, reason }: Asked, deps: SignatureDeps): Answer<"divergence.settle"> {
  const { journal, sessions, keys, confirm } = deps;
  if (sessions.current() === null) return refuse({ code: "session.none" });
  const admitted = admitSettlement(ref, journal.view);
  if (!admitted.ok) return admitted;
  const { leader, records, sitting } = admitted.value;
  const ready = readyToSign(leader, deps, sitting);
  if (!ready.ok) return ready;
  const done = await confirm.ask(
    ready.value.person,
    matterOf(admitted.value, reason, journal.view),
    async (pin): Promise<Result<void, Refusal>> => {
      const signer = await keys.unlockPerson(leader, pin);
      if (!signer.ok) return signer;
      const still = asShown(
        admitSettlement(ref, journal.view),
        (now) => now.records.join() === records.join(),
      );
      return still.ok ? writeSettlement(still.value, reason, ready.value.permit, signer.value, deps) : still;
    },
  );
  return done.ok ? ok({}) : done;
}

async function writeSettlement(
  { candidate, sitting, leader, records, mean, divergence, statements, unasked }: AdmittedSettlement,
  reason: string,
  permit: HashId,
  signer: Signer,
  { journal, env, sessions }: SignatureDeps,
): Promise<Result<void, Refusal>> {
  const chain = nextOfChain(journal);
  const signed = signRecord(
    "settlement",
    {
      v: 1,
      settlementId: env.newSheetId(),
      ...chain,
      permit,
      exam: { id: sitting.id, rubric: sitting.rubric },
      candidate: { ref: candidate.ref },
      records: [...records],
      ...{ mean, spread: divergence.spread },
      statements: await statementTexts(statements, journal),
      unasked: [...unasked],
      reason,
      at: env.clock(),
      by: { kid: signer.kid, role: "panelLeader" },
      app: env.app,
    },
    [signer],
  );
  const written = await journal.append(sessions.current(), [
    {
      body: {
        ...{ kind: "divergence.settled", candidate: candidate.ref, person: leader },
        ...{ records: [...records], reason },
        signed: { sitting: sitting.id, seq: chain.seq, hash: signed.hash },
      },
      attachments: [signed.record],
    },
  ]);
  return written.ok ? ok(undefined) : written;
}

/** The members' own records, as they signed them here or on another laptop. */
async function statementTexts(
  statements: AdmittedSettlement["statements"],
  journal: Pick<Journal, "attachments">,
): Promise<string[]> {
  const texts: string[] = [];
  for (const { statement } of statements) {
    const [record] = await journal.attachments(statement.heldSeq);
    invariant(record, `entry ${statement.heldSeq} carries its statement`);
    texts.push(recordToText(record));
  }
  return texts;
}

function keepingMatter(
  { candidate, sitting, rubric, sheet, counting, sheets, divergence, policy }: AdmittedUpholding,
  reason: string,
): ConfirmMatter {
  return {
    kind: "upholding",
    ...shownAs(candidate, sitting),
    rubricTitle: rubric.title,
    total: fractionToText(counting.total),
    vetoes: [...sheet.vetoes],
    others: sheets.filter((one) => one !== sheet).map((one) => fractionToText(totalOf(one))),
    spread: fractionToText(divergence.spread),
    allowed: String(policy.divergencePoints.value),
    reason,
  };
}

/** Whose sheet came to what, what each said, the items that lie apart, and the result that will stand, vetoes and all. */
function matterOf(
  { candidate, sitting, rubric, policy, sheets, divergence, unasked }: AdmittedSettlement,
  reason: string,
  view: JournalView,
): ConfirmMatter {
  const result = resultIfSettled(sheets, rubric, policy);
  invariant(result?.mark, "revealed sheets have a mark");
  return {
    kind: "settlement",
    ...shownAs(candidate, sitting),
    rubricTitle: rubric.title,
    sheets: sheets.map((sheet) => sheetLine(sheet, candidate, unasked, view)),
    spread: fractionToText(divergence.spread),
    allowed: String(policy.divergencePoints.value),
    items: divergence.items
      .filter(({ isWide }) => isWide)
      .map(({ item, marks }) => ({
        no: item.no,
        text: item.text,
        marks: marks.map((one) => fractionToText(one)),
      })),
    mark: fractionToFixed(result.mark.rounded, policy.decimals.value),
    outcome: result.outcome,
    reason,
  };
}

function sheetLine(sheet: Sheet, candidate: CandidateRow, unasked: readonly PersonId[], view: JournalView) {
  const counting = countingOf(sheet);
  invariant(counting, "a revealed sheet is signed");
  // Words that their author did not sign go into no record, and the leader signs over none.
  const [kept] = statementsOn(candidate, [sheet]);
  return {
    examiner: view.read("people", sheet.examiner)?.name ?? sheet.examiner,
    total: fractionToText(counting.total),
    vetoes: [...sheet.vetoes],
    reason: kept?.reason ?? counting.amendment?.text ?? "",
    /** Nobody could ask them to look again. */
    ended: unasked.includes(sheet.examiner),
  };
}

function totalOf(sheet: Sheet) {
  const counting = countingOf(sheet);
  invariant(counting, "a revealed sheet is signed");
  return counting.total;
}
