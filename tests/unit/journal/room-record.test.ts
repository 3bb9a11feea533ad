// The room record and the calls for the leader (R76, feature 26): who may write what, that a breach has a tier and somebody it is of,
// and that a call stays open until the leader or an office answers.
import { describe, expect, test } from "vitest";
import { InstantMs, type PersonId } from "#shared/base";
import { IncidentReport } from "#shared/exam";
import { admitIncident, hasUnsealed, incidentsOf, openCalls, type Intent } from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  NINE_O_CLOCK,
  personId,
  sheetId,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";

const [LEADER, SECOND, OUTSIDER, ADMINISTRATOR] = [1, 2, 3, 4].map(personId) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const NOW = NINE_O_CLOCK + 60_000;
const report: IncidentReport = {
  ...{ kind: "power-cut", tier: null, happenedAt: InstantMs.parse(NINE_O_CLOCK), candidates: [], staff: [] },
  ...{ what: "停电十分钟", done: "顺延时间" },
};

const admitted = (day: PreparedDay, changes: Partial<IncidentReport>, actor: PersonId | null, now = NOW) => {
  const answer = admitIncident(day.sitting, { ...report, ...changes }, now, actor, day.journal.view);
  return answer.ok ? "ok" : answer.error.code;
};

describe("an incident", () => {
  test("is recorded by the panel and by an office, not by somebody who has nothing to do with the sitting", () => {
    const day = aPreparedDay({ panel: 2 });
    expect([LEADER, SECOND, ADMINISTRATOR].map((who) => admitted(day, {}, who))).toEqual(["ok", "ok", "ok"]);
    expect(admitted(day, {}, OUTSIDER)).toBe("incident.not-here");
    expect(admitted(day, {}, null)).toBe("session.none");
    day.journal.append({ kind: "person.ended", person: SECOND, reason: "调离" });
    expect(admitted(day, {}, SECOND)).toBe("person.ended");
  });

  test("concerns people and candidates who are there, and lies in the past", () => {
    const day = aPreparedDay({ panel: 2 });
    expect(admitted(day, { candidates: [candidateRef(1)] }, LEADER)).toBe("ok");
    expect(admitted(day, { candidates: [candidateRef(99)] }, LEADER)).toBe("candidate.unknown");
    expect(admitted(day, { staff: [personId(99)] }, LEADER)).toBe("person.unknown");
    expect(admitted(day, {}, LEADER, NINE_O_CLOCK - 1)).toBe("incident.in-future");
  });

  test("[R76] of a breach has a tier and somebody it is of; of anything else it has none", () => {
    const isReport = (changes: Partial<IncidentReport>) =>
      IncidentReport.safeParse({ ...report, ...changes }).success;
    expect(isReport({})).toBe(true);
    expect(isReport({ tier: "C1" })).toBe(false);
    expect(isReport({ kind: "breach", tier: "C2" })).toBe(false);
    expect(isReport({ kind: "breach", tier: null, candidates: [candidateRef(1)] })).toBe(false);
    expect(isReport({ kind: "breach", tier: "C2", candidates: [candidateRef(1)] })).toBe(true);
    expect(isReport({ kind: "breach", tier: "C4", staff: [SECOND] })).toBe(true);
    expect(isReport({ what: "  " })).toBe(false);
    expect(isReport({ done: "" })).toBe(false);
  });

  test("[SY1] stands in the order it happened, in the chain, and keeps the day open until it is sealed", () => {
    const day = aPreparedDay({ panel: 2 });
    const record = (at: number, minutes: number) => {
      const happenedAt = InstantMs.parse(NINE_O_CLOCK - minutes * 60_000);
      day.journal.append(
        {
          ...{ kind: "incident.recorded", incident: sheetId(at), sitting: day.sitting, seq: at },
          ...{ report: { ...report, happenedAt }, hash: testHash(`incident ${at}`), person: LEADER },
        },
        LEADER,
      );
    };
    record(2, 5);
    record(3, 20);
    const rows = incidentsOf(day.journal.view.rows("incidents"), day.sitting);
    expect(rows.map(({ seq }) => seq)).toEqual([3, 2]);
    expect(day.journal.view.read("chain", "only")).toMatchObject({ seq: 3, head: testHash("incident 3") });
    const sitting = day.journal.view.read("sittings", day.sitting)!;
    const nothing = { sheets: [], candidates: [], reviews: [] };
    const isOpen = (last: number) =>
      hasUnsealed({
        ...{ sitting, ...nothing, incidents: rows },
        batches: [{ carried: false, range: { first: 1, last } }],
      });
    expect(isOpen(2)).toBe(true);
    expect(isOpen(3)).toBe(false);
  });
});

describe("a call for the leader", () => {
  const call = ({ sitting }: PreparedDay, no = 1): Intent => ({
    ...{ kind: "leader.call", sitting, candidate: candidateRef(no) },
  });
  const codeOf = (result: ReturnType<PreparedDay["journal"]["wish"]>) =>
    result.ok ? "ok" : result.error.code;

  test("is one press of an examiner of the panel, and stays one until it is answered", () => {
    const day = aPreparedDay({ panel: 2 });
    expect(codeOf(day.journal.wish(call(day), OUTSIDER))).toBe("sitting.not-on-panel");
    expect(codeOf(day.journal.wish(call(day, 99), SECOND))).toBe("candidate.unknown");
    expect(codeOf(day.journal.wish(call(day), SECOND))).toBe("ok");
    expect(codeOf(day.journal.wish(call(day), SECOND))).toBe("call.open");
    expect(codeOf(day.journal.wish(call(day, 2), SECOND))).toBe("ok");
    expect(openCalls(day.journal.view.rows("calls"), day.sitting)).toHaveLength(2);
  });

  test("is answered by the leader or an office, once, and may then be made again", () => {
    const day = aPreparedDay({ panel: 2 });
    day.journal.wish(call(day), SECOND);
    const [made] = day.journal.view.rows("calls");
    const answer: Intent = { kind: "call.answer", call: made!.id, text: "已到场" };
    expect(codeOf(day.journal.wish(answer, SECOND))).toBe("call.not-leader");
    expect(codeOf(day.journal.wish({ ...answer, call: sheetId(77) }, LEADER))).toBe("call.unknown");
    expect(codeOf(day.journal.wish(answer, ADMINISTRATOR))).toBe("ok");
    expect(codeOf(day.journal.wish(answer, LEADER))).toBe("call.answered");
    expect(day.journal.view.read("calls", made!.id)?.answer).toMatchObject({
      person: ADMINISTRATOR,
      text: "已到场",
    });
    expect(codeOf(day.journal.wish(call(day), SECOND))).toBe("ok");
  });
});
