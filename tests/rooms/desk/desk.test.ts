// The acts of a day against their promises: what main shows is what main signs, and nothing is written by halves.
import { beforeEach, describe, expect, test } from "vitest";
import { Day, fractionToText, utf8 } from "#shared/base";
import { idHash } from "#shared/crypto";
import { OccupationCode, type ReferencePack } from "#shared/exam";
import { ONLY, type Intent } from "#shared/journal";
import { demoRoster } from "#shared/rules";
import { merkleRoot, peekRecord, splitRecords, verifyRecord } from "#shared/wire";
import { createIdleLock, registryUrlOf } from "../../../electron/desk/index.ts";
import { DEMO_PEOPLE, valueOf } from "../../support/desk-harness.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, openDesk, type Desk } from "../../support/little-desk.ts";
import { aReferencePack } from "../../support/reference-builder.ts";

let desk: Desk;

/** A class of the institution itself, with the first candidate of the demonstration in it. */
function ownClass(): ReferencePack["training"][number] {
  const { registration, salt } = aReferencePack(DEMO_PEOPLE);
  return {
    code: "C1",
    occupation: OccupationCode.parse("4-13-03-02"),
    direction: null,
    provider: registration.creditCode,
    namesAssessment: false,
    lessons: [{ day: Day.parse("2020-03-02"), hours: 4, trainer: EXAMINER }],
    learners: demoRoster()
      .slice(0, 1)
      .map(({ idNumber }) => idHash(salt, idNumber)),
  };
}

beforeEach(async () => {
  desk = await openDesk();
});

describe("opening the demonstration", () => {
  test("the first entry opens the centre, and every person gets a key the permit admits", () => {
    expect(desk.journal.entries[0]?.entry.body.kind).toBe("centre.opened");
    expect(desk.journal.view.rows("people").map(({ key }) => key?.permitted)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test("a centre that is open is not opened again", async () => {
    expect(await desk.centre.tryDemonstration()).toMatchObject({ ok: false, error: { code: "centre.open" } });
  });
});

describe("signing in", () => {
  test("a declined PIN leaves nobody signed in", async () => {
    desk.person.answer(null);
    expect((await desk.sessions.open(LEADER)).ok).toBe(false);
    expect(desk.sessions.current()).toBe(null);
  });

  test("[P22] another person's PIN does not open a session", async () => {
    desk.person.answer(desk.keys.demoPin(ADMINISTRATOR));
    expect((await desk.sessions.open(LEADER)).ok).toBe(false);
  });
});

describe("the lock", () => {
  test("[rulings 12] locked, nobody is signed in, and the window is told whose work waits", async () => {
    await desk.signIn(EXAMINER);
    await desk.sessions.lock();
    expect(desk.sessions.current()).toBe(null);
    expect(await desk.sessions.describe()).toMatchObject({ value: { person: null, locked: EXAMINER } });
    expect(desk.journal.entries.at(-1)?.entry.body).toEqual({
      kind: "session.closed",
      person: EXAMINER,
      reason: "idle",
    });
  });

  test("[rulings 12] the owner's PIN opens it, another person's sign-in ends it, and so does leaving", async () => {
    for (const next of [EXAMINER, LEADER, null]) {
      await desk.signIn(EXAMINER);
      await desk.sessions.lock();
      if (next) await desk.signIn(next);
      else await desk.sessions.close();
      expect(await desk.sessions.describe()).toMatchObject({ value: { person: next, locked: null } });
    }
  });

  test("[rulings 12] a wrong PIN leaves it locked, and nobody who is not signed in is locked", async () => {
    await desk.signIn(EXAMINER);
    await desk.sessions.lock();
    desk.person.answer(null);
    expect((await desk.sessions.open(EXAMINER)).ok).toBe(false);
    expect(await desk.sessions.describe()).toMatchObject({ value: { locked: EXAMINER } });
    await desk.sessions.close();
    const { length } = desk.journal.entries;
    await desk.sessions.lock();
    expect(desk.journal.entries).toHaveLength(length);
  });

  test("[rulings 12] each sign of life begins the wait anew, as long as its place has", () => {
    const asked: { ms: number; stopped: boolean; act: () => void }[] = [];
    let locked = 0;
    const idle = createIdleLock({
      after: (ms, act) => {
        const wait = { ms, stopped: false, act };
        asked.push(wait);
        return () => (wait.stopped = true);
      },
      minutes: (place) => (place === "desk" ? 15 : 2),
      lock: () => (locked += 1),
    });
    idle.active("office");
    idle.active("desk");
    expect(asked.map(({ ms, stopped }) => [ms, stopped])).toEqual([
      [120_000, true],
      [900_000, false],
    ]);
    asked[1]?.act();
    expect(locked).toBe(1);
    idle.stop();
    expect(asked[1]?.stopped).toBe(true);
  });
});

describe("preparing a sitting", () => {
  test("a declined roster writes nothing at all", async () => {
    await desk.signIn(ADMINISTRATOR);
    const before = desk.journal.entries.length;
    const token = await desk.pickRoster();
    desk.person.answer(null);
    const answer = await desk.sittings.prepare(desk.draft([EXAMINER, LEADER]), token);
    expect(answer).toMatchObject({ ok: false, error: { code: "person.declined" } });
    expect(desk.journal.entries.length).toBe(before);
  });

  test("an examiner does not prepare a sitting", async () => {
    await desk.signIn(EXAMINER);
    expect(await desk.sittings.pickDemonstrationRoster()).toMatchObject({
      ok: false,
      error: { code: "role.not-administrator" },
    });
  });

  test("[R20] a panel without a leader is refused", async () => {
    await desk.signIn(ADMINISTRATOR);
    const token = await desk.pickRoster();
    const draft = desk.draft([EXAMINER]);
    expect(await desk.sittings.prepare(draft, token)).toMatchObject({
      ok: false,
      error: { code: "sitting.blocked", facts: { rule: "R20", code: "panel.no-leader" } },
    });
  });

  test("[R31] where the institution taught candidates, nothing is signed without a mitigation, and the signed roster says which", async () => {
    const pack = aReferencePack(DEMO_PEOPLE, { training: [ownClass()] });
    const own = await openDesk({
      ...pack,
      employers: [{ person: LEADER, employer: pack.registration.creditCode }],
    });
    await own.signIn(ADMINISTRATOR);
    const token = await own.pickRoster();
    const draft = own.draft([LEADER]);
    const before = own.journal.entries.length;
    expect(await own.sittings.prepare(draft, token)).toMatchObject({
      ok: false,
      error: { code: "sitting.mitigation-needed" },
    });
    expect(own.journal.entries).toHaveLength(before);
    const mitigation = "由未授课的考评员主评，督导员全程在场";
    const { sitting } = valueOf(await own.sittings.prepare({ ...draft, mitigation }, token));
    expect(own.journal.view.read("sittings", sitting)?.mitigation).toBe(mitigation);
    const [record = utf8("")] = await own.journal.attachments(own.journal.head().seq);
    expect(valueOf(peekRecord("roster", record)).value.mitigation).toBe(mitigation);
  });

  test("no entry of the journal holds a full ID number: it is in the sealed roster alone", async () => {
    await desk.prepare([LEADER]);
    expect(JSON.stringify(desk.journal.entries)).not.toMatch(/990000\d{11}[\dX]/);
  });
});

describe("signing a sheet", () => {
  test("an unfinished sheet is refused and names the blank item", async () => {
    const sheet = await desk.openSheet();
    desk.person.answer(desk.keys.demoPin(LEADER));
    expect(await desk.signatures.signSheet(sheet)).toMatchObject({
      ok: false,
      error: { code: "sheet.incomplete", facts: { item: 1 } },
    });
  });

  test("[R39] a sheet whose time stands still is not signed, and is once it runs again", async () => {
    const sheet = await desk.markedSheet();
    const { journal, marking, signatures, person, keys } = desk;
    valueOf(await marking.append([{ kind: "sheet.pause", sheet, reason: { kind: "power" } }]));
    person.answer(keys.demoPin(LEADER));
    const asked = person.shown.length;
    expect(await signatures.signSheet(sheet)).toMatchObject({ ok: false, error: { code: "sheet.paused" } });
    expect(person.shown).toHaveLength(asked);
    valueOf(await marking.append([{ kind: "sheet.resume", sheet }]));
    valueOf(await signatures.signSheet(sheet));
    expect(journal.view.read("sheets", sheet)?.signature).not.toBeNull();
  });

  test("[R39] the time of one sheet is not stopped twice in one act, and nothing of that act is written", async () => {
    const sheet = await desk.openSheet();
    const { seq } = desk.journal.head();
    const pause: Intent = { kind: "sheet.pause", sheet, reason: { kind: "alarm" } };
    expect(await desk.marking.append([pause, pause])).toMatchObject({
      ok: false,
      error: { code: "pause.open" },
    });
    expect(desk.journal.head().seq).toBe(seq);
  });

  test("[R39] a later wish of one act is judged over what the earlier ones come to: stopped and run on in one go is taken", async () => {
    const sheet = await desk.openSheet();
    const resume: Intent = { kind: "sheet.resume", sheet };
    valueOf(await desk.marking.append([{ kind: "sheet.pause", sheet, reason: { kind: "alarm" } }, resume]));
    expect(await desk.marking.append([resume])).toMatchObject({ ok: false, error: { code: "pause.none" } });
    expect(desk.journal.view.read("sheets", sheet)?.pauses).toHaveLength(1);
  });

  test("[rulings 2] what is signed is what main showed, even when the window writes while the person types", async () => {
    const sheet = await desk.markedSheet();
    let late: Promise<unknown> = Promise.resolve();
    desk.person.answer(() => {
      const intent: Intent = { kind: "mark.set", sheet, item: 3, input: { kind: "JUDGE", level: 0 } };
      late = desk.marking.append([intent]);
      return Promise.resolve(desk.keys.demoPin(LEADER));
    });
    const signed = valueOf(await desk.signatures.signSheet(sheet));
    expect(await late).toMatchObject({ ok: false, error: { code: "sheet.signed" } });
    const shown = desk.person.shown.at(-1);
    const row = desk.journal.view.read("sheets", sheet);
    expect(row?.signature?.hash).toBe(signed.hash);
    if (!row?.signature) throw new Error("not signed");
    expect(shown).toMatchObject({ kind: "sheet", total: fractionToText(row.signature.total) });
  });

  test("[R46] nobody signs another examiner's sheet", async () => {
    const sheet = await desk.markedSheet();
    await desk.signIn(EXAMINER);
    expect(await desk.signatures.signSheet(sheet)).toMatchObject({
      ok: false,
      error: { code: "sheet.not-yours" },
    });
  });

  test("[R46] a signed sheet takes no further mark", async () => {
    const sheet = await desk.signedSheet();
    const answer = await desk.marking.append([
      { kind: "mark.set", sheet, item: 3, input: { kind: "JUDGE", level: 1 } },
    ]);
    expect(answer).toMatchObject({ ok: false, error: { code: "sheet.signed" } });
  });

  test("[S1] a full disk refuses the mark by its code and keeps the sheet as it was", async () => {
    const sheet = await desk.markedSheet();
    const before = desk.journal.view.read("sheets", sheet);
    desk.journal.failWith("journal.full");
    const answer = await desk.marking.append([
      { kind: "mark.set", sheet, item: 3, input: { kind: "JUDGE", level: 1 } },
    ]);
    expect(answer).toMatchObject({ ok: false, error: { code: "journal.full" } });
    expect(desk.journal.view.read("sheets", sheet)).toEqual(before);
  });
});

describe("absence", () => {
  test("[R51] an absent candidate has one record and no sheet can be opened", async () => {
    await desk.prepare([LEADER]);
    await desk.signIn(LEADER);
    const [candidate] = desk.journal.view.rows("candidates");
    if (!candidate) throw new Error("no candidate");
    desk.person.answer(desk.keys.demoPin(LEADER));
    valueOf(await desk.signatures.recordAbsence(candidate.sitting, candidate.ref));
    expect(
      await desk.marking.append([
        { kind: "sheet.open", sitting: candidate.sitting, candidate: candidate.ref },
      ]),
    ).toMatchObject({ ok: false, error: { code: "candidate.absent" } });
  });

  test("a candidate who has a sheet is not recorded absent", async () => {
    const id = await desk.openSheet();
    const sheet = desk.journal.view.read("sheets", id);
    if (!sheet) throw new Error("no sheet");
    expect(await desk.signatures.recordAbsence(sheet.sitting, sheet.candidate)).toMatchObject({
      ok: false,
      error: { code: "candidate.has-sheet" },
    });
  });
});

describe("sealing the day", () => {
  test("a day with missing sheets is not sealed without an explanation", async () => {
    await desk.signedSheet();
    await desk.signIn(ADMINISTRATOR);
    const [sitting] = desk.journal.view.rows("sittings");
    if (!sitting) throw new Error("no sitting");
    expect(await desk.day.seal(sitting.id, "  ")).toMatchObject({
      ok: false,
      error: { code: "day.unexplained", facts: { missing: 29 } },
    });
  });

  test("[SY1] the batch is one entry whose manifest commits to every signed record, and only the registry reads it", async () => {
    await desk.signedSheet();
    await desk.signIn(ADMINISTRATOR);
    const [sitting] = desk.journal.view.rows("sittings");
    if (!sitting) throw new Error("no sitting");
    desk.person.answer(desk.keys.demoPin(LEADER));
    const { batch } = valueOf(await desk.day.seal(sitting.id, "其余考生改期"));
    const sealed = desk.journal.entries.at(-1);
    if (sealed?.entry.body.kind !== "batch.sealed") throw new Error("the last entry seals");
    const [record, ...objects] = await desk.journal.attachments(sealed.entry.seq);
    const manifest = valueOf(verifyRecord("batch", record ?? new Uint8Array(), desk.lookup()));
    expect(manifest.hash).toBe(batch);
    expect(manifest.signers.length).toBe(2);
    const opened = await Promise.all(
      manifest.value.objects.map(async ({ role }, i) => ({ role, bytes: await desk.open(objects[i]) })),
    );
    const roster = opened.find(({ role }) => role === "roster")?.bytes ?? new Uint8Array();
    const pack = valueOf(splitRecords(opened.find(({ role }) => role === "pack")?.bytes ?? new Uint8Array()));
    expect(merkleRoot([roster, ...pack])).toBe(manifest.value.root);
    expect(valueOf(verifyRecord("sheet", pack[0] ?? new Uint8Array(), desk.lookup())).value.seq).toBe(2);
  });

  test("a day in which nothing new was signed is not sealed twice", async () => {
    await desk.signedSheet();
    await desk.signIn(ADMINISTRATOR);
    const [sitting] = desk.journal.view.rows("sittings");
    if (!sitting) throw new Error("no sitting");
    desk.person.answer(desk.keys.demoPin(LEADER));
    valueOf(await desk.day.seal(sitting.id, "其余考生改期"));
    expect(await desk.day.seal(sitting.id, "再来一次")).toMatchObject({
      ok: false,
      error: { code: "day.nothing-to-seal" },
    });
  });
});

test("the address given to a start moves a demonstration's registry, and no other centre's", async () => {
  const { journal } = await openDesk();
  const centre = journal.view.read("centre", ONLY);
  if (!centre) throw new Error("no centre");
  const real = { ...centre, institution: { ...centre.institution, demo: false } };
  const given = "http://127.0.0.1:2";
  expect(registryUrlOf(centre, given)).toBe(given);
  expect(registryUrlOf(centre, null)).toBe(centre.registry.url);
  expect(registryUrlOf(real, given)).toBe(centre.registry.url);
});
