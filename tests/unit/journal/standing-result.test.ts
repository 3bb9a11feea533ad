// One answer to what stands of a candidate, whoever asks: the closing screen, the printed summary, the PIN of who signs.
import { expect, test } from "vitest";
import { Day, fraction, type PersonId } from "#shared/base";
import { panelResult, standingResult, summaryForm, type StandingPanel } from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  markAbsent,
  personId,
  poorInputs,
  signSheet,
  type PreparedDay,
} from "../../support/journal-builders.ts";

const [ONE, TWO, CLERK] = [personId(1), personId(2), personId(4)] as const;
const FIRST = candidateRef(1);

function panelOf({ journal: { view }, sitting: id }: PreparedDay): StandingPanel {
  const sitting = view.read("sittings", id)!;
  return {
    sitting,
    candidate: view.read("candidates", FIRST)!,
    sheets: view.rowsOf("sheets", id),
    rubric: view.read("rubrics", sitting.rubric)!.rubric,
    policy: view.read("centre", "only")!.permit!.reference.policy,
    waiting: null,
  };
}

/** On the screen and on paper: mark, what it replaced, outcome. */
function told(day: PreparedDay) {
  const standing = standingResult(panelOf(day));
  const line = summaryForm(day.sitting, day.journal.view)?.lines[0];
  return {
    screen: standing && [standing.mark, standing.replaced, standing.outcome],
    paper: line && [line.mark.now, line.mark.former, line.outcome],
  };
}

const both = (...said: readonly unknown[]) => ({ screen: said, paper: said });

function divergentDay(): PreparedDay {
  const day = aPreparedDay({ candidates: 1, panel: 2 });
  signSheet(day, 1, ONE);
  signSheet(day, 1, TWO, poorInputs(panelOf(day).rubric));
  return day;
}

function settle(day: PreparedDay, reason: string, person: PersonId = ONE): void {
  const records = panelOf(day).sheets.map(({ signature }) => signature!.hash);
  day.journal.append(
    { kind: "divergence.settled", candidate: FIRST, person, records: records.sort(), reason },
    person,
  );
}

test("[R43] of a panel that lies too far apart no mark stands, on the screen or on paper, until it settled", () => {
  const day = divergentDay();
  expect(told(day)).toEqual(both("—", [], "DIVERGENT"));
  settle(day, "接缝看法不同");
  expect(told(day)).toEqual(both("50.0", [], "FAIL"));
});

test("[R41] nothing stands while a sheet is missing, and nobody who was absent has a mark", () => {
  const day = aPreparedDay({ candidates: 1, panel: 2 });
  signSheet(day, 1, ONE);
  expect(told(day)).toEqual({ screen: null, paper: ["", [], null] });
  const absent = aPreparedDay({ candidates: 1, panel: 2 });
  markAbsent(absent, 1);
  expect(told(absent)).toEqual(both("—", [], "ABSENT"));
});

test("[R55] [R56] a recheck stands, and the mark it replaced stays in sight on both", () => {
  const day = aPreparedDay({ candidates: 1, panel: 1 });
  signSheet(day, 1);
  const recheck = {
    ...({ finding: "CORRECTED", outcome: "PASS", mark: fraction(199, 2) } as const),
    ...{ submittedOn: Day.parse("2026-11-24"), checkers: [TWO, CLERK] as [PersonId, PersonId] },
  };
  day.journal.append({ kind: "result.rechecked", candidate: FIRST, recheck }, CLERK);
  expect(told(day)).toEqual(both("99.5", ["100.0"], "PASS"));
});

test("[R55] who computes again is answered from the totals they computed", () => {
  const day = aPreparedDay({ candidates: 1, panel: 1 });
  signSheet(day, 1);
  expect(panelResult(panelOf(day), () => fraction(12))?.outcome).toBe("FAIL");
});
