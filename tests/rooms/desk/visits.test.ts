// Supervision on site at the desk (R23, rulings 2): main shows the room as it counts it, the supervisor signs that, the batch carries it;
// notes survive a lock and a start, and the panel reads none of it.
import { beforeEach, describe, expect, test } from "vitest";
import { InstantMs, type PersonId, type SittingId } from "#shared/base";
import { NO_NOTES } from "#shared/exam";
import { hasUnsealed, type Intent } from "#shared/journal";
import { onSiteChecklist } from "#shared/rules";
import { peekRecord, splitRecords, verifyRecord } from "#shared/wire";
import { createSupervision, createVisits } from "../../../electron/desk/index.ts";
import { begin, paperOf } from "../../support/desk-acts.ts";
import { sittingId } from "../../support/journal-builders.ts";
import { TEST_ENVIRONMENT, valueOf } from "../../support/desk-harness.ts";
import {
  ADMINISTRATOR,
  EXAMINER,
  LEADER,
  openDesk,
  SUPERVISOR,
  type Desk,
} from "../../support/little-desk.ts";

const { items, id: LIST } = onSiteChecklist();
let desk: Desk;
let sitting: SittingId;

beforeEach(async () => {
  desk = await openDesk();
  sitting = await desk.prepare([LEADER, EXAMINER]);
});

const list = () => desk.visits.list({ sitting });
const sign = () => desk.visits.sign({ sitting });
async function note(...intents: Intent[]) {
  return desk.marking.append(intents);
}
const answers = (): Intent[] =>
  items.map(({ code: item }) => ({
    ...{ kind: "visit.answer", sitting, item },
    answer: item === "safety" ? { answer: "no", words: "三号工位没有灭火器" } : { answer: "yes", words: "" },
  }));
/** The supervisor has answered everything and types their PIN next. */
async function ready() {
  await desk.signIn(SUPERVISOR);
  valueOf(await note(...answers()));
  desk.person.answer(desk.keys.demoPin(SUPERVISOR));
}
const refusalOf = async (asked: Promise<{ ok: boolean; error?: { code: string } }>) =>
  (await asked).error?.code;

describe("[R23] a visit", () => {
  test("is signed over the room as main counts it in that moment, with every answer beside the PIN", async () => {
    await begin(desk, sitting, LEADER, 1);
    await ready();
    valueOf(await sign());
    expect(desk.person.shown.at(-1)).toMatchObject({
      ...{ kind: "visit", room: { registered: 30, untouched: 29, marking: 1 } },
      panel: [{ leader: true }, { leader: false }],
      answers: items.map(({ text, code }) => ({ text, answer: code === "safety" ? "no" : "yes" })),
    });
    const { notes, visits } = valueOf(await list());
    expect(notes).toEqual(NO_NOTES);
    expect(visits).toMatchObject([
      {
        way: "signed",
        refusal: null,
        visit: { person: SUPERVISOR, report: { checklist: LIST, room: { marking: 1 } } },
      },
    ]);
    const written = desk.journal.entries.at(-1);
    if (written?.entry.body.kind !== "visit.signed") throw new Error("a signed visit");
    const [record] = await desk.journal.attachments(written.entry.seq);
    const verified = valueOf(verifyRecord("supervision", record ?? new Uint8Array(), desk.lookup()));
    expect(verified.value.report).toEqual(written.entry.body.report);
    expect(verified.hash).toBe(written.entry.body.hash);
  });

  test("is not signed by the panel, the office, nobody, or with an item open", async () => {
    await desk.signIn(LEADER);
    expect(await refusalOf(sign())).toBe("visit.blocked");
    expect(await refusalOf(note(answers()[0] as Intent))).toBe("visit.not-supervisor");
    await desk.signIn(ADMINISTRATOR);
    expect(await refusalOf(sign())).toBe("visit.blocked");
    await desk.signIn(SUPERVISOR);
    valueOf(await note(...answers().slice(1)));
    expect(await refusalOf(sign())).toBe("visit.lacks-answer");
    await desk.sessions.close();
    expect(await refusalOf(sign())).toBe("session.none");
    expect(desk.person.shown.filter(({ kind }) => kind === "visit")).toEqual([]);
  });

  test("that was declined leaves the notes as they were", async () => {
    await ready();
    desk.person.answer(null);
    expect(await refusalOf(sign())).toBe("person.declined");
    expect(Object.keys(valueOf(await list()).notes?.answers ?? {})).toHaveLength(items.length);
    expect(valueOf(await list()).visits).toEqual([]);
  });

  test("takes no note while the PIN is typed: what is shown is what is signed", async () => {
    await ready();
    const late: Promise<unknown>[] = [];
    desk.person.answer(() => {
      late.push(note({ kind: "visit.remark", sitting, about: "problems", text: "后来补的" }));
      return Promise.resolve(desk.keys.demoPin(SUPERVISOR));
    });
    valueOf(await sign());
    await Promise.all(late);
    const { notes, visits } = valueOf(await list());
    expect(visits[0]?.visit.report.problems).toBe("");
    expect(notes).toEqual({ ...NO_NOTES, problems: "后来补的" });
  });
});

describe("[R23] what is asked of visits", () => {
  const asked = ["list", "sign"] as const;

  test.each(asked)("%s answers nobody who is not signed in", async (name) => {
    await ready();
    valueOf(await sign());
    await desk.sessions.close();
    expect(await refusalOf(desk.visits[name]({ sitting }))).toBe("session.none");
  });

  test.each(asked)("%s knows no sitting that this laptop does not have", async (name) => {
    await ready();
    expect(await refusalOf(desk.visits[name]({ sitting: sittingId(99) }))).toBe("sitting.unknown");
    expect(desk.person.shown.filter(({ kind }) => kind === "visit")).toEqual([]);
  });
});

describe("[R23] notes of a room", () => {
  test("outlive a lock and another start, and everybody is told their own alone", async () => {
    await ready();
    await desk.sessions.lock();
    await desk.signIn(ADMINISTRATOR);
    expect(valueOf(await list())).toEqual({ notes: null, visits: [] });
    await desk.signIn(EXAMINER);
    expect(await refusalOf(list())).toBe("role.not-supervising");
    await desk.signIn(SUPERVISOR);
    // Main as it is after a start: it knows what the journal says and nothing else.
    const supervision = createSupervision(desk);
    const again = createVisits({
      ...desk,
      confirm: desk.person,
      env: TEST_ENVIRONMENT,
      serial: (act) => act(),
      supervision,
    });
    expect(Object.keys(valueOf(await again.list({ sitting })).notes?.answers ?? {})).toHaveLength(
      items.length,
    );
  });
});

/** What home and the closing screen ask (renderer/features/day, closing). */
function isOpen(): boolean {
  const { view } = desk.journal;
  return hasUnsealed({
    sitting: view.read("sittings", sitting)!,
    ...{ batches: view.rows("batches"), sheets: view.rowsOf("sheets", sitting) },
    candidates: view.rowsOf("candidates", sitting),
    ...{ reviews: view.rows("reviews"), incidents: view.rows("incidents") },
  });
}

describe("the batch of the day", () => {
  async function sealed(explanation = "中止") {
    await desk.signIn(ADMINISTRATOR);
    // The leader closes the day.
    desk.person.answer(desk.keys.demoPin(LEADER));
    valueOf(await desk.day.seal(sitting, explanation));
    const found = desk.journal.entries.findLast(({ entry }) => entry.body.kind === "batch.sealed");
    if (found?.entry.body.kind !== "batch.sealed") throw new Error("a sealed batch");
    return { seq: found.entry.seq, body: found.entry.body };
  }

  test("[R23] takes the visit along and says so beside the leader's PIN; until then it is counted as open", async () => {
    await ready();
    valueOf(await sign());
    expect(isOpen()).toBe(true);
    const batch = await sealed();
    expect(desk.person.shown.at(-1)).toMatchObject({ kind: "batch", visits: 1, incidents: 0, sheets: 0 });
    const at = batch.body.objects.findIndex(({ role }) => role === "pack");
    const attachments = await desk.journal.attachments(batch.seq);
    const [record] = valueOf(splitRecords(await desk.open(attachments[at + 1])));
    const visit = record && peekRecord("supervision", record);
    expect(visit?.ok && visit.value.value.report.checklist).toBe(LIST);
    expect(isOpen()).toBe(false);
    await desk.signIn(SUPERVISOR);
    expect(valueOf(await list()).visits).toMatchObject([{ way: "sealed" }]);
  });

  test.each([
    ["accepted", { seq: 2, code: "wire.invalid" }, "refused"],
    ["quarantined", { seq: 0, code: "permit-expired" }, "refused"],
    // Said of the batch, and of no record in it.
    ["accepted", { seq: 2, code: "sequence-gap" }, "acknowledged"],
    ["accepted", { seq: 1, code: "conflict" }, "acknowledged"],
  ] as const)("[SY4] a batch %s with %j leaves the visit in it %s", async (verdict, note, way) => {
    await ready();
    valueOf(await sign());
    const { body } = await sealed();
    expect(valueOf(await list()).visits).toMatchObject([{ visit: { seq: 2 }, way: "sealed" }]);
    const sheets = { accepted: 0, quarantined: 0, rejected: 0 };
    valueOf(
      await desk.journal.append(null, [
        {
          body: {
            ...{ kind: "receipt.held", batch: body.batch, receipt: body.batch, verdict, sheets },
            ...{ notes: [note], regSeq: 1, acceptedAt: InstantMs.parse(1) },
          },
        },
      ]),
    );
    const refusal = way === "refused" ? note.code : null;
    await desk.signIn(SUPERVISOR);
    expect(valueOf(await list()).visits).toMatchObject([{ way, refusal }]);
  });
});

describe("the form", () => {
  test("[R23] is printed for a supervisor and the office, in the same figures as were signed, and for no panel member", async () => {
    await ready();
    valueOf(await sign());
    const [line] = valueOf(await list()).visits;
    if (!line) throw new Error("a visit");
    const paper = paperOf(desk);
    const save = (visit = line.visit.id) =>
      paper.save({ what: { kind: "visit", sitting, visit }, languages: "both" });
    valueOf(await save());
    expect(paper.orders).toMatchObject([
      { kind: "visit", form: { record: line.visit.hash, room: line.visit.report.room } },
    ]);
    expect(await refusalOf(save("A".repeat(22) as never))).toBe("visit.unknown");
    const by = async (person: PersonId) => {
      await desk.signIn(person);
      return refusalOf(save());
    };
    expect([await by(ADMINISTRATOR), await by(LEADER)]).toEqual([undefined, "role.not-supervising"]);
  });
});
