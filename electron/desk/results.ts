// After the marking: two people sign for the totals (R48), one decides on the results (R80), and a recheck is computed again and
// signed by two who had no part in it (R55). Every figure shown beside a PIN is made here, from this journal.
import {
  fractionToFixed,
  instantToDay,
  invariant,
  ok,
  refuse,
  type CandidateRef,
  type Day,
  type PersonId,
  type Refusal,
  type Result,
} from "#shared/base";
import {
  block,
  countingOf,
  decide,
  firstBlock,
  hasRole,
  isSigned,
  policyValues,
  type Decision,
  type Finding,
  type Policy,
  type Recheck,
  type Rubric,
  type Sheet,
  type SignOffRole,
} from "#shared/exam";
import type { ConfirmMatter, InputOf, WindowChannels } from "#shared/ipc";
import {
  everOnPanel,
  isCurrentSignOff,
  isExpected,
  ONLY,
  panelFor,
  panelResult,
  recordsOfSitting,
  standingResult,
  standingRoster,
  waitingCandidates,
  type CandidateRow,
  type JournalView,
  type SittingRow,
  type Waiting,
} from "#shared/journal";
import {
  checkTally,
  knownCalendars,
  mayApprove,
  mayRecheck,
  recheckInTime,
  recheckSheets,
  totalOf,
} from "#shared/rules";
import type { Answer, Confirm, Journal, Keys } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";
import { readyToSign } from "./signatures.ts";

type Input<K extends keyof WindowChannels> = InputOf<WindowChannels[K]>;

export interface Results {
  signOff(input: Input<"results.signOff">): Answer<"results.signOff">;
  reviewRecheck(input: Input<"recheck.review">): Answer<"recheck.review">;
  recordRecheck(input: Input<"recheck.record">): Answer<"recheck.record">;
}

export interface ResultDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly serial: Serial;
}

export function createResults(deps: ResultDeps): Results {
  const { journal, sessions, serial } = deps;
  const asked = (
    input: Input<"recheck.review">,
  ): Result<KnownCandidate, Refusal<Unknown | "session.none">> => {
    if (sessions.current() === null) return refuse({ code: "session.none" });
    return knownOf(input.candidate, journal.view);
  };
  return {
    signOff: (input) =>
      serial(async () => {
        if (sessions.current() === null) return refuse({ code: "session.none" });
        return signOff(input, deps);
      }),

    reviewRecheck: (input) => {
      const known = asked(input);
      if (!known.ok) return Promise.resolve(known);
      const { decision, result } = judgeRecheck(input, known.value, journal.view);
      return Promise.resolve(ok({ findings: [...decision.findings], result }));
    },

    recordRecheck: (input) =>
      serial(async () => {
        const known = asked(input);
        return known.ok ? recordRecheck(input, known.value, deps) : known;
      }),
  };
}

/** R48: What a closed day needs before it is sealed, by the policy of the permit. */
export function checkSignOffs(sitting: SittingRow, policy: Policy, view: JournalView): Decision {
  const sheets = tallied(sitting, view);
  const current = (as: SignOffRole) =>
    sitting.signOffs.find((one) => one.as === as && isCurrentSignOff(one, sitting, sheets.length))?.person ??
    null;
  const panel = everOnPanel(sitting);
  return checkTally(
    { clerk: current("clerk"), checker: current("checker"), panel, sheets },
    policyValues(policy),
  );
}

/** A receipt is taken while a PIN window stands open: whoever types then would answer for figures they never saw. */
function hasMoved(shown: SittingRow, sheets: number, view: JournalView): boolean {
  const now = view.read("sittings", shown.id);
  return now?.revision !== shown.revision || tallied(now, view).length !== sheets;
}

async function signOff(
  { sitting: id, as, person }: Input<"results.signOff">,
  deps: ResultDeps,
): Answer<"results.signOff"> {
  const { journal, keys, confirm, sessions } = deps;
  const { view } = journal;
  const sitting = view.read("sittings", id);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  if (!view.read("people", person)) return refuse({ code: "person.unknown" });
  const sheets = tallied(sitting, view);
  if (sheets.length === 0 || (as === "approver" && sitting.batch === null))
    return refuse({ code: "results.incomplete" });
  const decision = judgeSignOff(as, person, sitting, view);
  if (!decision.allowed) return refuse({ code: "results.blocked", facts: firstBlock(decision) });
  const ready = readyToSign(person, deps);
  if (!ready.ok) return ready;

  const done = await confirm.ask(
    ready.value.person,
    signOffMatter(as, sitting, view),
    async (pin): Promise<Result<void, Refusal>> => {
      const signer = await keys.unlockPerson(person, pin);
      if (!signer.ok) return signer;
      if (hasMoved(sitting, sheets.length, view)) return refuse({ code: "results.changed" });
      const written = await journal.append(sessions.current(), [
        { body: { kind: "results.signed-off", sitting: id, as, person, sheets: sheets.length } },
      ]);
      return written.ok ? ok(undefined) : written;
    },
  );
  return done.ok ? ok({}) : done;
}

function judgeSignOff(as: SignOffRole, person: PersonId, sitting: SittingRow, view: JournalView): Decision {
  const holder = (role: SignOffRole) => sitting.signOffs.find((one) => one.as === role)?.person ?? null;
  const panel = everOnPanel(sitting);
  const talliers = [holder("clerk"), holder("checker")].filter((one) => one !== null);
  if (as === "approver") {
    const office = mayApprove(person, { examiners: panel, trainers: sitting.trainers, talliers });
    return decide([...office.findings, ...unsettled(sitting, view)]);
  }
  const other = holder(as === "clerk" ? "checker" : "clerk");
  const pair = as === "clerk" ? { clerk: person, checker: other } : { clerk: other, checker: person };
  const row = view.read("people", person);
  const mayTally =
    row && (["tally", "administrator", "supervisor"] as const).some((role) => hasRole(row, role));
  const roles: Finding[] = mayTally
    ? []
    : [{ rule: "R48", severity: "block", code: "tally.not-staff", facts: { person } }];
  // The other signature may still be to come: whether both are there is asked when the day is sealed.
  const tally = checkTally({ ...pair, panel, sheets: tallied(sitting, view) }, { twoPersonTally: false });
  return decide([...roles, ...tally.findings]);
}

/**
 * R43: Nobody decides on a mark that its panel has not settled. Who waits for a decision or for another panel (R51, R76) has no result
 * that could be approved, and keeps nobody else's back: what comes to stand of them is approved by itself.
 */
function unsettled(sitting: SittingRow, view: JournalView): Finding[] {
  const rubric = view.read("rubrics", sitting.rubric)?.rubric;
  invariant(rubric, "a prepared sitting has its rubric");
  const of = recordsOfSitting(sitting.id, view);
  const waiting = waitingCandidates(of);
  const candidates = standingRoster(of).filter(
    (one) => standingOf(one, sitting, rubric, waiting, view)?.outcome === "DIVERGENT",
  ).length;
  return candidates === 0 ? [] : [block("R43", "divergence.unsettled", { candidates })];
}

function signOffMatter(as: SignOffRole, sitting: SittingRow, view: JournalView): ConfirmMatter {
  const rubric = view.read("rubrics", sitting.rubric)?.rubric;
  invariant(rubric, "a prepared sitting has its rubric");
  const of = recordsOfSitting(sitting.id, view);
  const waiting = waitingCandidates(of);
  return {
    kind: "sign-off",
    as,
    rubricTitle: rubric.title,
    day: sitting.day,
    sheets: tallied(sitting, view).length,
    candidates: standingRoster(of).flatMap((candidate) => {
      const standing = standingOf(candidate, sitting, rubric, waiting, view);
      const { no, name } = candidate;
      return standing ? [{ no, name, mark: standing.mark, outcome: standing.outcome }] : [];
    }),
  };
}

/** Every signed sheet of a sitting, the total that counts as signed and computed again from its entries. */
function tallied(sitting: SittingRow, view: JournalView) {
  const rubric = view.read("rubrics", sitting.rubric)?.rubric;
  invariant(rubric, "a prepared sitting has its rubric");
  return sheetsOf(sitting, view).flatMap((sheet) => {
    const counting = countingOf(sheet);
    const { total: recomputed } = totalOf(rubric, sheet.items, sheet.overtimeMs);
    return counting ? [{ stored: counting.total, recomputed }] : [];
  });
}

type Unknown = "candidate.unknown" | "results.unpublished";

interface KnownCandidate {
  readonly candidate: CandidateRow;
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly publishedOn: Day;
}

function knownOf(ref: CandidateRef, view: JournalView): Result<KnownCandidate, Refusal<Unknown>> {
  const row = view.read("candidates", ref);
  const sitting = row && view.read("sittings", row.sitting);
  const rubric = sitting && view.read("rubrics", sitting.rubric)?.rubric;
  if (!row || !rubric) return refuse({ code: "candidate.unknown" });
  const of = recordsOfSitting(sitting.id, view);
  const candidate = standingRoster(of).find((one) => one.ref === ref) ?? row;
  // R76: Nothing of theirs was published that could be checked again.
  if (waitingCandidates(of).has(ref)) return refuse({ code: "results.unpublished" });
  const approval = sitting.signOffs.find(({ as }) => as === "approver");
  // R80: an approval is of what counted then; what was amended since is published when it is approved again.
  if (approval?.revision !== sitting.revision) return refuse({ code: "results.unpublished" });
  return ok({ candidate, sitting, rubric, publishedOn: instantToDay(approval.at.wall) });
}

/** R54, R55: In time, by two others, and what they find: the machine computes again, people answer for it. */
function judgeRecheck(
  { submittedOn, checkers }: Input<"recheck.review">,
  { candidate, sitting, rubric, publishedOn }: KnownCandidate,
  view: JournalView,
): { decision: Decision; result: Recheck | null } {
  const policy = policyOf(view);
  const panel = panelFor(sitting, candidate.ref, sheetsOf(sitting, view));
  const talliers = sitting.signOffs.filter(({ as }) => as !== "approver").map(({ person }) => person);
  // What is kept of somebody who left makes no mark, and there is nothing in it to check.
  const own = sheetsOf(sitting, view).filter(
    (sheet) => isExpected(candidate) && sheet.candidate === candidate.ref && isSigned(sheet),
  );
  const found = recheckSheets(
    isExpected(candidate) ? panel : [],
    own.map((sheet) => {
      const counting = countingOf(sheet);
      invariant(counting, "only signed sheets are rechecked");
      const { total: recomputed, marked, items: all } = totalOf(rubric, sheet.items, sheet.overtimeMs);
      return { examiner: sheet.examiner, unmarked: all - marked, recomputed, stored: counting.total };
    }),
  );
  const decision = decide([
    ...recheckInTime(publishedOn, submittedOn, knownCalendars(), policyValues(policy)).findings,
    ...mayRecheck(checkers, everOnPanel(sitting), talliers).findings,
    ...found.findings,
  ]);
  const again = panelResult(
    { candidate, sitting, sheets: own, rubric, policy },
    (sheet) => totalOf(rubric, sheet.items, sheet.overtimeMs).total,
  );
  if (!again) return { decision, result: null };
  const isUpheld = found.findings.every(({ severity }) => severity === "info");
  return {
    decision,
    result: {
      submittedOn,
      checkers,
      finding: isUpheld ? "UPHELD" : "CORRECTED",
      mark: again.mark?.exact ?? null,
      outcome: again.outcome,
    },
  };
}

async function recordRecheck(
  input: Input<"recheck.record">,
  known: KnownCandidate,
  deps: ResultDeps,
): Answer<"recheck.record"> {
  const { journal, keys, confirm, sessions } = deps;
  const { decision, result } = judgeRecheck(input, known, journal.view);
  if (!decision.allowed) return refuse({ code: "results.blocked", facts: firstBlock(decision) });
  invariant(result, "a recheck that misses no sheet comes to a result");
  const { candidate } = known;
  const matter: ConfirmMatter = {
    kind: "recheck",
    candidate: candidate.name,
    ticketNo: candidate.ticketNo,
    finding: result.finding,
    mark: result.mark ? fractionToFixed(result.mark, policyOf(journal.view).decimals.value) : "—",
    outcome: result.outcome,
  };
  const [first, second] = input.checkers;
  const unlock = async (person: PersonId, pin: string): Promise<Result<void, Refusal>> => {
    const signer = await keys.unlockPerson(person, pin);
    return signer.ok ? ok(undefined) : signer;
  };
  const { sitting } = known;
  const sheets = tallied(sitting, journal.view).length;
  const write = async (): Promise<Result<void, Refusal>> => {
    if (hasMoved(sitting, sheets, journal.view)) return refuse({ code: "results.changed" });
    const written = await journal.append(sessions.current(), [
      { body: { kind: "result.rechecked", candidate: candidate.ref, recheck: result } },
    ]);
    return written.ok ? ok(undefined) : written;
  };
  // Both are known to be able to sign before the first is asked for a PIN.
  const [one, other] = [readyToSign(first, deps), readyToSign(second, deps)];
  if (!one.ok) return one;
  if (!other.ok) return other;
  for (const { person } of [one.value, other.value]) {
    const done = await confirm.ask(person, matter, async (pin) => {
      const unlocked = await unlock(person.id, pin);
      // One entry, after the second signature: half a recheck is none.
      return unlocked.ok && person.id === second ? write() : unlocked;
    });
    if (!done.ok) return done;
  }
  return ok({ result });
}

function standingOf(
  candidate: CandidateRow,
  sitting: SittingRow,
  rubric: Rubric,
  waiting: ReadonlyMap<CandidateRef, Waiting>,
  view: JournalView,
) {
  return standingResult({
    ...{ candidate, sitting, rubric, waiting: waiting.get(candidate.ref) ?? null },
    ...{ sheets: sheetsOf(sitting, view), policy: policyOf(view) },
  });
}

function sheetsOf({ id }: SittingRow, view: JournalView): readonly Sheet[] {
  return view.rowsOf("sheets", id);
}

function policyOf(view: JournalView): Policy {
  const policy = view.read("centre", ONLY)?.permit?.reference.policy;
  invariant(policy, "results exist under a permit");
  return policy;
}
