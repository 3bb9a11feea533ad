// A settlement of a divergent panel: whose words are inside it, and whether they are theirs; and, where the sheets it names were
// given too, whether its figures are those of the sheets: the spread, and beside its permit the mean. Written again from decision 021.
import { at, listAt, numberAt, readRecords, textAt, type Json, type SignedRecord } from "./record.ts";

/** What a key is known as: roles and owners, by permit. */
type OwnersOf = (kid: string) => readonly string[];

/** The first thing that is wrong, and under whose key. */
export interface Trouble {
  readonly wrong: string;
  readonly kid: string;
}

/** The members' own records inside; undefined where one of them is none. */
export function statementsOf({ value }: SignedRecord): SignedRecord[] | undefined {
  const found = listAt(value, "statements").map((text) => {
    if (typeof text !== "string") return undefined;
    const bytes = Buffer.from(text, "base64");
    const [one, ...more] = bytes.toString("base64") === text ? (readRecords(bytes) ?? []) : [];
    return one && !("wrong" in one) && more.length === 0 && one.kind === "upholding" ? one : undefined;
  });
  return found.every((one) => one !== undefined) ? found : undefined;
}

/** Without a look at any signature: each record once and in order, each statement about one of them, each author once. */
export function troubleIn(record: SignedRecord, owners: OwnersOf): Trouble | undefined {
  const { value } = record;
  const kid = textAt(value, "by", "kid");
  const records = recordsOf(record);
  const isOrdered = records.every((one, i) => i === 0 || (records[i - 1] ?? "") < one);
  if (records.length < 2 || !isOrdered || record.signatures.length !== 1)
    return { wrong: "settlement-records", kid };
  const statements = statementsOf(record);
  if (!statements) return { wrong: "statement", kid };
  const authors: string[] = [];
  for (const one of statements) {
    const author = textAt(one.value, "by", "kid");
    const isAbout =
      ["exam.id", "exam.rubric", "candidate.ref"].every(
        (path) => textAt(one.value, ...path.split(".")) === textAt(value, ...path.split(".")),
      ) && records.includes(textAt(one.value, "record"));
    const isRepeated = [author, ...owners(author)].some((name) => authors.includes(name));
    if (!isAbout || isRepeated || one.signatures.length !== 1)
      return { wrong: "statement-other", kid: author };
    authors.push(author, ...owners(author));
  }
  return undefined;
}

/** Sheets and amendments that were given, by their hash; and the policy that the permit of the settlement holds. */
interface Beside {
  readonly sheetOf: (hash: string) => SignedRecord | undefined;
  readonly policy: Json | undefined;
  readonly owners: OwnersOf;
}

/** Against the sheets, as far as they were given. */
export function troubleBeside(
  record: SignedRecord,
  { sheetOf, policy, owners }: Beside,
): Trouble | undefined {
  for (const one of statementsOf(record) ?? []) {
    const kid = textAt(one.value, "by", "kid");
    const sheet = sheetOf(textAt(one.value, "record"));
    const author = sheet && textAt(sheet.value, "by", "kid");
    const isTheirs = author === kid || owners(kid).some((name) => owners(author ?? "").includes(name));
    if (sheet && !isTheirs) return { wrong: "statement-other", kid };
  }
  const totals = recordsOf(record).flatMap((hash) => {
    const sheet = sheetOf(hash);
    return sheet ? [totalOf(sheet)] : [];
  });
  if (totals.length < recordsOf(record).length) return undefined;
  const { value } = record;
  const sorted = [...totals].sort((a, b) => Number(sign(minus(a, b))));
  const [lowest = ZERO, highest = ZERO] = [sorted[0], sorted.at(-1)];
  if (!isSame(minus(highest, lowest), fractionAt(value, "spread")))
    return { wrong: "settlement-figures", kid: textAt(value, "by", "kid") };
  if (policy === undefined) return undefined;
  const isTrimmed =
    at(policy, "trimExtremes", "value") === true && sorted.length >= numberAt(policy, "trimFrom", "value");
  const counted = isTrimmed ? sorted.slice(1, -1) : sorted;
  const sum = counted.reduce((a, b) => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d }), ZERO);
  const mean = { n: sum.n, d: sum.d * BigInt(counted.length) };
  return isSame(mean, fractionAt(value, "mean"))
    ? undefined
    : { wrong: "settlement-figures", kid: textAt(value, "by", "kid") };
}

/** What may be said of it once `troubleBeside` found nothing: its figures were held against no sheets, but for the mean, or all. */
export function comparedIn(
  record: SignedRecord,
  { sheetOf, policy }: Omit<Beside, "owners">,
): "settlement" | "settlement-spread" | "settlement-compared" {
  if (givenOf(record, sheetOf) < recordsOf(record).length) return "settlement";
  return policy === undefined ? "settlement-spread" : "settlement-compared";
}

/** How many of the sheets it names were given. */
export function givenOf(record: SignedRecord, sheetOf: Beside["sheetOf"]): number {
  return recordsOf(record).filter((hash) => sheetOf(hash)).length;
}

function recordsOf({ value }: SignedRecord): string[] {
  return listAt(value, "records").flatMap((one) => (typeof one === "string" ? [one] : []));
}

interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}
const ZERO: Fraction = { n: 0n, d: 1n };

/** What a sheet was signed for, and what an amendment makes of it. */
function totalOf({ kind, value }: SignedRecord): Fraction {
  return kind === "amendment" ? fractionAt(value, "new", "total") : fractionAt(value, "total");
}

function fractionAt(value: Json, ...path: readonly string[]): Fraction {
  const [n, d] = [numberAt(value, ...path, "n"), numberAt(value, ...path, "d")];
  return Number.isSafeInteger(n) && Number.isSafeInteger(d) && d > 0 ? { n: BigInt(n), d: BigInt(d) } : ZERO;
}

function minus(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d - b.n * a.d, d: a.d * b.d };
}

function sign({ n }: Fraction): bigint {
  return n === 0n ? 0n : n > 0n ? 1n : -1n;
}

function isSame(a: Fraction, b: Fraction): boolean {
  return sign(minus(a, b)) === 0n;
}
