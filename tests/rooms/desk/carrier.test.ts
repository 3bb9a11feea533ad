// By stick between the registry and laptops, and between laptops of one centre: what leaves is what was signed, what comes in
// is believed only when it verifies, and of two versions of a sheet neither is overwritten (S8, S12, T20, SY4).
import { beforeEach, describe, expect, test } from "vitest";
import { fractionToText, isEqualBytes, type HashId, type SittingId } from "#shared/base";
import { createSigner } from "#shared/crypto";
import { countingOf, type ItemInput } from "#shared/exam";
import { ONLY } from "#shared/journal";
import {
  envelopeFrame,
  envelopeToRecord,
  objectFrame,
  peekRecord,
  readBundle,
  recordToEnvelope,
  signRecord,
  writeBundle,
  type BundleFrame,
} from "#shared/wire";
import type { Received } from "#shared/ipc";
import {
  begin,
  everybodySigns,
  fill,
  newestFile,
  receive,
  shareSitting,
  twoLaptops,
} from "../../support/desk-acts.ts";
import { createMemoryRegistry, valueOf } from "../../support/desk-harness.ts";
import { createRandom } from "#shared/base";
import { seededInputs } from "../../support/seeded-marks.ts";
import { sampleRubrics } from "#shared/rules";
import { ADMINISTRATOR, EXAMINER, LEADER, SUPERVISOR, type Desk } from "../../support/little-desk.ts";

const [rubric] = sampleRubrics();
let here: Desk;
let there: Desk;
let sitting: SittingId;

beforeEach(async () => {
  ({ here, there, sitting } = await twoLaptops());
});

/** Gives the sitting to the other laptop; its people read the code off the screen. */
async function giveSitting(): Promise<Received> {
  const code = await shareSitting({ here, there, sitting });
  await there.signIn(ADMINISTRATOR);
  there.person.answer(code);
  return receive(there, newestFile(here).bytes);
}

async function signOne(desk: Desk, who: typeof LEADER, no: number, seed = no): Promise<HashId> {
  if (!rubric) throw new Error("no rubric");
  const sheet = await begin(desk, sitting, who, no);
  await fill(desk, sheet, seededInputs(rubric, createRandom(seed)));
  return valueOf(await desk.signatures.signSheet(sheet)).hash;
}

/** Its author changes the note of the only sheet there, and the first item if there are marks, and the supervisor approves. */
async function amendNote(desk: Desk, text: string, marks: readonly ItemInput[] = []): Promise<void> {
  for (const person of [SUPERVISOR, EXAMINER]) await desk.signIn(person);
  const [sheet] = desk.journal.view.rows("sheets");
  if (!sheet) throw new Error("no sheet");
  everybodySigns(desk);
  valueOf(await desk.marking.append([{ kind: "amendment.open", sheet: sheet.id }]));
  valueOf(await desk.marking.append([{ kind: "note.set", sheet: sheet.id, text }]));
  for (const input of marks)
    valueOf(await desk.marking.append([{ kind: "mark.set", sheet: sheet.id, item: 1, input }]));
  valueOf(
    await desk.amendments.amend({ sheet: sheet.id, reason: "technical", text: "补记", approver: SUPERVISOR }),
  );
}

async function giveSheets(from: Desk, to: Desk): Promise<Received> {
  valueOf(await from.carrier.shareSheets(sitting));
  return receive(to, newestFile(from).bytes);
}

const bundleOf = (frames: readonly BundleFrame[]) => writeBundle(frames).bytes;

describe("a sitting", () => {
  test("[S12] goes to another laptop under a code, with its names readable to nobody else", async () => {
    const received = await giveSitting();
    expect(received).toMatchObject({ sittings: 1, refused: [] });
    const [mine, theirs] = [here, there].map(({ journal }) => journal.view.rows("candidates"));
    expect(theirs?.map(({ ref, name, idMasked }) => [ref, name, idMasked])).toEqual(
      mine?.map(({ ref, name, idMasked }) => [ref, name, idMasked]),
    );
    expect(there.journal.view.read("sittings", sitting)).toMatchObject({ from: here.keys.device()?.kid });
    expect(there.journal.view.read("chain", ONLY)?.seq).toBe(0);
    const text = new TextDecoder().decode(newestFile(here).bytes);
    for (const { name } of mine ?? []) expect(text).not.toContain(name);
  });

  test("with a wrong code is not taken, and nothing at all is written", async () => {
    await here.signIn(ADMINISTRATOR);
    here.person.answer(() => {
      const matter = here.person.shown.at(-1);
      return Promise.resolve(matter?.kind === "share-made" ? matter.code.slice(-9) : "");
    });
    valueOf(await here.carrier.shareSitting(sitting));
    await there.signIn(ADMINISTRATOR);
    there.person.answer("AAAA BBBB CCCC DDDD EEEE");
    there.stick.files.set("/in.ertb", newestFile(here).bytes);
    there.choose({ file: "/in.ertb" });
    const before = there.journal.head();
    expect(await there.carrier.receive()).toMatchObject({ ok: false, error: { code: "person.declined" } });
    expect(there.journal.head()).toEqual(before);
  });

  test("is given only by an administrator who wrote the code down, and taken once", async () => {
    await here.signIn(EXAMINER);
    expect(await here.carrier.shareSitting(sitting)).toMatchObject({
      error: { code: "role.not-administrator" },
    });
    await here.signIn(ADMINISTRATOR);
    here.person.answer("not the code");
    expect(await here.carrier.shareSitting(sitting)).toMatchObject({ error: { code: "person.declined" } });
    expect(here.stick.files.size).toBe(0);
    await giveSitting();
    expect(await receive(there, newestFile(here).bytes)).toMatchObject({ sittings: 0, refused: [] });
    expect(there.journal.view.rows("sittings")).toHaveLength(1);
  });
});

describe("sheets between laptops", () => {
  test("[S12] are verified on arrival and stand beside one's own, so that the panel's sheets are together", async () => {
    await giveSitting();
    await signOne(here, LEADER, 1);
    const hash = await signOne(there, EXAMINER, 1);
    const received = await giveSheets(there, here);
    expect(received).toMatchObject({ sheets: 1, versions: 0, refused: [] });
    const sheets = here.journal.view.rows("sheets");
    expect(sheets.map(({ examiner, from }) => [examiner, from])).toEqual([
      [LEADER, null],
      [EXAMINER, there.keys.device()?.kid],
    ]);
    expect(here.journal.view.read("versions", hash)).toMatchObject({ bundle: received.bundle });
    const theirs = there.journal.view.rows("sheets")[0];
    expect(sheets[1]).toMatchObject({
      items: theirs?.items,
      signature: { hash, total: theirs?.signature?.total },
    });
    // Read again it brings nothing new.
    expect(await receive(here, newestFile(there).bytes)).toMatchObject({ sheets: 0, versions: 0 });
  });

  test("[P1] one that has the id of another sheet here, as two papers of one serial have, takes nobody's place", async () => {
    await giveSitting();
    const hash = await signOne(there, EXAMINER, 1);
    const theirs = there.journal.view.rows("sheets")[0]!;
    const candidate = here.journal.view.rows("candidates").find(({ no }) => no === 2)!.ref;
    await here.journal.append(LEADER, [
      {
        body: {
          ...{ kind: "sheet.opened", sheet: theirs.id, sitting: theirs.sitting, candidate },
          rubric: theirs.rubric,
        },
      },
    ]);
    expect(await giveSheets(there, here)).toMatchObject({ sheets: 1, versions: 0, refused: [] });
    const sheets = here.journal.view.rows("sheets");
    expect(sheets.map((one) => [one.candidate, one.examiner, one.signature?.hash])).toEqual([
      [candidate, LEADER, undefined],
      [theirs.candidate, EXAMINER, hash],
    ]);
    expect(await receive(here, newestFile(there).bytes)).toMatchObject({ sheets: 0, versions: 0 });
  });

  test("[S12] of which two versions exist are kept side by side until a supervisor decides with a reason", async () => {
    await giveSitting();
    const mine = await signOne(here, EXAMINER, 1, 3);
    const theirs = await signOne(there, EXAMINER, 1, 4);
    expect(await giveSheets(there, here)).toMatchObject({ sheets: 0, versions: 1 });
    const [standing] = here.journal.view.rows("sheets");
    expect(standing?.signature?.hash).toBe(mine);
    if (!standing) throw new Error("no sheet");

    const choice = { sheet: standing.id, chosen: theirs, reason: "本机试评后重评", person: SUPERVISOR };
    for (const [person, code] of [
      [EXAMINER, "role.not-supervisor"],
      [ADMINISTRATOR, "role.not-supervisor"],
    ] as const) {
      here.person.answer(here.keys.demoPin(person));
      expect(await here.carrier.choose({ ...choice, person })).toMatchObject({ error: { code } });
    }
    here.person.answer(null);
    expect(await here.carrier.choose(choice)).toMatchObject({ error: { code: "person.declined" } });
    here.person.answer(here.keys.demoPin(SUPERVISOR));
    valueOf(await here.carrier.choose(choice));
    expect(here.person.shown.at(-1)).toMatchObject({ kind: "versions", reason: choice.reason });

    expect(here.journal.view.rows("sheets").map(({ signature }) => signature?.hash)).toEqual([theirs]);
    expect(here.journal.view.read("versions", mine)).toMatchObject({
      sheet: { signature: { hash: mine } },
      decision: { chosen: false, person: SUPERVISOR, reason: choice.reason },
    });
    expect(here.journal.view.read("versions", theirs)).toMatchObject({ decision: { chosen: true } });
  });

  test("[R46] [R48] [S12] are offered with the total that counts, and a choice asks for the totals to be signed for anew", async () => {
    await giveSitting();
    await signOne(here, EXAMINER, 1, 3);
    const theirs = await signOne(there, EXAMINER, 1, 4);
    const line = rubric?.items[0]?.kind === "DEDUCT" ? rubric.items[0].lines[0] : undefined;
    const wasPicked = there.journal.view.rows("sheets")[0]?.items["1"];
    if (!line || wasPicked?.kind !== "DEDUCT") throw new Error("the first item deducts");
    const picked = wasPicked.picked.length > 0 ? [] : [{ code: line.code, count: 1 }];
    await amendNote(there, "补记", [{ kind: "DEDUCT", picked }]);
    await amendNote(here, "补记");
    await giveSheets(there, here);
    const amended = there.journal.view.rows("sheets")[0];
    const total = amended && countingOf(amended)?.total;
    if (!total) throw new Error("it counts");
    expect(total).not.toEqual(amended.signature?.total);
    const [standing] = here.journal.view.rows("sheets");
    const before = here.journal.view.read("sittings", sitting)?.revision ?? 0;
    here.person.answer(here.keys.demoPin(SUPERVISOR));
    valueOf(
      await here.carrier.choose({
        ...{ sheet: standing!.id, chosen: theirs, reason: "重评", person: SUPERVISOR },
      }),
    );
    expect(here.person.shown.at(-1)).toMatchObject({
      versions: [
        { here: true, amended: true, chosen: false },
        { here: false, amended: true, chosen: true, total: fractionToText(total) },
      ],
    });
    expect(here.journal.view.read("sittings", sitting)?.revision).toBe(before + 1);
  });

  test("[R46] [S12] their amendments come along, in the order they were signed, and count here as they do there", async () => {
    await giveSitting();
    const hash = await signOne(there, EXAMINER, 1);
    for (const note of ["第一次", "第二次"]) await amendNote(there, note);
    expect(await giveSheets(there, here)).toMatchObject({ sheets: 1, amendments: 2, refused: [] });
    const [mine, theirs] = [here, there].map(({ journal }) =>
      journal.view.rows("sheets").find(({ signature }) => signature?.hash === hash),
    );
    if (!mine || !theirs) throw new Error("both laptops have the sheet");
    expect(mine.note).toBe("第二次");
    expect(countingOf(mine)).toMatchObject({ hash: countingOf(theirs)?.hash });
    expect(here.journal.view.read("versions", hash)?.sheet.amendments).toHaveLength(2);
    expect(here.journal.view.read("sittings", sitting)?.revision).toBe(2);
    // A later stick brings what is new and nothing twice; nobody amends it here.
    await amendNote(there, "第三次");
    expect(await giveSheets(there, here)).toMatchObject({ sheets: 0, amendments: 1 });
    const open = { kind: "amendment.open", sheet: mine.id } as const;
    await here.signIn(EXAMINER);
    expect(await here.marking.append([open])).toMatchObject({ error: { code: "amendment.other-laptop" } });
  });

  describe("[R46] [SY4] of an amendment that the registry refused", () => {
    let batch: HashId;
    /** Signed there and sent by wire; the registry's answer to the amendment as a stick would bring it. */
    beforeEach(async () => {
      await giveSitting();
      await signOne(there, EXAMINER, 1);
      await sealThere();
    });
    const sealThere = async () => {
      for (const person of [LEADER, ADMINISTRATOR]) await there.signIn(person);
      there.person.answer(there.keys.demoPin(LEADER));
      valueOf(await there.day.seal(sitting, "其余在另一台电脑"));
      batch = there.journal.view.rows("batches").at(-1)!.id;
    };
    const amendThere = async () => {
      await amendNote(there, "补记");
      await sealThere();
      expect(there.journal.view.read("batches", batch)?.kind).toBe("amendments");
    };
    const refusing = (): BundleFrame => {
      const { device, deviceSeq, range } = there.journal.view.read("batches", batch)!;
      const plain = peekRecord("receipt", here.registry.receiptFor(batch, device, deviceSeq));
      if (!plain.ok) throw new Error(plain.error.code);
      const notes = [{ seq: range.first, code: "amendment-conflict" }];
      const signer = here.registry.receipts;
      const said = { ...plain.value.value, verdict: "quarantined" as const, notes };
      return envelopeFrame(signRecord("receipt", said, [signer]).record);
    };
    const saidHere = () =>
      here.journal.view
        .rows("sheets")
        .map(({ note, amendments }) => [note === "补记", ...amendments.map(({ refused }) => refused)]);

    test("the other laptop is told, though it never carried the batch", async () => {
      await amendThere();
      expect(await receive(there, bundleOf([refusing()]))).toMatchObject({ receipts: 1 });
      expect(await giveSheets(there, here)).toMatchObject({ amendments: 1, receipts: 1, refused: [] });
      expect(saidHere()).toEqual([[false, "amendment-conflict"]]);
      expect(here.journal.view.read("batches", batch)).toMatchObject({ carried: true, evidenceOwed: 0 });
      expect(await giveSheets(there, here)).toMatchObject({ amendments: 0, receipts: 0, batches: 0 });
    });

    test("it is told when it counted the amendment first", async () => {
      await amendThere();
      expect(await giveSheets(there, here)).toMatchObject({ amendments: 1, batches: 2, receipts: 0 });
      expect(saidHere()).toEqual([[true, null]]);
      const revision = here.journal.view.read("sittings", sitting)?.revision ?? 0;
      expect(await receive(here, bundleOf([refusing()]))).toMatchObject({ receipts: 1 });
      expect(saidHere()).toEqual([[false, "amendment-conflict"]]);
      expect(here.journal.view.read("sittings", sitting)?.revision).toBe(revision + 1);
    });

    test("it is told when the receipt was here before the amendment", async () => {
      await amendThere();
      const sealed = there.journal.view.read("batches", batch)!;
      const [manifest, ...objects] = await there.journal.attachments(sealed.sealedSeq);
      const { gatherKept, sealRecords, shareKeyOf } = await import("../../../electron/desk/hand-over.ts");
      const { TEST_ENVIRONMENT } = await import("../../support/desk-harness.ts");
      const key = await shareKeyOf(there.journal.view.read("sittings", sitting)!, there.journal);
      const { enrolment, permit } = await gatherKept(there.journal, sitting);
      if (!key || !enrolment || !permit || !manifest) throw new Error("it is shared and sealed");
      const papers = sealRecords([enrolment, permit], sitting, key, TEST_ENVIRONMENT);
      const whole = [papers, envelopeFrame(manifest), ...objects.map(objectFrame), refusing()];
      expect(await receive(here, bundleOf(whole))).toMatchObject({ batches: 1, receipts: 1, refused: [] });
      expect(await giveSheets(there, here)).toMatchObject({ sheets: 1, amendments: 1, refused: [] });
      expect(saidHere()).toEqual([[false, "amendment-conflict"]]);
    });
  });

  test("[T20] an amendment without its approver, or of a sheet that is not here, changes nothing", async () => {
    await giveSitting();
    await signOne(there, EXAMINER, 1);
    await amendNote(there, "更正");
    const attached = async (kind: "sheet.amended" | "permit.received") => {
      const entry = there.journal.entries.findLast(({ entry: { body } }) => body.kind === kind);
      const [record] = entry ? await there.journal.attachments(entry.entry.seq) : [];
      if (!record) throw new Error(`no ${kind}`);
      return record;
    };
    const [record, permit] = [await attached("sheet.amended"), await attached("permit.received")];
    const envelope = recordToEnvelope(record);
    if (!envelope.ok) throw new Error("an amendment has its record");
    const [author] = envelope.value.signatures;
    if (!author) throw new Error("its author signed");
    const alone = envelopeToRecord({ ...envelope.value, signatures: [author] });
    await here.signIn(ADMINISTRATOR);
    const received = await receive(here, bundleOf([permit, alone, record].map(envelopeFrame)));
    expect(received).toMatchObject({ amendments: 0 });
    expect(received.refused.map(({ code }) => code).sort()).toEqual([
      "amendment.approval-missing",
      "share.unknown-sheet",
    ]);
    expect(here.journal.view.rows("sheets")).toEqual([]);
  });

  test("[T20] signed by a key no permit names, or with another total, are refused; the good one beside them is taken", async () => {
    await giveSitting();
    await signOne(there, EXAMINER, 1);
    const entry = there.journal.entries.find(({ entry: { body } }) => body.kind === "sheet.signed");
    const [record] = await there.journal.attachments(entry?.entry.seq ?? 0);
    const peeked = peekRecord("sheet", record ?? new Uint8Array());
    if (!record || !peeked.ok) throw new Error("no record");
    const stranger = createSigner(new Uint8Array(32).fill(9));
    const forged = signRecord(
      "sheet",
      { ...peeked.value.value, by: { kid: stranger.kid, role: "examiner" } },
      [stranger],
    ).record;
    // Sheets travel inside a sealed hand-over; here the attacker has its key, and still no signature.
    const { gatherKept, sealRecords, shareKeyOf } = await import("../../../electron/desk/hand-over.ts");
    const { TEST_ENVIRONMENT } = await import("../../support/desk-harness.ts");
    const row = there.journal.view.read("sittings", sitting);
    const key = row && (await shareKeyOf(row, there.journal));
    if (!key) throw new Error("no key");
    const { permit } = await gatherKept(there.journal, sitting);
    if (!permit) throw new Error("no permit");
    const bundle = bundleOf([sealRecords([permit, forged, record], sitting, key, TEST_ENVIRONMENT)]);
    expect(await receive(here, bundle)).toMatchObject({
      sheets: 1,
      refused: [{ code: "wire.key-unknown", count: 1 }],
    });
  });

  test("[S12] when the journal is full are not taken, and everything stays as it was", async () => {
    await giveSitting();
    await signOne(there, EXAMINER, 1);
    valueOf(await there.carrier.shareSheets(sitting));
    const before = { head: here.journal.head(), sheets: here.journal.view.rows("sheets") };
    here.journal.failWith("journal.full");
    here.stick.files.set("/in.ertb", newestFile(there).bytes);
    here.choose({ file: "/in.ertb" });
    expect(await here.carrier.receive()).toMatchObject({ ok: false, error: { code: "journal.full" } });
    expect({ head: here.journal.head(), sheets: here.journal.view.rows("sheets") }).toEqual(before);
  });

  test("[T20] of which a bundle is cut short, altered or nobody's change nothing, or only what verifies", async () => {
    await giveSitting();
    await signOne(there, EXAMINER, 1);
    valueOf(await there.carrier.shareSheets(sitting));
    const { bytes } = newestFile(there);
    for (let cut = 0; cut < bytes.length; cut += Math.ceil(bytes.length / 40)) {
      here.stick.files.set("/in.ertb", bytes.subarray(0, cut));
      here.choose({ file: "/in.ertb" });
      const before = here.journal.view.rows("sheets").length;
      const done = await here.carrier.receive();
      if (!done.ok) expect(["bundle.not-a-bundle"]).toContain(done.error.code);
      expect(here.journal.view.rows("sheets").length).toBe(before);
    }
    expect(await receive(here, bytes)).toMatchObject({ sheets: 1 });
  });
});

describe("another laptop's batch", () => {
  test("[rulings 3] is carried unopened, byte for byte, and its receipt is brought back", async () => {
    await giveSitting();
    await signOne(there, LEADER, 1);
    there.person.answer(there.keys.demoPin(LEADER));
    const { batch } = valueOf(await there.day.seal(sitting, "其余在另一台电脑"));
    expect(await giveSheets(there, here)).toMatchObject({ sheets: 1, batches: 1, refused: [] });
    const carried = here.journal.view.read("batches", batch);
    expect(carried).toMatchObject({ carried: true, device: there.keys.device()?.kid, deviceSeq: 1 });
    const sealed = there.journal.view.read("batches", batch);
    const [mine, theirs] = await Promise.all([
      here.journal.attachments(carried?.sealedSeq ?? 0),
      there.journal.attachments(sealed?.sealedSeq ?? 0),
    ]);
    expect(mine.length === theirs.length && mine.every((one, i) => isEqualBytes(one, theirs[i] ?? one))).toBe(
      true,
    );
    // It moves neither of the two chains here.
    expect(here.journal.view.read("chain", ONLY)).toMatchObject({ deviceSeq: 0, sealedSeq: 0 });

    const device = there.keys.device()?.kid;
    if (!device) throw new Error("no device");
    const answer = bundleOf([envelopeFrame(here.registry.receiptFor(batch, device, 1))]);
    expect(await receive(here, answer)).toMatchObject({ receipts: 1 });
    expect(await giveSheets(here, there)).toMatchObject({ receipts: 1 });
    expect(there.journal.view.read("batches", batch)?.receipt?.verdict).toBe("accepted");
    expect(here.journal.view.read("chain", ONLY)?.lastReceipt).not.toBe(
      there.journal.view.read("chain", ONLY)?.lastReceipt,
    );
  });

  test("holds the roster of the laptop that prepared the sitting, so that its sheets need not wait for it", async () => {
    await giveSitting();
    await signOne(there, LEADER, 1);
    there.person.answer(there.keys.demoPin(LEADER));
    const { batch } = valueOf(await there.day.seal(sitting, "其余在另一台电脑"));
    expect(there.journal.view.read("batches", batch)?.objects.map(({ role }) => role)).toEqual([
      "pack",
      "shared-roster",
      "rubric",
    ]);
  });
});

describe("the way to the registry", () => {
  const seal = async () => {
    await signOne(here, LEADER, 1);
    here.person.answer(here.keys.demoPin(LEADER));
    return valueOf(await here.day.seal(sitting, "其余缺")).batch;
  };

  test("[S8] [A9] holds the sealed bytes; the copy is written down with its hash, and is no receipt", async () => {
    const batch = await seal();
    const copied = valueOf(await here.carrier.exportBatches());
    if (copied.outcome !== "copied") throw new Error(copied.outcome);
    const { frames, end } = readBundle(newestFile(here).bytes);
    expect(end.hash).toBe(copied.bundles[0]?.hash);
    expect(frames[0]?.id).toBe(batch);
    const row = here.journal.view.read("batches", batch);
    expect(row).toMatchObject({ receipt: null, exported: { bundles: copied.bundles } });
  });

  test("[SY4] ends only with a receipt that verifies and is this batch's", async () => {
    const batch = await seal();
    const device = here.keys.device()?.kid;
    if (!device) throw new Error("no device");
    const other = (await createMemoryRegistry()).receiptFor(batch, device, 1);
    const wrongPlace = here.registry.receiptFor(batch, device, 2);
    expect(await receive(here, bundleOf([other, wrongPlace].map(envelopeFrame)))).toMatchObject({
      receipts: 0,
      refused: [
        { code: "send.receipt-invalid", count: 1 },
        { code: "send.receipt-other-batch", count: 1 },
      ],
    });
    expect(here.journal.view.read("batches", batch)?.receipt).toBeNull();
    const receipt = here.registry.receiptFor(batch, device, 1);
    expect(await receive(here, bundleOf([receipt, receipt].map(envelopeFrame)))).toMatchObject({
      receipts: 1,
    });
    expect(await here.carrier.exportBatches()).toMatchObject({ error: { code: "stick.nothing" } });
  });

  test("[S8] is not taken into the app's own folder, needs somebody signed in, and may be called off", async () => {
    await seal();
    here.choose({ folder: "/own" });
    expect(await here.carrier.exportBatches()).toMatchObject({ error: { code: "stick.own-folder" } });
    here.choose({ folder: null });
    expect(valueOf(await here.carrier.exportBatches())).toEqual({ outcome: "cancelled" });
    await here.sessions.close();
    expect(await here.carrier.exportBatches()).toMatchObject({ error: { code: "session.none" } });
  });

  test("brings a newer permit in, and never an older one or another centre's", async () => {
    await here.signIn(ADMINISTRATOR);
    const entries = here.journal.entries.filter(({ entry }) => entry.body.kind === "permit.received");
    const [old] = await here.journal.attachments(entries[0]?.entry.seq ?? 0);
    const standing = here.journal.view.read("centre", ONLY)?.permit?.hash;
    if (!old) throw new Error("no permit");
    expect(await receive(here, bundleOf([envelopeFrame(old)]))).toMatchObject({ permits: 0, known: 1 });
    expect(here.journal.view.read("centre", ONLY)?.permit?.hash).toBe(standing);
    await giveSitting();
    await signOne(there, EXAMINER, 2);
    // The other laptop enrolled its people later: its permit names them all.
    expect(await giveSheets(there, here)).toMatchObject({ permits: 1, sheets: 1 });
  });
});
