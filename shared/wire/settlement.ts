// Reading a settlement like a proof: the leader's signature over exactly these records, and inside it what each member said, under
// that member's own. Words without their author's signature are nobody's. Whether the records still count, and whether the figures
// are theirs, is for whoever holds the sheets to say.
import { ok, refuse, type HashId, type Kid, type Refusal, type Result } from "#shared/base";
import { textToRecord } from "./envelope.ts";
import type { UpholdingRecord } from "./records.ts";
import { peekRecord, verifyPeeked, type KeyLookup, type PeekedRecord, type VerifyError } from "./verify.ts";

export type SettlementError =
  VerifyError | Refusal<"settlement.records" | "settlement.statement-invalid" | "settlement.statement-other">;

/** Somebody's own words about the record of their sheet. */
export interface Said<P extends string> {
  readonly person: P;
  readonly record: HashId;
}

export interface Settlers<P extends string> {
  readonly leader: P;
  readonly statements: readonly Said<P>[];
  /** The leader's first. */
  readonly keys: readonly Kid[];
}

/** Whose keys are asked for, and whose they are. */
export interface Members<P extends string> {
  readonly lookup: KeyLookup;
  readonly personOf: (kid: Kid) => P | undefined;
}

/** One person's word about one record: one signature, in the role of an examiner. */
export function verifyUpholding<P extends string>(
  record: PeekedRecord<"upholding">,
  { lookup, personOf }: Members<P>,
): Result<Said<P>, VerifyError> {
  const verified = verifyPeeked("upholding", record, lookup);
  if (!verified.ok) return verified;
  const person = personOf(record.value.by.kid);
  if (person === undefined) return refuse({ code: "wire.key-unknown" });
  return verified.value.length === 1
    ? ok({ person, record: record.value.record })
    : refuse({ code: "wire.signer-mismatch" });
}

// 1 the leader's signature, and no other · 2 each record once, in their order · 3 each statement readable, of this very candidate and
//   about one of these records · 4 under its author's own signature · 5 one of each author
export function verifySettlement<P extends string>(
  record: PeekedRecord<"settlement">,
  leaders: Members<P>,
  members: Members<P>,
): Result<Settlers<P>, SettlementError> {
  const verified = verifyPeeked("settlement", record, leaders.lookup);
  if (!verified.ok) return verified;
  const { by, records } = record.value;
  const leader = leaders.personOf(by.kid);
  if (leader === undefined) return refuse({ code: "wire.key-unknown" });
  if (verified.value.length > 1) return refuse({ code: "wire.signer-mismatch" });
  if (records.some((one, at) => at > 0 && one <= (records[at - 1] ?? one)))
    return refuse({ code: "settlement.records" });
  const peeked = statementsIn(record);
  if (!peeked) return refuse({ code: "settlement.statement-invalid" });
  if (!peeked.every(({ value }) => isAbout(value, record)))
    return refuse({ code: "settlement.statement-other" });
  const statements: Said<P>[] = [];
  for (const one of peeked) {
    const said = verifyUpholding(one, members);
    if (!said.ok) return refuse({ code: "settlement.statement-invalid" });
    if (statements.some(({ person }) => person === said.value.person))
      return refuse({ code: "settlement.statement-other" });
    statements.push(said.value);
  }
  return ok({ leader, statements, keys: [by.kid, ...peeked.map(({ value }) => value.by.kid)] });
}

/** What the members said, as it is written; undefined where one of it cannot be read. Nobody has verified it. */
export function statementsIn({
  value: { statements },
}: Pick<PeekedRecord<"settlement">, "value">): PeekedRecord<"upholding">[] | undefined {
  const peeked = statements.flatMap((text) => {
    const bytes = textToRecord(text);
    const statement = bytes && peekRecord("upholding", bytes);
    return statement?.ok ? [statement.value] : [];
  });
  return peeked.length === statements.length ? peeked : undefined;
}

function isAbout(
  { exam, candidate, record }: UpholdingRecord,
  { value }: PeekedRecord<"settlement">,
): boolean {
  const isOfCandidate = exam.id === value.exam.id && exam.rubric === value.exam.rubric;
  return isOfCandidate && candidate.ref === value.candidate.ref && value.records.includes(record);
}

/** A sheet that is settled about, as it counts. */
export interface SettledSheet<P extends string> {
  readonly record: HashId;
  readonly examiner: P;
  /** What counts is its author's amendment to bring the panel together. */
  readonly isModerated: boolean;
}

/** Whose sheet nobody answered for: neither kept in words, nor amended for the panel, nor of somebody who could not be asked any more. */
export function unanswered<P extends string>(
  sheets: readonly SettledSheet<P>[],
  statements: readonly Said<P>[],
  unasked: readonly P[],
): SettledSheet<P>[] {
  return sheets.filter(
    ({ record, examiner, isModerated }) =>
      !isModerated &&
      !unasked.includes(examiner) &&
      !statements.some((one) => one.person === examiner && one.record === record),
  );
}
