// Reading a review like a proof: the supervisor's signature first, then the second person's where one is named, under the office
// that the record says. Whether this decision needed one, and whether it still speaks of what counts, is asked elsewhere.
import {
  ok,
  refuse,
  utf8,
  type CandidateRef,
  type HashId,
  type Kid,
  type Refusal,
  type Result,
} from "#shared/base";
import { hashId } from "#shared/crypto";
import type { ReviewSubject } from "#shared/exam";
import { secondSigner } from "./second-signer.ts";
import { verifyPeeked, type KeyLookup, type PeekedRecord, type VerifyError } from "./verify.ts";

export type ReviewError = VerifyError | Refusal<"review.second-missing">;

export interface Reviewers<P extends string> {
  readonly person: P;
  /** Null where the record names none. */
  readonly second: P | null;
  readonly keys: readonly Kid[];
}

// 1 every signature, the supervisor's first · 2 whoever is named as second signed too · 3 under the office it names ·
//   4 two people
export function verifyReview<P extends string>(
  record: PeekedRecord<"review">,
  lookup: KeyLookup,
  personOf: (kid: Kid) => P | undefined,
): Result<Reviewers<P>, ReviewError> {
  const verified = verifyPeeked("review", record, lookup);
  if (!verified.ok) return verified;
  const keys = verified.value.map(({ kid }) => kid);
  const { by, second } = record.value;
  const person = personOf(by.kid);
  if (person === undefined) return refuse({ code: "wire.key-unknown" });
  if (!second) return ok({ person, second: null, keys });
  const two = secondSigner({
    ...{ signers: verified.value, first: by.kid, named: second, personOf },
    missing: "review.second-missing",
  });
  return two.ok ? ok({ person, second: two.value.second, keys }) : two;
}

/** What lies somewhere of one sitting, as far as a decision asks: whose it is, the record that names it, and what counts of it. */
export interface Looked {
  readonly candidate: CandidateRef;
  /** Of the record that was signed first; what a subject names a sheet by. */
  readonly hash: HashId;
  /** The record that counts now: the same, or its last amendment. */
  readonly effective: HashId;
}

/** The same, with everything that ever counted of it: the record that was signed first, and its amendments. */
export interface LookedOverTime extends Looked {
  readonly versions: readonly HashId[];
}

/** Whether a decision about this looks at that sheet. */
export function isLookedAt(
  subject: ReviewSubject,
  { candidate, hash }: Pick<Looked, "candidate" | "hash">,
): boolean {
  return isOfSubject(subject, candidate) && (subject.kind !== "sheet" || hash === subject.sheet);
}

/**
 * Whether a decision about this looks at all of it: every sheet, or every candidate where it is about no sheet. One that is not signed
 * is looked at by a decision about the whole sitting alone.
 */
export function isAllLookedAt(
  subject: ReviewSubject,
  about: {
    readonly candidates: readonly CandidateRef[];
    readonly sheets: readonly (Pick<Looked, "candidate" | "hash"> | undefined)[];
  },
): boolean {
  if (subject.kind === "sitting") return true;
  const { candidates, sheets } = about;
  if (sheets.length > 0) return sheets.every((one) => one !== undefined && isLookedAt(subject, one));
  return candidates.length > 0 && candidates.every((ref) => isOfSubject(subject, ref));
}

/** Whether a decision about this concerns that candidate. */
export function isOfSubject(subject: ReviewSubject, candidate: CandidateRef): boolean {
  return subject.kind === "sitting" || candidate === subject.candidate;
}

/**
 * Of those who left, whoever the whole panel has signed for as well: two signed truths that contradict each other. Asked of what lies
 * here and not of what came first, so that every laptop and the registry come to the same.
 */
export function contradictedOf<L extends Pick<Looked, "candidate">>(
  leavings: readonly L[],
  sheets: readonly Pick<Looked, "candidate">[],
  members: number,
): L[] {
  return leavings.filter(
    (left) => sheets.filter(({ candidate }) => candidate === left.candidate).length >= members,
  );
}

/**
 * What counts of it under one name, out of everything that lies here of the sitting: of a sheet its record, of a candidate or a
 * sitting the sheets, the absences, and what contradicts the sheets. Null where there is nothing.
 */
export function basisOver(
  subject: ReviewSubject,
  sheets: readonly Looked[],
  beside: readonly Pick<Looked, "candidate" | "hash">[],
): HashId | null {
  const counting = sheets.filter((one) => isLookedAt(subject, one)).map(({ effective }) => effective);
  if (subject.kind === "sheet") return counting[0] ?? null;
  const others = beside.filter((one) => isOfSubject(subject, one.candidate)).map(({ hash }) => hash);
  const records = [...counting, ...others];
  return records.length > 0 ? basisHash(records) : null;
}

/** One name for everything that counted of a candidate or a sitting, in whatever order it is listed. */
export function basisHash(records: readonly HashId[]): HashId {
  return hashId(utf8([...records].sort().join("\n")));
}

/** Combinations that are tried; a sitting in which more was amended is looked at anew. */
const MOST_COMBINED = 4096;

/**
 * Whether this was the basis before sheets of it were amended. Who returned a sheet meant the record that counted then, and an
 * amendment is the answer: which of the two travels faster makes no difference.
 */
export function wasBasis(
  basis: HashId,
  subject: ReviewSubject,
  sheets: readonly LookedOverTime[],
  beside: readonly Pick<Looked, "candidate" | "hash">[],
): boolean {
  const looked = sheets.filter((one) => isLookedAt(subject, one));
  const count = looked.reduce((product, { versions }) => product * versions.length, 1);
  if (count > MOST_COMBINED) return false;
  let combined: Looked[][] = [[]];
  for (const { versions, ...sheet } of looked)
    combined = combined.flatMap((before) =>
      versions.map((effective) => [...before, { ...sheet, effective }]),
    );
  const now = basisOver(subject, looked, beside);
  return basis !== now && combined.some((then) => basisOver(subject, then, beside) === basis);
}
