// A divergent panel settled (R35, R43): its leader signs with their own PIN, in main's window and over main's figures, that the
// mark stands although its sheets lie apart. The members' own words were said before, each by themselves.
import {
  fractionToFixed,
  fractionToText,
  invariant,
  ok,
  refuse,
  type Refusal,
  type Result,
} from "#shared/base";
import { countingOf, type Sheet } from "#shared/exam";
import type { ConfirmMatter, InputOf, WindowChannels } from "#shared/ipc";
import {
  admitSettlement,
  ONLY,
  resultIfSettled,
  type AdmittedSettlement,
  type CandidateRow,
  type JournalView,
} from "#shared/journal";
import type { Answer } from "./ports.ts";
import type { ResultDeps } from "./results.ts";
import { readyToSign, shownAs } from "./signatures.ts";

type Asked = InputOf<WindowChannels["divergence.settle"]>;

export interface Settlements {
  settle(asked: Asked): Answer<"divergence.settle">;
}

export function createSettlements(deps: ResultDeps): Settlements {
  return { settle: (asked) => deps.serial(() => settle(asked, deps)) };
}

async function settle(
  { candidate: ref, reason }: Asked,
  { journal, sessions, keys, confirm }: ResultDeps,
): Answer<"divergence.settle"> {
  if (sessions.current() === null) return refuse({ code: "session.none" });
  const admitted = admitSettlement(ref, journal.view);
  if (!admitted.ok) return admitted;
  const { leader, records, sitting } = admitted.value;
  const ready = readyToSign(leader, { journal, keys }, sitting);
  if (!ready.ok) return ready;
  const done = await confirm.ask(
    ready.value.person,
    matterOf(admitted.value, reason, journal.view),
    async (pin): Promise<Result<void, Refusal>> => {
      const signer = await keys.unlockPerson(leader, pin);
      if (!signer.ok) return signer;
      const written = await journal.append(sessions.current(), [
        {
          body: {
            ...{ kind: "divergence.settled", candidate: ref, person: leader },
            ...{ records: [...records], reason },
          },
        },
      ]);
      return written.ok ? ok(undefined) : written;
    },
  );
  return done.ok ? ok({}) : done;
}

/** Whose sheet came to what, what each said, the items that lie apart, and the result that will stand, vetoes and all. */
function matterOf(
  { candidate, sitting, rubric, sheets, divergence }: AdmittedSettlement,
  reason: string,
  view: JournalView,
): ConfirmMatter {
  const policy = view.read("centre", ONLY)?.permit?.reference.policy;
  invariant(policy, "a panel sits under a permit");
  const result = resultIfSettled(sheets, rubric, policy);
  invariant(result?.mark, "revealed sheets have a mark");
  return {
    kind: "settlement",
    ...shownAs(candidate, sitting),
    rubricTitle: rubric.title,
    sheets: sheets.map((sheet) => sheetLine(sheet, candidate, view)),
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

function sheetLine(sheet: Sheet, { upheld }: CandidateRow, view: JournalView) {
  const counting = countingOf(sheet);
  invariant(counting, "a revealed sheet is signed");
  const author = view.read("people", sheet.examiner);
  const kept = upheld.filter(({ record }) => record === counting.hash).at(-1);
  return {
    examiner: author?.name ?? sheet.examiner,
    total: fractionToText(counting.total),
    vetoes: [...sheet.vetoes],
    reason: kept?.reason ?? counting.amendment?.text ?? "",
    /** Nobody could ask them to look again. */
    ended: kept === undefined && author?.ended !== null,
  };
}
