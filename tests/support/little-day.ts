// A whole day in few entries, for the tests of the fold and of the file: a centre with two examiners and an
// administrator, two candidates, one signed sheet, one absence, one sealed batch and its receipt.
import {
  BootId,
  CandidateRef,
  Day,
  fraction,
  HashId,
  InstantMs,
  InstitutionId,
  invariant,
  Kid,
  LogOrigin,
  PersonId,
  PublicKeyHex,
  SheetId,
  SittingId,
  type ClockReading,
} from "#shared/base";
import type { ItemInput, Rubric } from "#shared/exam";
import { createJournalView, type EntryBody, type JournalEntry, type GrowingView } from "#shared/journal";
import { sampleRubrics } from "#shared/rules";
import { rubricHash, type KeptCheckpoint } from "#shared/wire";
import { aReferencePack } from "./reference-builder.ts";
import { createRandom } from "#shared/base";
import { seededInputs } from "./seeded-marks.ts";

export const ANNA = PersonId.parse("p-001");
export const BO = PersonId.parse("p-002");
export const CHEN = PersonId.parse("p-003");
export const SITTING = SittingId.parse("s".repeat(21) + "A");
export const SHEET = SheetId.parse("t".repeat(21) + "A");
export const OTHER_SHEET = SheetId.parse("u".repeat(21) + "A");
export const PRESENT = CandidateRef.parse("1".repeat(32));
export const ABSENT = CandidateRef.parse("2".repeat(32));

export const aHash = (digit: string) => HashId.parse(`sha256:${digit.repeat(64)}`);
export const BATCH = aHash("b");
export const OTHER_BATCH = aHash("c");
const DEVICE = Kid.parse(`ed25519.${"d".repeat(32)}`);
const aKid = (digit: string) => Kid.parse(`ed25519.${digit.repeat(32)}`);
const aPublicKey = (digit: string) => PublicKeyHex.parse(digit.repeat(64));

export const ceramic: Rubric = sampleRubrics()[0]!;
export const CERAMIC = rubricHash(ceramic);
export const inputs: ReadonlyMap<number, ItemInput> = seededInputs(ceramic, createRandom(7));
export const FIRST_ITEM = ceramic.items[0]!.no;
export const FIRST_INPUT = inputs.get(FIRST_ITEM)!;

export interface Step {
  readonly actor: PersonId | null;
  readonly body: EntryBody;
}

export function openingSteps(): Step[] {
  return [
    {
      actor: null,
      body: {
        kind: "centre.opened",
        institution: {
          id: InstitutionId.parse("demo-60f3"),
          name: { zh: "演示考点", en: "Demonstration" },
          demo: true,
        },
        people: [
          { id: ANNA, name: "安娜", roles: ["examiner", "panelLeader"] },
          { id: BO, name: "博", roles: ["examiner"] },
          { id: CHEN, name: "陈", roles: ["administrator"] },
        ],
        device: DEVICE,
        aud: "registry.example",
        registry: { url: "https://registry.example", name: { zh: "登记处", en: "Registry" } },
        keyset: aHash("e"),
        storage: "demo-file",
      },
    },
    {
      actor: null,
      body: { kind: "person.key-made", person: ANNA, kid: aKid("a"), pub: aPublicKey("a") },
    },
    {
      actor: null,
      body: {
        kind: "permit.received",
        permit: aHash("f"),
        policy: "demo",
        centre: InstitutionId.parse("demo-60f3"),
        window: { from: InstantMs.parse(0), to: InstantMs.parse(2_000_000_000_000) },
        transportKey: { kid: `x25519.${"0".repeat(32)}`, pub: aPublicKey("9") },
        people: [
          {
            id: ANNA,
            kid: aKid("a"),
            pub: aPublicKey("a"),
            device: DEVICE,
            roles: ["examiner", "panelLeader"],
          },
          { id: BO, kid: aKid("b"), pub: aPublicKey("b"), device: aKid("0"), roles: ["examiner"] },
        ],
        limits: { maxSheets: 1000, maxObject: 1_000_000 },
        reference: aReferencePack(),
      },
    },
    { actor: null, body: { kind: "rubric.added", hash: CERAMIC, rubric: ceramic } },
    {
      actor: CHEN,
      body: {
        kind: "sitting.prepared",
        sitting: {
          id: SITTING,
          day: Day.parse("2025-06-01"),
          occupation: ceramic.occupation,
          direction: ceramic.direction,
          level: ceramic.level,
          rubric: CERAMIC,
          panel: [{ person: ANNA, leader: true }],
          perRotation: 5,
          supervisor: null,
          observed: true,
          mitigation: null,
        },
        candidates: [PRESENT, ABSENT].map((ref, i) => ({
          ref,
          sitting: SITTING,
          no: i + 1,
          rotation: 1,
          name: "考生",
          idMasked: "990000********0017",
          ticketNo: `T${i + 1}`,
        })),
        roster: { hash: aHash("1"), seq: 1, fileName: "roster.csv", source: aHash("2"), refused: 0 },
        trainers: [],
      },
    },
  ];
}

export function conflictDeclared(candidates: readonly CandidateRef[] = [], actor = ANNA): Step {
  return { actor, body: { kind: "conflict.declared", sitting: SITTING, candidates: [...candidates] } };
}

export function sheetOpened(sheet = SHEET, actor = ANNA, candidate = PRESENT): Step {
  return { actor, body: { kind: "sheet.opened", sheet, sitting: SITTING, candidate, rubric: CERAMIC } };
}

export function markSet(item = FIRST_ITEM, input: ItemInput | null = FIRST_INPUT, sheet = SHEET): Step {
  return { actor: ANNA, body: { kind: "mark.set", sheet, item, input } };
}

export function sheetSigned(sheet = SHEET): Step {
  return {
    actor: ANNA,
    body: { kind: "sheet.signed", sheet, seq: 2, hash: aHash("3"), total: fraction(214, 3) },
  };
}

const PICTURE = { size: 48_211, type: "image/jpeg", width: 4000, height: 3000 } as const;

export function evidenceAdded(item: number | null = FIRST_ITEM, hash = aHash("8")): Step {
  return { actor: ANNA, body: { kind: "evidence.added", sheet: SHEET, item, hash, ...PICTURE } };
}

export function evidenceRemoved(item: number | null = FIRST_ITEM, hash = aHash("8")): Step {
  return { actor: ANNA, body: { kind: "evidence.removed", sheet: SHEET, item, hash } };
}

export function candidateAbsent(): Step {
  return {
    actor: ANNA,
    body: { kind: "candidate.absent", sitting: SITTING, candidate: ABSENT, seq: 3, hash: aHash("4") },
  };
}

export function batchSealed(batch = BATCH, deviceSeq = 1): Step {
  return {
    actor: ANNA,
    body: {
      kind: "batch.sealed",
      batch,
      sitting: SITTING,
      covers: [SITTING],
      deviceSeq,
      range: { first: 1, last: 3 },
      sheets: 1,
      absent: 1,
      missing: 0,
      explanation: "",
      objects: [{ wire: aHash("5"), hash: aHash("6"), size: 10, role: "pack" }],
    },
  };
}

export function sendTroubled(batch = BATCH): Step {
  return { actor: null, body: { kind: "send.troubled", batch, code: "registry.unreachable", final: false } };
}

export function receiptHeld(batch = BATCH): Step {
  return {
    actor: null,
    body: {
      kind: "receipt.held",
      batch,
      receipt: aHash("7"),
      verdict: "accepted",
      sheets: { accepted: 1, quarantined: 0, rejected: 0 },
      notes: [],
      regSeq: 9,
      acceptedAt: InstantMs.parse(1_750_000_000_000),
    },
  };
}

/** Every kind of entry at least once, in an order that can happen. */
export function aLittleDay(): Step[] {
  const marks = [...inputs].map(([item, input]) => markSet(item, input));
  return [
    ...openingSteps(),
    { actor: ANNA, body: { kind: "session.opened", person: ANNA } },
    conflictDeclared(),
    sheetOpened(),
    ...marks,
    { actor: ANNA, body: { kind: "overtime.set", sheet: SHEET, overtimeMs: 60_000 } },
    { actor: ANNA, body: { kind: "veto.set", sheet: SHEET, code: ceramic.vetoes[0]!.code, on: true } },
    { actor: ANNA, body: { kind: "veto.set", sheet: SHEET, code: ceramic.vetoes[0]!.code, on: false } },
    { actor: ANNA, body: { kind: "note.set", sheet: SHEET, text: "釉面" } },
    {
      actor: ANNA,
      body: { kind: "sheet.paused", sheet: SHEET, reason: { kind: "other", text: "窑炉跳闸" } },
    },
    { actor: ANNA, body: { kind: "sheet.resumed", sheet: SHEET } },
    evidenceAdded(),
    evidenceAdded(null),
    evidenceRemoved(),
    sheetSigned(),
    candidateAbsent(),
    batchSealed(),
    sendTroubled(),
    receiptHeld(),
    { actor: null, body: { kind: "evidence.held", batch: BATCH, statement: aHash("1"), objects: 1 } },
    {
      actor: null,
      body: { kind: "head.compared", lastSeq: 1, lastBatch: BATCH, behind: [BATCH], trouble: null },
    },
    { actor: null, body: { kind: "revocations.held", revocations: [] } },
    { actor: null, body: { kind: "keyset.held", keyset: aHash("2"), version: 2 } },
    { actor: null, body: { kind: "checkpoint.held", checkpoint: aCheckpoint(3), change: "first" } },
    {
      actor: null,
      body: { kind: "log.disputed", code: "checkpoint.behind", log: LOG, kept: 3, offered: 2 },
    },
    { actor: null, body: { kind: "checkpoint.held", checkpoint: aCheckpoint(4), change: "grown" } },
    {
      actor: null,
      body: { kind: "batch.anchored", batch: BATCH, receipt: aHash("7"), log: LOG, index: 2, size: 4 },
    },
    { actor: ANNA, body: { kind: "session.closed", person: ANNA, reason: "person" } },
  ];
}

export const LOG = LogOrigin.parse("registry.test/results/2026");

export function aCheckpoint(size: number): KeptCheckpoint {
  return { log: LOG, size, root: `${"A".repeat(43)}=`, note: "bm90ZQ==" };
}

export function entriesOf(steps: readonly Step[]): JournalEntry[] {
  return steps.map(({ actor, body }, i) => ({ v: 1, seq: i + 1, at: clockAt(i), actor, body }));
}

export function viewOf(steps: readonly Step[]): GrowingView {
  const view = createJournalView();
  for (const entry of entriesOf(steps)) view.apply(entry);
  return view;
}

export function clockAt(tick: number): ClockReading {
  const boot = BootId.parse("0123456789abcdef");
  return { wall: InstantMs.parse(1_748_736_000_000 + tick), mono: tick, boot };
}

export function only<T>(values: readonly T[]): T {
  const [value] = values;
  invariant(value !== undefined && values.length === 1, `one expected, found ${values.length}`);
  return value;
}
