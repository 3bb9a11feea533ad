// After the marking, as main sees it: who signs for the totals, who decides, and what a recheck leaves behind.
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, instantToDay, type PersonId, type SittingId } from "#shared/base";
import type { Policy } from "#shared/exam";
import { ONLY } from "#shared/journal";
import { sampleRubrics } from "#shared/rules";
import { checkSignOffs } from "../../../electron/desk/index.ts";
import { everybodySigns, pinOf } from "../../support/desk-acts.ts";
import { DEMO_PEOPLE, valueOf } from "../../support/desk-harness.ts";
import { fullInputs } from "../../support/journal-builders.ts";
import { aReferencePack } from "../../support/reference-builder.ts";
import {
  ADMINISTRATOR,
  EXAMINER,
  LEADER,
  openDesk,
  SUPERVISOR,
  type Desk,
} from "../../support/little-desk.ts";

let desk: Desk;
let sitting: SittingId;

beforeEach(async () => {
  desk = await openDesk();
  await desk.signedSheet();
  await desk.signIn(ADMINISTRATOR);
  const [row] = desk.journal.view.rows("sittings");
  if (!row) throw new Error("no sitting");
  sitting = row.id;
  // From here on everybody types their own PIN.
  everybodySigns(desk);
});

const rowOf = () => {
  const row = desk.journal.view.read("sittings", sitting);
  if (!row) throw new Error("no sitting");
  return row;
};
const signOff = (as: "clerk" | "checker" | "approver", person: PersonId) =>
  desk.results.signOff({ sitting, as, person });
const blocked = (code: string) => ({ ok: false, error: { code: "results.blocked", facts: { code } } });
const strict = (): Policy => {
  const policy = desk.journal.view.read("centre", ONLY)?.permit?.reference.policy;
  if (!policy) throw new Error("no policy");
  return { ...policy, twoPersonTally: { ...policy.twoPersonTally, value: true } };
};

describe("the tally", () => {
  test("[R48] a day is not sealed under a policy of two before two people have signed for its totals", async () => {
    const codes = () => checkSignOffs(rowOf(), strict(), desk.journal.view).findings.map(({ code }) => code);
    expect(codes()).toEqual(["tally.no-clerk", "tally.no-checker"]);
    valueOf(await signOff("clerk", ADMINISTRATOR));
    expect(codes()).toEqual(["tally.no-checker"]);
    valueOf(await signOff("checker", SUPERVISOR));
    expect(codes()).toEqual(["tally.agrees"]);
    expect(rowOf().signOffs.map(({ as, person, sheets }) => [as, person, sheets])).toEqual([
      ["clerk", ADMINISTRATOR, 1],
      ["checker", SUPERVISOR, 1],
    ]);
  });

  test("[R48] neither a member of the panel nor one person twice may tally", async () => {
    expect(await signOff("clerk", LEADER)).toMatchObject(blocked("tally.not-staff"));
    expect(await signOff("clerk", EXAMINER)).toMatchObject(blocked("tally.not-staff"));
    valueOf(await signOff("clerk", ADMINISTRATOR));
    expect(await signOff("checker", ADMINISTRATOR)).toMatchObject(blocked("tally.same-person"));
  });

  test("a declined PIN leaves no signature", async () => {
    desk.person.answer(null);
    expect(await signOff("clerk", ADMINISTRATOR)).toMatchObject({ error: { code: "person.declined" } });
    expect(rowOf().signOffs).toEqual([]);
  });

  test("what is shown beside the PIN is each mark that stands", async () => {
    valueOf(await signOff("clerk", ADMINISTRATOR));
    const [shown] = desk.person.shown.slice(-1);
    if (shown?.kind !== "sign-off") throw new Error("a sign-off is shown");
    expect(shown).toMatchObject({ as: "clerk", sheets: 1 });
    expect(shown.candidates).toHaveLength(1);
    expect(shown.candidates[0]?.mark).toMatch(/^\d+\.\d$/);
  });
});

describe("two sittings under a policy of two", () => {
  const strictDesk = async () => {
    const pack = aReferencePack(DEMO_PEOPLE);
    const twoPersonTally = { ...pack.policy.twoPersonTally, value: true };
    return openDesk({ ...pack, policy: { ...pack.policy, twoPersonTally } });
  };
  const signSheetOf = async (id: SittingId) => {
    const candidate = desk.journal.view.rowsOf("candidates", id).find(({ no }) => no === 1);
    const [rubric] = sampleRubrics();
    if (!candidate || !rubric) throw new Error("no candidate or rubric");
    await desk.signIn(LEADER);
    valueOf(await desk.marking.append([{ kind: "conflict.declare", sitting: id, candidates: [] }]));
    valueOf(await desk.marking.append([{ kind: "sheet.open", sitting: id, candidate: candidate.ref }]));
    const [sheet] = desk.journal.view.rowsOf("sheets", id);
    if (!sheet) throw new Error("no sheet");
    const inputs = Object.entries(fullInputs(rubric));
    const marks = inputs.map(([no, input]) => ({
      ...{ kind: "mark.set" as const, sheet: sheet.id, item: Number(no), input },
    }));
    valueOf(await desk.marking.append(marks));
    valueOf(await desk.signatures.signSheet(sheet.id));
  };

  test("[R48] a batch goes with the totals of every sitting in it signed for, and of none that has only a roster", async () => {
    desk = await strictDesk();
    const first = await desk.prepare([LEADER]);
    const second = await desk.prepare([LEADER]);
    await signSheetOf(first);
    await desk.signIn(ADMINISTRATOR);
    everybodySigns(desk);
    const signBoth = async (id: SittingId) => {
      valueOf(await desk.results.signOff({ sitting: id, as: "clerk", person: ADMINISTRATOR }));
      valueOf(await desk.results.signOff({ sitting: id, as: "checker", person: SUPERVISOR }));
    };
    await signBoth(first);
    valueOf(await desk.day.seal(first, "其余考生改期"));
    await signSheetOf(second);
    await desk.signIn(ADMINISTRATOR);
    everybodySigns(desk);
    expect(await desk.day.seal(first, "其余考生改期")).toMatchObject({
      error: { code: "day.not-tallied", facts: { code: "tally.no-clerk" } },
    });
    await signBoth(second);
    valueOf(await desk.day.seal(first, "其余考生改期"));
    expect(desk.journal.view.rows("batches").at(-1)).toMatchObject({ sitting: first, covers: [second] });
  });
});

describe("the decision", () => {
  const seal = async () => valueOf(await desk.day.seal(sitting, "其余考生改期"));

  test("[R80] results are not approved before they are sealed, nor by who tallied them", async () => {
    expect(await signOff("approver", ADMINISTRATOR)).toMatchObject({ error: { code: "results.incomplete" } });
    valueOf(await signOff("clerk", ADMINISTRATOR));
    await seal();
    expect(await signOff("approver", ADMINISTRATOR)).toMatchObject(blocked("approval.among-talliers"));
    expect(await signOff("approver", LEADER)).toMatchObject(blocked("approval.among-examiners"));
  });

  test("[R54] [R55] a recheck by two others is kept beside the result, a late one and a marker's are refused", async () => {
    valueOf(await signOff("clerk", SUPERVISOR));
    await seal();
    const candidate = desk.journal.view.rows("candidates").find(({ no }) => no === 1);
    if (!candidate) throw new Error("no candidate");
    const today = instantToDay(rowOf().preparedAt.wall);
    const asked = (checkers: [PersonId, PersonId], late = 0) => ({
      candidate: candidate.ref,
      submittedOn: addDays(today, late),
      checkers,
    });
    expect(await desk.results.recordRecheck(asked([ADMINISTRATOR, EXAMINER]))).toMatchObject({
      error: { code: "results.unpublished" },
    });
    valueOf(await signOff("approver", ADMINISTRATOR));
    expect(await desk.results.recordRecheck(asked([ADMINISTRATOR, EXAMINER], 90))).toMatchObject(
      blocked("recheck.too-late"),
    );
    expect(await desk.results.recordRecheck(asked([LEADER, EXAMINER]))).toMatchObject(
      blocked("recheck.involved"),
    );
    expect(await desk.results.recordRecheck(asked([SUPERVISOR, EXAMINER]))).toMatchObject(
      blocked("recheck.involved"),
    );
    const reviewed = valueOf(await desk.results.reviewRecheck(asked([ADMINISTRATOR, EXAMINER])));
    expect(reviewed.result).toMatchObject({ finding: "UPHELD" });
    const { result } = valueOf(await desk.results.recordRecheck(asked([ADMINISTRATOR, EXAMINER])));
    expect(desk.journal.view.read("candidates", candidate.ref)?.rechecks).toEqual([result]);
    expect(desk.person.shown.slice(-2).map(({ kind }) => kind)).toEqual(["recheck", "recheck"]);
  });

  test("[R46] [R80] what was amended after the approval is not rechecked before it is approved again", async () => {
    await seal();
    valueOf(await signOff("approver", ADMINISTRATOR));
    const [sheet] = desk.journal.view.rows("sheets");
    if (!sheet) throw new Error("no sheet");
    await desk.signIn(LEADER);
    everybodySigns(desk);
    valueOf(await desk.marking.append([{ kind: "amendment.open", sheet: sheet.id }]));
    valueOf(await desk.marking.append([{ kind: "note.set", sheet: sheet.id, text: "补记" }]));
    const amendment = { sheet: sheet.id, reason: "technical", text: "补记", approver: SUPERVISOR } as const;
    valueOf(await desk.amendments.amend(amendment));
    const submittedOn = instantToDay(rowOf().preparedAt.wall);
    const checkers: [PersonId, PersonId] = [SUPERVISOR, EXAMINER];
    const recheck = () => desk.results.reviewRecheck({ candidate: sheet.candidate, submittedOn, checkers });
    expect(await recheck()).toMatchObject({ error: { code: "results.unpublished" } });
    valueOf(await signOff("approver", ADMINISTRATOR));
    expect(valueOf(await recheck()).result).toMatchObject({ finding: "UPHELD" });
  });

  test("[R55] one signature of two records nothing", async () => {
    await seal();
    valueOf(await signOff("approver", ADMINISTRATOR));
    const candidate = desk.journal.view.rows("candidates").find(({ no }) => no === 1);
    if (!candidate) throw new Error("no candidate");
    const own = desk.keys.demoPin(ADMINISTRATOR);
    desk.person.answer((name) => Promise.resolve(pinOf(desk, name) === own ? own : null));
    const submittedOn = instantToDay(rowOf().preparedAt.wall);
    const checkers: [PersonId, PersonId] = [ADMINISTRATOR, EXAMINER];
    expect((await desk.results.recordRecheck({ candidate: candidate.ref, submittedOn, checkers })).ok).toBe(
      false,
    );
    expect(desk.journal.view.read("candidates", candidate.ref)?.rechecks).toEqual([]);
  });
});
