// A room record that is hard to print: every kind of change and of incident, two pages of words, a rare name, a substitute, and calls
// with and without an answer.
import { InstantMs, Kid } from "#shared/base";
import type { IncidentReport, RosterChange } from "#shared/exam";
import {
  aPreparedDay,
  candidateRef,
  markAbsent,
  NINE_O_CLOCK,
  nextSeq,
  personId,
  sheetId,
  testHash,
  type PreparedDay,
} from "./journal-builders.ts";

export const LONG_WORDS = "高温窑炉断电后立即切断总闸，䂮䶮与监考人员一同清点作品并拍照，无人受伤；"
  .repeat(28)
  .slice(0, 1000);

export function aFullRoom(): PreparedDay {
  const day = aPreparedDay({ candidates: 24, panel: 2, supervisor: personId(4) });
  const { journal, sitting } = day;
  const [leader, confirmer] = [personId(1), personId(4)];
  const seq = () => nextSeq(journal);
  const change = (change: RosterChange, reason: string) =>
    journal.append(
      {
        ...{ kind: "roster.changed", sitting, change, reason, leader, confirmedBy: confirmer },
        ...{
          office: "administrator",
          seq: seq(),
          hash: testHash(`change ${String(journal.entries.length)}`),
        },
      },
      leader,
    );
  const incident = (at: number, said: Omit<IncidentReport, "happenedAt" | "staff">) =>
    journal.append(
      {
        ...{ kind: "incident.recorded", incident: sheetId(journal.entries.length), sitting },
        ...{ seq: seq(), hash: testHash(`incident ${String(journal.entries.length)}`), person: personId(2) },
        report: { ...said, happenedAt: InstantMs.parse(NINE_O_CLOCK + at * 60_000), staff: [personId(3)] },
      },
      personId(2),
    );
  markAbsent(day, 3);
  markAbsent(day, 4);
  const absence = journal.view.read("candidates", candidateRef(4))?.absence?.hash;
  if (!absence) throw new Error("an absence");
  change({ kind: "arrival", candidate: candidateRef(4), absence }, "列车晚点，凭车票入场");
  const swap = (one: number, from: number, to: number) => ({ candidate: candidateRef(one), from, to });
  change({ kind: "swap", moves: [swap(5, 1, 2), swap(6, 2, 1)] }, "与他人同组会有回避关系");
  change({ kind: "withdrawal", candidate: candidateRef(8) }, "身体不适，由家属接走");
  change(
    { kind: "relocation", moves: [11, 12, 13, 14, 15].map((one) => swap(one, 3, 6)) },
    "三号工位组的转盘电机故障，改到最后一组",
  );
  change(
    { kind: "unexamined", candidates: [16, 17, 18, 19, 20].map(candidateRef) },
    "窑炉断电，当天无法修复，另行安排考核",
  );
  journal.append(
    {
      ...{ kind: "panel.changed", sitting, leaves: personId(2), joins: personId(3) },
      ...{ kid: Kid.parse(`ed25519.${"2".repeat(32)}`), reason: "考评员急病送医" },
      panel: [
        { person: personId(1), leader: true },
        { person: personId(3), leader: false },
      ],
      ...{ seq: seq(), hash: testHash("panel") },
    },
    leader,
  );
  incident(90, { kind: "power-cut", tier: null, candidates: [], what: LONG_WORDS, done: LONG_WORDS });
  incident(20, {
    kind: "breach",
    tier: "C2",
    candidates: [candidateRef(3), candidateRef(7)],
    what: "夹带资料 <b>“图样”</b>",
    done: "收走资料，考核中止",
  });
  for (const kind of ["injury", "broken-workpiece", "equipment", "other"] as const)
    incident(100, { kind, tier: null, candidates: [candidateRef(9)], what: "见现场照片", done: "无" });
  const [answered, open] = [sheetId(900), sheetId(901)];
  for (const call of [answered, open])
    journal.append({ kind: "leader.called", call, sitting, candidate: candidateRef(3) }, personId(3));
  journal.append({ kind: "call.answered", call: answered, text: "已到场，更换刮刀" }, leader);
  const document = { kind: "identity.checked" as const, sitting, document: "idCard" as const };
  const mismatch = {
    ...document,
    matches: false,
    note: "证件上的出生日期与名册不符，姓名同音不同字，" + "末".repeat(170),
  };
  journal.append({ ...mismatch, candidate: candidateRef(1) }, leader);
  journal.append({ ...document, candidate: candidateRef(1), matches: true, note: null }, leader);
  journal.append({ ...mismatch, candidate: candidateRef(2), note: "相貌不符" }, leader);
  return day;
}
