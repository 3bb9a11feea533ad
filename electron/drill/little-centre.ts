// A centre made up for the drill: invented people, the sample rubric, a sitting, and marks that follow one another without
// end. It lives in the scratch folder alone and goes with it.
import {
  bytesToBase64url,
  CandidateRef,
  Day,
  InstitutionId,
  invariant,
  PersonId,
  SheetId,
  SittingId,
  utf8,
  type Bytes,
  type Refusal,
  type Result,
} from "#shared/base";
import { createSigner, hashId, type Signer } from "#shared/crypto";
import type { ItemInput, Rubric, RubricItem } from "#shared/exam";
import type { EntryBody, StoredEntry } from "#shared/journal";
import { sampleRubrics } from "#shared/rules";
import { rubricHash } from "#shared/wire";

/** The part of a journal that is written to. */
export interface Writing {
  append(
    actor: PersonId | null,
    drafts: readonly { readonly body: EntryBody; readonly attachments?: readonly Bytes[] }[],
  ): Promise<Result<StoredEntry[], Refusal>>;
}

export const EXAMINER = PersonId.parse("p-900");
export const CANDIDATES = 60;
const SITTING = SittingId.parse(bytesToBase64url(utf8("drill-sitting---")));

/** Signs in the drill, and nowhere else: its secret is in this file. */
export function drillSigner(name: string): Signer {
  return createSigner(utf8(name.padEnd(32, "-")).subarray(0, 32));
}
export const DEVICE = drillSigner("drill device");

export function drillRubric(): Rubric {
  const [rubric] = sampleRubrics();
  invariant(rubric, "a sample rubric comes with the program");
  return rubric;
}

export async function openCentre(journal: Writing): Promise<void> {
  const rubric = drillRubric();
  const hash = rubricHash(rubric);
  const opened = await journal.append(null, [
    {
      body: {
        kind: "centre.opened",
        institution: {
          id: InstitutionId.parse("drill-centre"),
          name: { zh: "演练中心", en: "Drill centre" },
          demo: true,
        },
        people: [{ id: EXAMINER, name: "演练考评员", roles: ["examiner", "panelLeader"] }],
        device: DEVICE.kid,
        aud: "drill",
        registry: { url: "http://127.0.0.1:1", name: { zh: "演练登记中心", en: "Drill registry" } },
        keyset: hashId(utf8("drill keyset")),
        storage: "demo-file",
      },
    },
    { body: { kind: "rubric.added", hash, rubric } },
    { body: sittingOf(rubric, hash) },
  ]);
  invariant(opened.ok, "a new journal takes its first entries");
  const declared = await journal.append(EXAMINER, [
    { body: { kind: "conflict.declared", sitting: SITTING, candidates: [] } },
  ]);
  invariant(declared.ok, "a new journal takes its first entries");
}

function sittingOf(rubric: Rubric, hash: ReturnType<typeof rubricHash>): EntryBody {
  const { occupation, direction, level } = rubric;
  return {
    kind: "sitting.prepared",
    sitting: {
      id: SITTING,
      day: Day.parse("2000-01-01"),
      occupation,
      direction,
      level,
      rubric: hash,
      panel: [{ person: EXAMINER, leader: true }],
      perRotation: 5,
      supervisor: null,
      observed: true,
      mitigation: null,
    },
    candidates: Array.from({ length: CANDIDATES }, (_, at) => ({
      ref: candidateRef(at + 1),
      sitting: SITTING,
      no: at + 1,
      rotation: Math.ceil((at + 1) / 5),
      name: `演练考生 ${String(at + 1)}`,
      idMasked: `990000********${String(at + 1).padStart(4, "0")}`,
      ticketNo: `DRILL-${String(at + 1).padStart(4, "0")}`,
    })),
    roster: {
      hash: hashId(utf8("drill roster")),
      seq: 1,
      fileName: "drill.csv",
      source: hashId(utf8("drill file")),
      refused: 0,
    },
    trainers: [],
  };
}

export function candidateRef(no: number): CandidateRef {
  return CandidateRef.parse(no.toString(16).padStart(32, "0"));
}

export function sheetId(no: number): SheetId {
  return SheetId.parse(bytesToBase64url(utf8(`drill-${String(no)}`.padEnd(16, "-")).subarray(0, 16)));
}

export const SITTING_ID = SITTING;

export function sheetOpened(no: number): EntryBody {
  return {
    kind: "sheet.opened",
    sheet: sheetId(no),
    sitting: SITTING,
    candidate: candidateRef(no),
    rubric: rubricHash(drillRubric()),
  };
}

/** One whole sheet: an input for every item, different from sheet to sheet. */
export function marksOf(no: number): EntryBody[] {
  return drillRubric().items.map((item) => ({
    kind: "mark.set",
    sheet: sheetId(no),
    item: item.no,
    input: inputOf(item, no),
  }));
}

function inputOf(item: RubricItem, no: number): ItemInput {
  switch (item.kind) {
    case "DEDUCT":
      return {
        kind: "DEDUCT",
        picked: item.lines
          .filter((_, at) => (no + at) % 3 === 0)
          .map(({ code }) => ({ code, count: 1 + (no % 2) })),
      };
    case "MEASURE":
      return {
        kind: "MEASURE",
        readings: item.groups.map(({ id, points, bands }) => ({
          group: id,
          values: Array.from(
            { length: points },
            (_, at) => ((no + at) * 7) % (2 * (bands.at(-1)?.upTo ?? 10)),
          ),
        })),
      };
    case "JUDGE":
      return { kind: "JUDGE", level: no % 4 };
    case "CHECK":
      return {
        kind: "CHECK",
        checks: Array.from({ length: item.checks }, (_, at) => ((no + at) % 4 === 0 ? "no" : "yes")),
      };
    case "POINTS":
      return { kind: "POINTS", steps: no % (item.max + 1) };
  }
}
