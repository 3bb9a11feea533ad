// A paper sheet from the printed blank to the examiner's signature: main reads the square, keeps the photographs, writes the sheet once
// two people typed the same, and shows its examiner who typed it beside the PIN.
import { expect, test } from "vitest";
import type { PersonId, SheetId } from "#shared/base";
import { createSigner } from "#shared/crypto";
import type { ItemInput } from "#shared/exam";
import { createJournalView } from "#shared/journal";
import { peekRecord, signBlank } from "#shared/wire";
import { markAndSign, paperOf } from "../../support/desk-acts.ts";
import type { createMemoryRegistry } from "../../support/desk-harness.ts";
import { TEST_ENVIRONMENT, valueOf } from "../../support/desk-harness.ts";
import { fullInputs } from "../../support/journal-builders.ts";
import {
  ADMINISTRATOR,
  EXAMINER,
  LEADER,
  openDesk,
  SUPERVISOR,
  type Desk,
} from "../../support/little-desk.ts";
import { aPng } from "../../support/pictures.ts";

async function aDay(of?: Awaited<ReturnType<typeof createMemoryRegistry>>, panel = [LEADER]) {
  const desk = await openDesk(undefined, of);
  const sitting = await desk.prepare(panel);
  await desk.signIn(LEADER);
  valueOf(await desk.marking.append([{ kind: "conflict.declare", sitting, candidates: [] }]));
  const paper = paperOf(desk);
  const print = async (kind: "blanks" | "spare") => {
    await desk.signIn(LEADER);
    valueOf(await paper.save({ what: { kind, sitting }, languages: "both" }));
    const order = paper.orders.at(-1);
    if (order?.kind !== "blanks") throw new Error("blanks");
    return order;
  };
  return { ...desk, sitting, paper, print };
}

const picture = (seed: number) =>
  aPng({ width: 40, height: 56, noise: () => new Uint8Array(56 * 121).fill(seed) });

function inputsOf(desk: Desk, other: Readonly<Record<string, ItemInput>> = {}) {
  const rubric = desk.journal.view.rows("rubrics")[0]!.rubric;
  return Object.entries({ ...fullInputs(rubric), ...other });
}

async function typeAll(
  desk: Desk,
  person: PersonId,
  sheet: SheetId,
  other?: Readonly<Record<string, ItemInput>>,
) {
  await desk.signIn(person);
  if (desk.journal.view.read("transcriptions", sheet)?.sides[0]?.person !== person)
    valueOf(await desk.marking.append([{ kind: "transcription.join", sheet }]));
  valueOf(
    await desk.marking.append(
      inputsOf(desk, other).map(([item, input]) => ({
        ...({ kind: "transcription.type", sheet } as const),
        typed: { kind: "item" as const, item: Number(item), input },
      })),
    ),
  );
}

test("blanks are printed for every sheet that is owed, each with a serial of its own and nobody's name in its square", async () => {
  const day = await aDay();
  const { blanks, fileName } = await day.print("blanks");
  const candidates = day.journal.view.rowsOf("candidates", day.sitting);
  expect(blanks.map(({ form }) => form.whose?.ref)).toEqual(candidates.map(({ ref }) => ref));
  expect(new Set(blanks.map(({ serial }) => serial)).size).toBe(candidates.length);
  expect(fileName).toBe("jiangping-blanks-2026-11-23.pdf");
  const [spare] = (await day.print("spare")).blanks;
  expect(spare?.form.whose).toBeNull();
  await day.signIn(EXAMINER);
  const asked = { what: { kind: "blanks", sitting: day.sitting }, languages: "zh" } as const;
  expect(await day.paper.save(asked)).toMatchObject({ error: { code: "paper.not-office" } });
});

test("typed alike by two it is the examiner's open sheet, and the examiner signs it after being shown who typed it", async () => {
  const day = await aDay();
  const [blank] = (await day.print("blanks")).blanks;
  const { qr: text, serial } = blank!;
  await day.signIn(ADMINISTRATOR);
  expect(valueOf(await day.transcriptions.read({ text }))).toMatchObject({ serial, sitting: day.sitting });
  valueOf(await day.transcriptions.begin({ text, candidate: null, examiner: LEADER }));
  await typeAll(day, ADMINISTRATOR, serial);
  expect(await day.transcriptions.finish({ sheet: serial })).toMatchObject({
    error: { code: "transcription.no-page" },
  });
  const { picture: hash } = valueOf(await day.transcriptions.addPage({ sheet: serial, bytes: picture(3) }));
  expect(day.evidenceFiles.pictures.has(hash)).toBe(true);
  expect(valueOf(await day.transcriptions.addPage({ sheet: serial, bytes: picture(3) })).entries).toEqual([]);
  expect(valueOf(await day.transcriptions.finish({ sheet: serial }))).toEqual({ state: "second" });
  const judge = day.journal.view.rows("rubrics")[0]!.rubric.items.find(({ kind }) => kind === "JUDGE")!;
  const no = String(judge.no);
  await typeAll(day, SUPERVISOR, serial, { [no]: { kind: "JUDGE", level: 1 } });
  expect(valueOf(await day.transcriptions.finish({ sheet: serial }))).toEqual({ state: "comparing" });
  expect(await day.transcriptions.finish({ sheet: serial })).toMatchObject({
    error: { code: "transcription.differs" },
  });
  const typed = { kind: "item", item: judge.no, input: { kind: "JUDGE", level: 3 } } as const;
  valueOf(await day.marking.append([{ kind: "transcription.type", sheet: serial, typed }]));
  expect(valueOf(await day.transcriptions.finish({ sheet: serial }))).toEqual({ state: "written" });

  expect(await day.signatures.signSheet(serial)).toMatchObject({ error: { code: "sheet.not-yours" } });
  await day.signIn(LEADER);
  expect(await day.evidence.add(serial, null, picture(4))).toMatchObject({
    error: { code: "sheet.transcribed" },
  });
  expect(valueOf(await day.evidence.read(serial, hash)).type).toBe("image/png");
  day.person.answer(day.keys.demoPin(LEADER));
  valueOf(await day.signatures.signSheet(serial));
  expect(day.person.shown.at(-1)).toMatchObject({
    ...{ kind: "sheet", typedBy: ["周砚秋", "韦月桂"], pictures: 1 },
  });
  const sheet = day.journal.view.read("sheets", serial)!;
  expect(sheet).toMatchObject({ examiner: LEADER, candidate: blank!.form.whose!.ref });
  const signed = day.journal.entries.find(({ entry }) => entry.body.kind === "sheet.signed")!;
  const [record] = await day.journal.attachments(signed.entry.seq);
  const said = peekRecord("sheet", record!);
  expect(said.ok && said.value.value).toMatchObject({
    ...{ sheetId: serial, paper: { by: [ADMINISTRATOR, SUPERVISOR] } },
    evidence: [{ hash }],
  });
});

test("sent back by its examiner it is signed by nobody until both have looked again", async () => {
  const day = await aDay();
  const [blank] = (await day.print("blanks")).blanks;
  const { qr: text, serial } = blank!;
  await day.signIn(ADMINISTRATOR);
  valueOf(await day.transcriptions.begin({ text, candidate: null, examiner: LEADER }));
  valueOf(await day.transcriptions.addPage({ sheet: serial, bytes: picture(3) }));
  for (const person of [ADMINISTRATOR, SUPERVISOR]) {
    await typeAll(day, person, serial);
    valueOf(await day.transcriptions.finish({ sheet: serial }));
  }
  await day.signIn(LEADER);
  valueOf(
    await day.marking.append([{ kind: "transcription.return", sheet: serial, reason: "第三项写的是二级" }]),
  );
  const shown = day.person.shown.length;
  expect(await day.signatures.signSheet(serial)).toMatchObject({ error: { code: "transcription.open" } });
  expect(day.person.shown).toHaveLength(shown);
  expect(await day.transcriptions.finish({ sheet: serial })).toMatchObject({
    error: { code: "transcription.panel" },
  });
  for (const [person, state] of [
    [SUPERVISOR, "second"],
    [ADMINISTRATOR, "written"],
  ] as const) {
    await day.signIn(person);
    expect(valueOf(await day.transcriptions.finish({ sheet: serial }))).toEqual({ state });
  }
});

test("[R45] why a colleague sent their paper back is not told to the leader with the film of their own sheet before the sheets lie open", async () => {
  const day = await aDay(undefined, [LEADER, EXAMINER]);
  const { sitting } = day;
  const [blank] = (await day.print("spare")).blanks;
  const own = await markAndSign(day, sitting, LEADER, 1, Object.fromEntries(inputsOf(day)));
  const { candidate } = day.journal.view.read("sheets", own)!;
  const { qr: text, serial } = blank!;
  await day.signIn(EXAMINER);
  valueOf(await day.marking.append([{ kind: "conflict.declare", sitting, candidates: [] }]));
  await day.signIn(ADMINISTRATOR);
  valueOf(await day.transcriptions.begin({ text, candidate, examiner: EXAMINER }));
  valueOf(await day.transcriptions.addPage({ sheet: serial, bytes: picture(3) }));
  for (const person of [ADMINISTRATOR, SUPERVISOR]) {
    await typeAll(day, person, serial);
    valueOf(await day.transcriptions.finish({ sheet: serial }));
  }
  await day.signIn(EXAMINER);
  valueOf(
    await day.marking.append([{ kind: "transcription.return", sheet: serial, reason: "第三项写的是二级" }]),
  );
  const isTold = async (person: PersonId) => {
    await day.signIn(person);
    const { entries } = valueOf(await day.supervision.timeline({ sheet: own }));
    return entries.some(({ body }) => body.kind === "transcription.returned");
  };
  expect([await isTold(LEADER), await isTold(SUPERVISOR)]).toEqual([false, true]);
});

test("a spare blank is for whoever was written on it, and for nobody it is not begun", async () => {
  const day = await aDay();
  const [blank] = (await day.print("spare")).blanks;
  await day.signIn(SUPERVISOR);
  const begin = { text: blank!.qr, examiner: LEADER };
  expect(await day.transcriptions.begin({ ...begin, candidate: null })).toMatchObject({
    error: { code: "candidate.unknown" },
  });
  const { ref } = day.journal.view.rowsOf("candidates", day.sitting)[2]!;
  valueOf(await day.transcriptions.begin({ ...begin, candidate: ref }));
  expect(day.journal.view.read("transcriptions", blank!.serial)?.candidate).toBe(ref);
  expect(await day.transcriptions.read({ text: blank!.qr })).toMatchObject({
    error: { code: "transcription.used" },
  });
});

test("a printed candidate is nobody's to say otherwise, and a blank from elsewhere, of another rubric, or without a session begins nothing", async () => {
  const day = await aDay();
  const [blank] = (await day.print("blanks")).blanks;
  const [first, second] = day.journal.view.rowsOf("candidates", day.sitting);
  await day.signIn(SUPERVISOR);
  valueOf(await day.transcriptions.begin({ text: blank!.qr, candidate: second!.ref, examiner: LEADER }));
  expect(day.journal.view.read("transcriptions", blank!.serial)?.candidate).toBe(first!.ref);
  const figures = {
    ...({ v: 1, sitting: day.sitting, rubric: blank!.form.hash, candidate: null } as const),
    serial: TEST_ENVIRONMENT.newSheetId(),
  };
  const device = day.keys.device()!;
  const codeOf = async (text: string) => {
    const read = await day.transcriptions.read({ text });
    return read.ok ? "ok" : read.error.code;
  };
  expect(await codeOf(signBlank(figures, device))).toBe("ok");
  expect(await codeOf(signBlank(figures, createSigner(new Uint8Array(32).fill(9))))).toBe(
    "paper.key-unknown",
  );
  expect(await codeOf(signBlank({ ...figures, rubric: `sha256:${"0".repeat(64)}` as never }, device))).toBe(
    "transcription.other-rubric",
  );
  expect(await codeOf(signBlank({ ...figures, sitting: "A".repeat(22) as never }, device))).toBe(
    "sitting.unknown",
  );
  expect(await codeOf("JPB1:ABC")).toBe("paper.unreadable");
  await day.signIn(LEADER);
  expect(await codeOf(signBlank(figures, device))).toBe("transcription.panel");
  await day.sessions.close();
  expect(await codeOf(signBlank(figures, device))).toBe("session.none");
  expect(await day.transcriptions.finish({ sheet: blank!.serial })).toMatchObject({
    error: { code: "session.none" },
  });
});

test("what is half typed is there after the journal is folded again, whoever signs in", async () => {
  const day = await aDay();
  const [blank] = (await day.print("blanks")).blanks;
  await day.signIn(ADMINISTRATOR);
  valueOf(await day.transcriptions.begin({ text: blank!.qr, candidate: null, examiner: LEADER }));
  await typeAll(day, ADMINISTRATOR, blank!.serial);
  await day.sessions.close();
  const again = createJournalView();
  for (const { entry } of day.journal.entries) again.apply(entry);
  expect(again.read("transcriptions", blank!.serial)).toEqual(
    day.journal.view.read("transcriptions", blank!.serial),
  );
  expect(Object.keys(again.read("transcriptions", blank!.serial)!.sides[0]!.marks.items)).toHaveLength(12);
});
