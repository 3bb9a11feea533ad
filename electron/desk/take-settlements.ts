// What a divergent panel said and its leader settled, from a stick: each verified like a proof, each about records that lie here, and
// of a settlement the figures computed again. Whether it stands follows from what counts here (R35, R43, R46).
import {
  type Bytes,
  type CandidateRef,
  type Fraction,
  type HashId,
  type Kid,
  type PersonId,
  type SittingId,
} from "#shared/base";
import { panelLeaderOf, policyValues, type Policy, type Sheet, type SheetAmendment } from "#shared/exam";
import type { CandidateRow, SittingRow } from "#shared/journal";
import { areFiguresOf } from "#shared/rules";
import {
  peekRecord,
  unanswered,
  verifySettlement,
  verifyUpholding,
  type KeyLookup,
  type Members,
  type PeekedRecord,
  type Said,
  type SettledSheet,
  type Settlers,
} from "#shared/wire";
import type { EntryDraft } from "./ports.ts";

/** A sheet that lies here, or came by the same stick. */
export interface SheetHere extends Pick<Sheet, "sitting" | "candidate" | "examiner"> {
  readonly signature: HashId;
  readonly total: Fraction;
  readonly amendments: readonly Pick<SheetAmendment, "hash" | "total" | "reason">[];
}

export interface SettlementDesk {
  readonly people: KeyLookup;
  personOf(kid: Kid): { readonly id: PersonId; readonly device: Kid } | undefined;
  sittingOf(id: SittingId):
    | {
        readonly row: Pick<SittingRow, "rubric" | "panel" | "substitutions">;
        readonly refs: ReadonlySet<string>;
      }
    | undefined;
  candidateOf(sitting: SittingId, ref: CandidateRef): CandidateRow | undefined;
  sheetsOf(sitting: SittingId, candidate: CandidateRef): readonly SheetHere[];
  policy(): Policy | undefined;
  /** What a receipt that is here already says of a place in that laptop's chain. */
  saidBefore(from: Kid, seq: number): string | null | undefined;
  /** Was signed here, or came before. */
  isKnown(device: Kid, hash: HashId): boolean;
  readonly bundle: HashId;
}

/** A draft to be written, `known` for what was here already, or the code of what is wrong. */
export type Taken = EntryDraft | "known" | { readonly refused: string };

export function takeUpholding(record: Bytes, desk: SettlementDesk): Taken {
  const peeked = peekRecord("upholding", record);
  if (!peeked.ok) return { refused: peeked.error.code };
  const said = verifyUpholding(peeked.value, membersOf(desk));
  return said.ok ? placeUpholding(peeked.value, said.value, record, desk) : { refused: said.error.code };
}

export function takeSettlement(record: Bytes, desk: SettlementDesk): Taken {
  const peeked = peekRecord("settlement", record);
  if (!peeked.ok) return { refused: peeked.error.code };
  const members = membersOf(desk);
  const settled = verifySettlement(peeked.value, members, members);
  return settled.ok
    ? placeSettlement(peeked.value, settled.value, record, desk)
    : { refused: settled.error.code };
}

function placeUpholding(
  { value, hash }: PeekedRecord<"upholding">,
  { person, record: about }: Said<PersonId>,
  record: Bytes,
  desk: SettlementDesk,
): Taken {
  const { exam, candidate: who, reason, at, by } = value;
  const found = placeOf(exam, who.ref, by.kid, desk);
  if ("refused" in found) return found;
  const { device } = found;
  const own = settledSheets(exam.id, who.ref, [about], desk)?.[0];
  if (own?.examiner !== person) return { refused: own ? "share.mismatch" : "share.unknown-sheet" };
  const isHere = desk.candidateOf(exam.id, who.ref)?.upheld.some(({ statement }) => statement?.hash === hash);
  if (isHere || desk.isKnown(device, hash)) return "known";
  return {
    body: {
      ...{ kind: "upholding.received", sitting: exam.id, candidate: who.ref, examiner: person },
      ...{ record: about, reason, statement: hash, at, from: device, bundle: desk.bundle },
    },
    attachments: [record],
  };
}

function placeSettlement(
  { value, hash }: PeekedRecord<"settlement">,
  { leader, statements }: Settlers<PersonId>,
  record: Bytes,
  desk: SettlementDesk,
): Taken {
  const { exam, candidate: who, records, mean, spread, unasked, reason, seq, at, by } = value;
  const found = placeOf(exam, who.ref, by.kid, desk);
  if ("refused" in found) return found;
  const { device, row } = found;
  const isHere = desk.candidateOf(exam.id, who.ref)?.settlements.some(({ signed }) => signed?.hash === hash);
  if (isHere || desk.isKnown(device, hash)) return "known";
  // Somebody else may lead by now.
  const led = [panelLeaderOf(row), ...row.substitutions.map(({ leaves }) => leaves)];
  if (!led.includes(leader)) return { refused: "settlement.not-leader" };
  const sheets = settledSheets(exam.id, who.ref, records, desk);
  const isWhole = new Set(sheets?.map(({ examiner }) => examiner)).size === row.panel.length;
  if (!sheets || !isWhole) return { refused: "share.unknown-sheet" };
  if (unanswered(sheets, statements, unasked).length > 0) return { refused: "settlement.statement-missing" };
  const policy = desk.policy();
  const totals = sheets.map(({ total }) => total);
  if (!policy || !areFiguresOf({ mean, spread }, totals, policyValues(policy)))
    return { refused: "share.total-mismatch" };
  const refused = desk.saidBefore(device, seq);
  return {
    body: {
      ...{ kind: "settlement.received", sitting: exam.id, candidate: who.ref, person: leader },
      ...{ records: [...records], reason, seq, hash, at },
      ...(refused ? { refused } : {}),
      ...{ from: device, bundle: desk.bundle },
    },
    attachments: [record],
  };
}

type Place = {
  readonly device: Kid;
  readonly row: NonNullable<ReturnType<SettlementDesk["sittingOf"]>>["row"];
};

/** The laptop it was signed on, and the sitting, where this candidate is one of it. */
function placeOf(
  exam: { readonly id: SittingId; readonly rubric: HashId },
  ref: CandidateRef,
  kid: Kid,
  desk: SettlementDesk,
): Place | { readonly refused: string } {
  const device = desk.personOf(kid)?.device;
  const sitting = desk.sittingOf(exam.id);
  if (!device || sitting?.row.rubric !== exam.rubric) return { refused: "share.unknown-sitting" };
  return sitting.refs.has(ref) ? { device, row: sitting.row } : { refused: "candidate.unknown" };
}

/** The sheets of a candidate as these records have them, whatever counts by now; undefined where one is not here. */
function settledSheets(
  sitting: SittingId,
  candidate: CandidateRef,
  records: readonly HashId[],
  desk: SettlementDesk,
): (SettledSheet<PersonId> & { readonly total: Fraction })[] | undefined {
  const versions = desk.sheetsOf(sitting, candidate).flatMap(({ examiner, signature, total, amendments }) => [
    { record: signature, examiner, total, isModerated: false },
    ...amendments.map((one) => ({
      ...{ record: one.hash, examiner, total: one.total },
      isModerated: one.reason === "moderation",
    })),
  ]);
  const found = records.flatMap((record) => versions.find((one) => one.record === record) ?? []);
  return found.length === records.length ? found : undefined;
}

function membersOf(desk: SettlementDesk): Members<PersonId> {
  return { lookup: desk.people, personOf: (kid) => desk.personOf(kid)?.id };
}
