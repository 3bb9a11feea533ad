// Photographs at the desk: who may add and see them, and what is signed and sealed of them.
import { beforeEach, describe, expect, test } from "vitest";
import { hexToBytes, type HashId, type SheetId } from "#shared/base";
import { hashId, openObject } from "#shared/crypto";
import { evidenceHeld, MAX_EVIDENCE } from "#shared/exam";
import { splitRecords, verifyRecord } from "#shared/wire";
import { valueOf } from "../../support/desk-harness.ts";
import {
  ADMINISTRATOR,
  EXAMINER,
  LEADER,
  openDesk,
  SUPERVISOR,
  type Desk,
} from "../../support/little-desk.ts";
import { aJpeg } from "../../support/pictures.ts";

let desk: Desk;
let sheet: SheetId;
const picture = aJpeg({ seed: 5 });

beforeEach(async () => {
  desk = await openDesk();
  sheet = await desk.markedSheet();
});

const add = (item: number | null = 3, bytes = picture) => desk.evidence.add(sheet, item, bytes);
const rowOf = () => {
  const row = desk.journal.view.read("sheets", sheet);
  if (!row) throw new Error("no sheet");
  return row;
};
const held = () => evidenceHeld(rowOf().evidence).map(({ item, hash }) => ({ item, hash }));
const set = (on: boolean, hash: HashId, item: number | null = 3) =>
  desk.marking.append([{ kind: "evidence.set", sheet, item, hash, on }]);
const codeOf = (answer: { ok: boolean; error?: { code: string } }) => answer.error?.code ?? "done";

describe("adding", () => {
  test("a picture is evidence of an item or of the sheet, with its size and kind", async () => {
    const { entries } = valueOf(await add(3));
    valueOf(await add(null));
    expect(entries[0]?.entry).toMatchObject({ actor: LEADER, body: { kind: "evidence.added", item: 3 } });
    expect(rowOf().evidence).toMatchObject([
      { item: 3, hash: hashId(picture), size: picture.length, type: "image/jpeg", width: 4000, height: 3000 },
      { item: null, hash: hashId(picture), removed: false },
    ]);
  });

  test("[S7] the very same picture again is no error and no second entry", async () => {
    valueOf(await add());
    const before = desk.journal.entries.length;
    expect(valueOf(await add())).toEqual({ picture: hashId(picture), entries: [] });
    expect(desk.journal.entries).toHaveLength(before);
    expect(held()).toHaveLength(1);
  });

  test("[S7] zero bytes and half a picture are refused and leave no entry", async () => {
    const before = desk.journal.entries.length;
    expect(codeOf(await add(3, new Uint8Array(0)))).toBe("evidence.empty");
    expect(codeOf(await add(3, picture.slice(0, 900)))).toBe("evidence.cut-off");
    expect(desk.journal.entries).toHaveLength(before);
  });

  test("an item that the rubric does not have is refused before the picture is looked at", async () => {
    expect(codeOf(await add(77, new Uint8Array(0)))).toBe("item.unknown");
  });

  test(`a sheet holds at most ${MAX_EVIDENCE} pictures`, async () => {
    for (let seed = 0; seed < MAX_EVIDENCE; seed++) valueOf(await add(3, aJpeg({ seed, bytes: 30 })));
    expect(codeOf(await add())).toBe("evidence.too-many");
    const [first] = held();
    if (!first) throw new Error("none held");
    valueOf(await set(false, first.hash));
    valueOf(await add());
    expect(codeOf(await set(true, first.hash))).toBe("evidence.too-many");
  });

  test("[R46] nobody adds to another's sheet, nor without a session, nor once it is signed", async () => {
    await desk.signIn(EXAMINER);
    expect(codeOf(await add())).toBe("sheet.not-yours");
    await desk.sessions.close();
    expect(codeOf(await add())).toBe("session.none");
    await desk.signIn(LEADER);
    desk.person.answer(desk.keys.demoPin(LEADER));
    valueOf(await desk.signatures.signSheet(sheet));
    expect(codeOf(await add())).toBe("sheet.signed");
    expect(codeOf(await set(false, hashId(picture)))).toBe("sheet.signed");
  });

  test("a sheet signed while the file was being written takes no picture any more", async () => {
    const { keep } = desk.evidenceFiles;
    Object.assign(desk.evidenceFiles, {
      keep: async (bytes: Uint8Array) => {
        desk.person.answer(desk.keys.demoPin(LEADER));
        valueOf(await desk.signatures.signSheet(sheet));
        return keep(bytes);
      },
    });
    expect(codeOf(await add())).toBe("sheet.signed");
    expect(rowOf().evidence).toEqual([]);
  });

  test("[S1] a full disk refuses the entry by its code", async () => {
    desk.journal.failWith("journal.full");
    expect(codeOf(await add())).toBe("journal.full");
  });
});

describe("taking away", () => {
  test("a picture taken away can be brought back to its place, and the entry says what it undoes", async () => {
    valueOf(await add());
    valueOf(await add(3, aJpeg({ seed: 6 })));
    const hash = hashId(picture);
    valueOf(await set(false, hash));
    expect(held()).toHaveLength(1);
    const undoes = desk.journal.entries.at(-1)?.entry.seq ?? 0;
    valueOf(await desk.marking.append([{ kind: "evidence.set", sheet, item: 3, hash, on: true, undoes }]));
    expect(held().map((one) => one.hash)).toEqual([hash, hashId(aJpeg({ seed: 6 }))]);
    expect(desk.journal.entries.at(-1)?.entry.body).toMatchObject({ kind: "evidence.added", undoes });
  });

  test("the window cannot bring back what never was there", async () => {
    expect(codeOf(await set(true, hashId(picture)))).toBe("evidence.unknown");
    valueOf(await add(3));
    expect(codeOf(await set(false, hashId(picture), null))).toBe("evidence.unknown");
  });
});

describe("looking", () => {
  const look = () => desk.evidence.read(sheet, hashId(picture));

  test("the examiner sees the bytes that were added", async () => {
    valueOf(await add());
    expect(valueOf(await look())).toEqual({ type: "image/jpeg", bytes: picture });
  });

  test("[P19] nobody sees a picture while nobody is signed in", async () => {
    valueOf(await add());
    await desk.sessions.lock();
    expect(codeOf(await look())).toBe("session.none");
  });

  test("another examiner never does; leader and supervisor once it is signed", async () => {
    valueOf(await add());
    await desk.signIn(SUPERVISOR);
    expect(codeOf(await look())).toBe("sheet.not-yours");
    await desk.signIn(LEADER);
    desk.person.answer(desk.keys.demoPin(LEADER));
    valueOf(await desk.signatures.signSheet(sheet));
    for (const [person, code] of [
      [SUPERVISOR, "done"],
      [LEADER, "done"],
      [EXAMINER, "sheet.not-yours"],
      [ADMINISTRATOR, "sheet.not-yours"],
    ] as const) {
      await desk.signIn(person);
      expect(codeOf(await look()), person).toBe(code);
    }
  });

  test("a picture of another sheet, or of none, is not read by its hash alone", async () => {
    await desk.evidenceFiles.keep(picture);
    expect(codeOf(await look())).toBe("evidence.unknown");
  });

  test("a lost file is said, not shown as something else", async () => {
    valueOf(await add());
    desk.evidenceFiles.pictures.clear();
    expect(codeOf(await look())).toBe("evidence.missing");
  });
});

describe("signing and sealing", () => {
  async function signAndSeal(lose: (files: Desk["evidenceFiles"]) => void = () => undefined) {
    desk.person.answer(desk.keys.demoPin(LEADER));
    valueOf(await desk.signatures.signSheet(sheet));
    lose(desk.evidenceFiles);
    await desk.signIn(ADMINISTRATOR);
    desk.person.answer(desk.keys.demoPin(LEADER));
    const [sitting] = desk.journal.view.rows("sittings");
    if (!sitting) throw new Error("no sitting");
    return desk.day.seal(sitting.id, "其余考生改期");
  }

  test("[rulings 2] main's window says how many pictures are signed; the record lists them with their items", async () => {
    valueOf(await add(3));
    valueOf(await add(null, aJpeg({ seed: 6 })));
    valueOf(await add(4, aJpeg({ seed: 7 })));
    valueOf(await set(false, hashId(aJpeg({ seed: 7 })), 4));
    valueOf(await signAndSeal());
    expect(desk.person.shown.find(({ kind }) => kind === "sheet")).toMatchObject({ pictures: 2 });
    const signing = desk.journal.entries.find(({ entry }) => entry.body.kind === "sheet.signed");
    const [record] = await desk.journal.attachments(signing?.entry.seq ?? 0);
    const { value } = valueOf(verifyRecord("sheet", record ?? new Uint8Array(), desk.lookup()));
    expect(value.evidence).toEqual([
      { hash: hashId(picture), size: picture.length, type: "image/jpeg", item: 3 },
      { hash: hashId(aJpeg({ seed: 6 })), size: picture.length, type: "image/jpeg" },
    ]);
  });

  test("[S7] each picture is sealed once as the last objects of the manifest, and none of its bytes is in the journal", async () => {
    valueOf(await add(3));
    valueOf(await add(4));
    valueOf(await signAndSeal());
    const sealing = desk.journal.entries.at(-1)?.entry;
    if (sealing?.body.kind !== "batch.sealed") throw new Error("not sealed");
    const { objects } = sealing.body;
    expect(objects.map(({ role }) => role)).toEqual(["pack", "roster", "rubric", "evidence"]);
    const attached = await desk.journal.attachments(sealing.seq);
    expect(attached).toHaveLength(4);
    const [record, pack] = attached;
    const manifest = valueOf(verifyRecord("batch", record ?? new Uint8Array(), desk.lookup()));
    expect(manifest.value.objects).toEqual(objects);
    expect(valueOf(splitRecords(await desk.open(pack)))).toHaveLength(1);
    const last = objects.at(-1);
    const object = last && desk.evidenceFiles.sealed.get(last.wire);
    const device = desk.keys.device();
    if (!object || !device) throw new Error("not sealed");
    expect(last).toMatchObject({ hash: hashId(picture), size: object.length });
    expect(valueOf(await openObject(object, desk.transportSecret, device.kid))).toEqual(picture);
    expect(hexToBytes(last.wire.slice(7))).toHaveLength(32);
  });

  test("a lost or damaged picture keeps no mark back: main's window says how many, and the batch goes", async () => {
    valueOf(await add(3));
    valueOf(await add(4, aJpeg({ seed: 6 })));
    valueOf(await signAndSeal((files) => files.pictures.delete(hashId(picture))));
    expect(desk.person.shown.at(-1)).toMatchObject({ kind: "batch", pictures: 1, picturesLost: 1 });
  });

  test("a seal that nobody confirms leaves no sealed picture behind", async () => {
    valueOf(await add(3));
    desk.person.answer(desk.keys.demoPin(LEADER));
    valueOf(await desk.signatures.signSheet(sheet));
    await desk.signIn(ADMINISTRATOR);
    desk.person.answer(null);
    const [sitting] = desk.journal.view.rows("sittings");
    if (!sitting) throw new Error("no sitting");
    expect(codeOf(await desk.day.seal(sitting.id, "其余考生改期"))).toBe("person.declined");
    expect(desk.evidenceFiles.sealed.size).toBe(0);
  });

  test("a full disk while pictures are sealed stops the seal, and nothing of it stays", async () => {
    valueOf(await add(3));
    valueOf(await add(4, aJpeg({ seed: 6 })));
    let sealed = 0;
    const { seal } = desk.evidenceFiles;
    Object.assign(desk.evidenceFiles, {
      seal: (...given: Parameters<typeof seal>) =>
        ++sealed === 2 ? Promise.resolve({ ok: false, error: { code: "evidence.full" } }) : seal(...given),
    });
    expect(codeOf(await signAndSeal())).toBe("evidence.full");
    expect(desk.evidenceFiles.sealed.size).toBe(0);
    expect(desk.journal.view.rows("batches")).toEqual([]);
  });
});
