// A journal in memory, for tests that need entries without a disk: plain builders, deterministic ids, a chain of hashes
// that are not those of electron/journal but change with every byte as they do. The same journal can answer the
// window's reads and, with `admit`, its wishes.
import type { HashId } from "#shared/base";
import {
  BootId,
  CandidateRef,
  Day,
  InstantMs,
  InstitutionId,
  Kid,
  NO_HASH,
  PersonId,
  PublicKeyHex,
  SheetId,
  SittingId,
  bytesToBase64url,
  ok,
  utf8,
  type ClockReading,
} from "#shared/base";
import { hashId } from "#shared/crypto";
import type { ItemInput, Person, Rubric, VetoCode } from "#shared/exam";
import {
  admit,
  createJournalView,
  type EntryBody,
  type Intent,
  type JournalEntry,
  type GrowingView,
  type StoredEntry,
} from "#shared/journal";
import { totalOf } from "#shared/rules";
import { aReferencePack } from "./reference-builder.ts";
import { SAMPLES } from "./samples.ts";

/** Monday 23 November 2026, nine in the morning in Shanghai. */
export const NINE_O_CLOCK = Date.UTC(2026, 10, 23, 1, 0, 0);
const BOOT = BootId.parse("00112233445566aa");
const DEVICE = Kid.parse(`ed25519.${"d".repeat(32)}`);

export interface TestJournal {
  readonly view: GrowingView;
  readonly entries: readonly StoredEntry[];
  head(): { seq: number; hash: HashId };
  append(body: EntryBody, actor?: PersonId | null): StoredEntry;
  /** What main does with a wish: the gate, then the journal. */
  wish(intent: Intent, actor: PersonId | null): ReturnType<typeof wishOf>;
  read(after: number, limit?: number): { entries: StoredEntry[]; head: { seq: number; hash: HashId } };
}

export function aJournal(): TestJournal {
  const view = createJournalView();
  const entries: StoredEntry[] = [];
  const head = () => ({ seq: entries.length, hash: entries.at(-1)?.hash ?? NO_HASH });
  const append = (body: EntryBody, actor: PersonId | null = null): StoredEntry => {
    const seq = entries.length + 1;
    const entry: JournalEntry = { v: 1, seq, at: clockAt(seq), actor, body };
    const stored = { entry, hash: hashId(utf8(head().hash + JSON.stringify(entry))) };
    view.apply(entry);
    entries.push(stored);
    return stored;
  };
  const journal: TestJournal = {
    view,
    entries,
    head,
    append,
    wish: (intent, actor) => wishOf(journal, intent, actor),
    read: (after, limit = 2000) => ({ entries: entries.slice(after, after + limit), head: head() }),
  };
  return journal;
}

function wishOf(journal: TestJournal, intent: Intent, actor: PersonId | null) {
  const admitted = admit(intent, actor, journal.view, () => sheetId(journal.entries.length));
  return admitted.ok ? ok(journal.append(admitted.value, actor)) : admitted;
}

export function clockAt(seq: number): ClockReading {
  return { wall: InstantMs.parse(NINE_O_CLOCK + seq * 1000), mono: seq * 1000, boot: BOOT };
}

export const personId = (n: number): PersonId => PersonId.parse(`p-${String(n).padStart(3, "0")}`);
export const candidateRef = (n: number): CandidateRef => CandidateRef.parse(n.toString(16).padStart(32, "0"));
export const sheetId = (n: number): SheetId => SheetId.parse(random16("sheet", n));
export const sittingId = (n: number): SittingId => SittingId.parse(random16("sitting", n));
export const testHash = (text: string): HashId => hashId(utf8(text));

function random16(word: string, n: number): string {
  return bytesToBase64url(utf8(`${word}-${n}`.padEnd(16, "-")).subarray(0, 16));
}

export const PEOPLE: readonly Person[] = [
  { id: personId(1), name: "林知微", roles: ["examiner", "panelLeader"] },
  { id: personId(2), name: "周若水", roles: ["examiner"] },
  { id: personId(3), name: "Alim Tursun", roles: ["examiner"] },
  { id: personId(4), name: "陈简", roles: ["administrator"] },
];

export const NAMES = ["王建国", "阿依古丽·买买提", "䂮䶮", "欧阳修竹", "次仁卓玛", "赵磊", "黄婷", "周强"];

export function ceramicRubric(): Rubric {
  const [ceramic] = SAMPLES;
  if (!ceramic) throw new Error("no sample rubric");
  return ceramic;
}

/** One item of every kind, 100 points: for the keys of the marking desk. */
export function everyKindRubric(): Rubric {
  const both = (text: string) => ({ zh: `${text}（中）`, en: text });
  return {
    ...ceramicRubric(),
    code: "TEST-EVERY-KIND",
    items: [
      {
        no: 1,
        kind: "DEDUCT",
        max: 40,
        fn: "A",
        text: both("Bonding"),
        lines: [
          { code: "a", text: both("gap"), amount: 6, cap: 12 },
          { code: "b", text: both("residue"), amount: 1, cap: 4 },
        ],
      },
      {
        no: 2,
        kind: "MEASURE",
        max: 40,
        fn: "A",
        text: both("Offset"),
        unit: "mm",
        resolution: { n: 1, d: 100 },
        groups: [
          {
            id: "points",
            points: 2,
            bands: [
              { upTo: 30, mark: 20 },
              { upTo: 50, mark: 10 },
            ],
            otherwise: 0,
          },
        ],
      },
      {
        no: 3,
        kind: "JUDGE",
        max: 40,
        fn: "A",
        text: both("Colour"),
        scale: [both("none"), both("clear"), both("far"), both("near")],
      },
      { no: 4, kind: "CHECK", max: 40, fn: "A", text: both("Soil"), checks: 4, each: 10, mayNotApply: true },
      { no: 5, kind: "POINTS", max: 40, fn: "A", text: both("Record"), criteria: both("whole and legible") },
    ],
  };
}

export interface PreparedDay {
  readonly journal: TestJournal;
  readonly sitting: SittingId;
  readonly rubric: HashId;
}

/** A demonstration centre with its people and rubrics, and nothing prepared yet. */
export function anOpenedCentre(options: { rubrics?: readonly Rubric[]; demo?: boolean } = {}): TestJournal {
  const journal = aJournal();
  const demo = options.demo ?? true;
  journal.append({
    kind: "centre.opened",
    institution: {
      id: InstitutionId.parse("demo-60f3"),
      name: {
        zh: "景窑文物修复认定中心（演示）",
        en: "Jingyao Restoration Assessment Centre (demonstration)",
      },
      demo,
    },
    people: [...PEOPLE],
    device: DEVICE,
    aud: "demo.registry",
    registry: { url: "http://127.0.0.1:4390", name: { zh: "演示登记中心", en: "Demonstration registry" } },
    keyset: testHash("keyset"),
    storage: "demo-file",
  });
  journal.append({
    kind: "permit.received",
    permit: testHash("permit"),
    policy: demo ? "demo" : "default",
    centre: InstitutionId.parse("demo-60f3"),
    window: { from: InstantMs.parse(0), to: InstantMs.parse(NINE_O_CLOCK * 2) },
    transportKey: { kid: `x25519.${"e".repeat(32)}`, pub: PublicKeyHex.parse("f".repeat(64)) },
    people: PEOPLE.map(({ id, roles }, at) => ({
      id,
      kid: Kid.parse(`ed25519.${String(at).repeat(32)}`),
      pub: PublicKeyHex.parse(String(at).repeat(64)),
      device: DEVICE,
      roles,
    })),
    limits: { maxSheets: 10_000, maxObject: 10_000_000 },
    reference: aReferencePack(PEOPLE, { demo }),
  });
  for (const rubric of options.rubrics ?? SAMPLES) {
    journal.append({ kind: "rubric.added", hash: testHash(rubric.code), rubric });
  }
  return journal;
}

/** A sitting with its roster, the first `panel` people as examiners and the first of them leading. */
export function aPreparedDay(
  options: {
    candidates?: number;
    panel?: number;
    rubric?: Rubric;
    demo?: boolean;
    supervisor?: PersonId;
    /** False: marked by number (R45). */
    observed?: boolean;
  } = {},
): PreparedDay {
  const { candidates = 8, panel = 1, rubric = ceramicRubric() } = options;
  const journal = anOpenedCentre({ rubrics: [rubric], demo: options.demo ?? true });
  const sitting = sittingId(1);
  const rubricHash = testHash(rubric.code);
  journal.append(
    {
      kind: "sitting.prepared",
      sitting: {
        id: sitting,
        day: Day.parse("2026-11-23"),
        occupation: rubric.occupation,
        direction: rubric.direction,
        level: rubric.level,
        rubric: rubricHash,
        panel: PEOPLE.slice(0, panel).map(({ id }, at) => ({ person: id, leader: at === 0 })),
        perRotation: 5,
        supervisor: options.supervisor ?? null,
        observed: options.observed ?? true,
        mitigation: null,
      },
      candidates: Array.from({ length: candidates }, (_, at) => ({
        ref: candidateRef(at + 1),
        sitting,
        no: at + 1,
        rotation: Math.ceil((at + 1) / 5),
        name: NAMES[at % NAMES.length] ?? "",
        idMasked: `990000********${String((at + 1) % 10_000).padStart(4, "0")}`,
        ticketNo: `2026-${String(at + 1).padStart(4, "0")}`,
      })),
      roster: {
        hash: testHash("roster"),
        seq: 1,
        fileName: "roster.xlsx",
        source: testHash("file"),
        refused: 0,
      },
      trainers: [],
    },
    personId(4),
  );
  for (const { id } of PEOPLE.slice(0, panel))
    journal.append({ kind: "conflict.declared", sitting, candidates: [] }, id);
  return { journal, sitting, rubric: rubricHash };
}

/** Workplaces as if they had been drawn: each in the order of the numbers of their rotation. */
export function drawInOrder({ journal, sitting }: PreparedDay): void {
  const leader = personId(1);
  journal.append({ kind: "seats.committed", sitting, commitment: testHash("secret") }, leader);
  const seats = journal.view
    .rowsOf("candidates", sitting)
    .map(({ ref, rotation, no }) => ({ candidate: ref, rotation, no: ((no - 1) % 5) + 1 }));
  journal.append({ kind: "seats.drawn", sitting, secret: "5a".repeat(32), value: "4 2 6", seats }, leader);
}

/** The number of the next record that is signed here. */
export function nextSeq({ view }: Pick<TestJournal, "view">): number {
  return (view.read("chain", "only")?.seq ?? 0) + 1;
}

/** A full input for every item of a rubric: what a good candidate gets. */
export function fullInputs(rubric: Rubric): Record<string, ItemInput> {
  return Object.fromEntries(rubric.items.map((item) => [String(item.no), fullInput(item)]));
}

function fullInput(item: Rubric["items"][number]): ItemInput {
  switch (item.kind) {
    case "DEDUCT":
      return { kind: "DEDUCT", picked: [] };
    case "MEASURE":
      return {
        kind: "MEASURE",
        readings: item.groups.map(({ id, points }) => ({
          group: id,
          values: Array.from({ length: points }, () => 0),
        })),
      };
    case "JUDGE":
      return { kind: "JUDGE", level: 3 };
    case "CHECK":
      return { kind: "CHECK", checks: Array.from({ length: item.checks }, () => "yes" as const) };
    case "POINTS":
      return { kind: "POINTS", steps: item.max };
  }
}

/** A full input for every item of a rubric that earns nothing. */
export function poorInputs(rubric: Rubric): Record<string, ItemInput> {
  return Object.fromEntries(rubric.items.map((item) => [String(item.no), poorInput(item)]));
}

function poorInput(item: Rubric["items"][number]): ItemInput {
  switch (item.kind) {
    case "DEDUCT":
      return { kind: "DEDUCT", picked: item.lines.map(({ code }) => ({ code, count: 99 })) };
    case "MEASURE":
      return {
        kind: "MEASURE",
        readings: item.groups.map(({ id, points }) => ({
          group: id,
          values: Array.from({ length: points }, () => 99_999_999),
        })),
      };
    case "JUDGE":
      return { kind: "JUDGE", level: 0 };
    case "CHECK":
      return { kind: "CHECK", checks: Array.from({ length: item.checks }, () => "no" as const) };
    case "POINTS":
      return { kind: "POINTS", steps: 0 };
  }
}

/** A deduction of these lines, so many times each; of nothing: whoever looked found nothing to deduct. */
export function deduct(counts: Readonly<Record<string, number>>): Extract<ItemInput, { kind: "DEDUCT" }> {
  return { kind: "DEDUCT", picked: Object.entries(counts).map(([code, count]) => ({ code, count })) };
}

/** Opens, fills and signs one sheet, as main would write it; full marks but for what `other` names by item. */
export function signSheet(
  day: PreparedDay,
  candidate: number,
  examiner = personId(1),
  other: Readonly<Record<string, ItemInput>> = {},
  vetoes: readonly VetoCode[] = [],
): SheetId {
  const { journal, sitting, rubric: hash } = day;
  const rubric = journal.view.read("rubrics", hash)?.rubric;
  if (!rubric) throw new Error("no rubric");
  const sheet = sheetId(journal.entries.length);
  journal.append(
    { kind: "sheet.opened", sheet, sitting, candidate: candidateRef(candidate), rubric: hash },
    examiner,
  );
  const inputs = { ...fullInputs(rubric), ...other };
  for (const [no, input] of Object.entries(inputs)) {
    journal.append({ kind: "mark.set", sheet, item: Number(no), input }, examiner);
  }
  for (const code of vetoes) journal.append({ kind: "veto.set", sheet, code, on: true }, examiner);
  const seq = nextSeq(journal);
  journal.append(
    {
      kind: "sheet.signed",
      sheet,
      seq,
      hash: testHash(`sheet ${sheet}`),
      total: totalOf(rubric, inputs, 0).total,
    },
    examiner,
  );
  return sheet;
}

export function markAbsent(day: PreparedDay, candidate: number): void {
  const { journal, sitting } = day;
  const seq = nextSeq(journal);
  const ref = candidateRef(candidate);
  journal.append(
    { kind: "candidate.absent", sitting, candidate: ref, seq, hash: testHash(`absent ${ref}`) },
    personId(1),
  );
}

/** Seals what was signed into one batch. */
export function sealDay(day: PreparedDay, explanation = ""): HashId {
  const { journal, sitting } = day;
  const chain = journal.view.read("chain", "only");
  const batch = testHash(`batch ${journal.entries.length}`);
  const signed = journal.view.rows("sheets").filter((sheet) => sheet.signature).length;
  const absent = journal.view.rows("candidates").filter((candidate) => candidate.absence).length;
  journal.append(
    {
      kind: "batch.sealed",
      batch,
      sitting,
      covers: [sitting],
      deviceSeq: (chain?.deviceSeq ?? 0) + 1,
      range: { first: (chain?.sealedSeq ?? 0) + 1, last: chain?.seq ?? 1 },
      sheets: signed,
      absent,
      missing: 0,
      explanation,
      objects: [{ wire: testHash("wire"), hash: testHash("object"), size: 4096, role: "pack" }],
    },
    personId(4),
  );
  return batch;
}

/** The registry's answer to a batch, as main writes it once it has verified. */
export function holdReceipt(day: PreparedDay, batch: HashId): void {
  const sheets = day.journal.view.read("batches", batch)?.sheets ?? 0;
  day.journal.append({
    kind: "receipt.held",
    batch,
    receipt: testHash(`receipt ${batch}`),
    verdict: "accepted",
    sheets: { accepted: sheets, quarantined: 0, rejected: 0 },
    notes: [],
    regSeq: 7,
    acceptedAt: InstantMs.parse(NINE_O_CLOCK + 9 * 3_600_000),
  });
}
