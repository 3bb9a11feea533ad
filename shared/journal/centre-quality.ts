// The quality of a centre over one year, as far as this laptop holds it (domain 8.4): a fold over rows, so that the screen, the
// report and a test come to the same. Who is who is told to a supervisor alone, and nothing of a panel that has not signed.
import { z } from "zod";
import { groupBy, PersonId, SittingId, type ClockReading } from "#shared/base";
import { countedInTurn, hasRole, Share, type QualityLimitValues, type Sheet } from "#shared/exam";
import { estimateSeverity, median, toPoints, type Severity, type SignedTotal } from "#shared/rules";
import { recordsOfSitting, withheldCandidates } from "./review.ts";
import { revealedSheets } from "./revealed.ts";
import { standingRoster } from "./standing-roster.ts";
import { everOnPanel } from "./staff.ts";
import type { BatchRow, CandidateRow, PersonRow, SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

/** What is counted as so many of so many, in the order it is shown. */
export const CENTRE_SHARES = ["rechecked", "lookedAgain", "amended", "appealed"] as const;
export type CentreShare = (typeof CENTRE_SHARES)[number];

const Interval = z.strictObject({ low: z.number(), high: z.number() });

/** How long something took, in milliseconds; null where it never came to an end. */
export const Delay = z.strictObject({
  count: z.int().min(0),
  /** Not done yet. */
  open: z.int().min(0),
  /** One of the two clocks stood wrong: the end lies before the beginning. */
  doubtful: z.int().min(0),
  times: z.strictObject({ shortest: z.number(), middle: z.number(), longest: z.number() }).nullable(),
});
export type Delay = z.infer<typeof Delay>;

export const CentreQuality = z.strictObject({
  /** Those with a sitting on this laptop, the newest first. */
  years: z.array(z.int()),
  /** Null where there is none. */
  year: z.int().nullable(),
  /** The oldest first, with the sheets that were signed. */
  sittings: z.array(z.strictObject({ id: SittingId, signed: z.int().min(0) })),
  signed: z.int().min(0),
  severity: z.strictObject({
    /** The mildest first; whom nothing is said of come last and have no figure. `person`: null for whoever does not supervise. */
    examiners: z.array(
      z.strictObject({
        person: PersonId.nullable(),
        sheets: z.int().min(1),
        points: z.number().nullable(),
        interval: Interval.nullable(),
        verdict: z.enum(["too-few", "within", "milder", "stricter", "unclear"]),
      }),
    ),
    /** Sittings that were left out, because whoever asks sat on their panel. */
    leftOut: z.int().min(0),
    allowed: z.number(),
    least: z.int(),
  }),
  shares: z.strictObject({ rechecked: Share, lookedAgain: Share, amended: Share, appealed: Share }),
  /** From signature to sealing, and from sealing to the registry's receipt. */
  delays: z.strictObject({ sealing: Delay, receipt: Delay }),
});
export type CentreQuality = z.infer<typeof CentreQuality>;

export type QualityOffice = "supervisor" | "office";

/** Who may look at all: a supervisor is told names, the office the same without them. Null for everybody else. */
export function qualityOffice(person: Pick<PersonRow, "roles" | "ended">): QualityOffice | null {
  if (person.ended !== null) return null;
  if (hasRole(person, "supervisor")) return "supervisor";
  return hasRole(person, "administrator") ? "office" : null;
}

export interface QualityAsked {
  /** Null for the newest. */
  readonly year: number | null;
  /** Null for a report, which names nobody and leaves nothing out. */
  readonly asker: Pick<PersonRow, "id" | "roles" | "ended"> | null;
  readonly limits: QualityLimitValues;
}

export function centreQuality(
  { year: asked, asker, limits }: QualityAsked,
  view: JournalView,
): CentreQuality {
  const all = [...view.rows("sittings")].sort((a, b) => a.day.localeCompare(b.day));
  const years = [...new Set(all.map(yearOf))].reverse();
  const year = asked !== null && years.includes(asked) ? asked : (years[0] ?? null);
  const sittings = all
    .filter((sitting) => yearOf(sitting) === year)
    .map((sitting) => recordsFor(sitting, view));
  const isTold = asker !== null && qualityOffice(asker) === "supervisor";
  // Nobody supervises a panel they sat on.
  const judged = sittings.filter(({ sitting }) => !isTold || !everOnPanel(sitting).includes(asker.id));
  const severity = estimateSeverity(judged.flatMap(totalsOf), limits, year ?? 0);
  const batches = view.rows("batches").filter((batch) => !batch.carried);
  const sheets = sittings.flatMap((one) => one.signed);
  return {
    ...{ years, year, signed: sheets.length },
    sittings: sittings.map(({ sitting, signed }) => ({ id: sitting.id, signed: signed.length })),
    severity: {
      examiners: [...severity.filter(isSaid), ...severity.filter((one) => !isSaid(one))].map((one) => ({
        person: isTold ? one.examiner : null,
        sheets: one.sheets,
        // Below the least number not even the figure leaves this fold.
        points: isSaid(one) ? one.points : null,
        interval: isSaid(one) && one.interval ? { ...one.interval } : null,
        verdict: one.verdict,
      })),
      leftOut: sittings.length - judged.length,
      allowed: limits.severityPoints,
      least: limits.severityLeastSheets,
    },
    shares: {
      rechecked: shareOf(
        sittings.flatMap(({ candidates }) => candidates.flatMap(({ rechecks }) => rechecks)),
        ({ finding }) => finding === "CORRECTED",
      ),
      lookedAgain: shareOf(sittings.flatMap(lookedAtAgain), cameToAnother),
      amended: shareOf(sheets.flatMap(amendmentsOf), ({ stands }) => stands),
      appealed: shareOf(sheets, (sheet) =>
        countedInTurn(sheet).some(({ amendment }) => amendment?.reason === "appeal"),
      ),
    },
    delays: { sealing: sealingOf(sheets, batches), receipt: receiptOf(batches, sittings) },
  };
}

interface OfSitting {
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
  readonly sheets: readonly Sheet[];
  readonly signed: readonly Sheet[];
  /** Whose result does not stand: what was taken away for a breach says nothing of who sat beside it. */
  readonly withheld: ReadonlySet<string>;
}

function recordsFor(sitting: SittingRow, view: JournalView): OfSitting {
  const records = recordsOfSitting(sitting.id, view);
  const { sheets } = records;
  const candidates = standingRoster(records);
  const withheld = new Set<string>(withheldCandidates(records).keys());
  return { sitting, candidates, sheets, signed: sheets.filter(({ signature }) => signature), withheld };
}

function yearOf({ day }: Pick<SittingRow, "day">): number {
  return Number(day.slice(0, 4));
}

/** R45: Of panels that have signed, as each signed first. */
function totalsOf({ sitting, candidates, sheets, withheld }: OfSitting): SignedTotal[] {
  const own = groupBy(sheets, ({ candidate }) => candidate);
  return candidates
    .filter(({ ref }) => !withheld.has(ref))
    .flatMap((candidate) => revealedSheets(sitting, candidate, own.get(candidate.ref) ?? []) ?? [])
    .flatMap(({ candidate, examiner, signature }) =>
      signature ? [{ candidate, examiner, points: toPoints(signature.total) }] : [],
    );
}

function isSaid({ verdict }: Severity): boolean {
  return verdict !== "too-few";
}

/** Sheets whose author looked at them once more, because the panel lay apart or a supervisor asked. */
function lookedAtAgain({ candidates, signed }: OfSitting): Sheet[] {
  const upheld = new Set<string>(candidates.flatMap((one) => one.upheld).map(({ record }) => record));
  return signed.filter((sheet) =>
    countedInTurn(sheet).some(
      ({ hash, amendment }) => amendment?.reason === "moderation" || upheld.has(hash),
    ),
  );
}

/** Not to the total that was signed first. */
function cameToAnother(sheet: Sheet): boolean {
  const totals = countedInTurn(sheet).map(({ total }) => toPoints(total));
  return totals[0] !== totals.at(-1);
}

function amendmentsOf(sheet: Sheet): { readonly stands: boolean }[] {
  const counted = new Set<string>(countedInTurn(sheet).map(({ hash }) => hash));
  return sheet.amendments.map(({ hash }) => ({ stands: counted.has(hash) }));
}

function shareOf<T>(all: readonly T[], isHit: (one: T) => boolean): Share {
  return { hits: all.filter(isHit).length, of: all.length };
}

/** Of sheets signed here: another laptop's chain is sealed there. */
function sealingOf(sheets: readonly Sheet[], batches: readonly BatchRow[]): Delay {
  return delayOf(
    sheets.flatMap(({ from, signature }) => {
      if (from !== null || signature === null) return [];
      const { at, seq } = signature;
      const batch = batches.find(({ range }) => seq >= range.first && seq <= range.last);
      return [batch ? between(at, batch.sealedAt) : null];
    }),
  );
}

function receiptOf(batches: readonly BatchRow[], sittings: readonly OfSitting[]): Delay {
  const own = new Set<string>(sittings.map(({ sitting }) => sitting.id));
  return delayOf(
    batches
      .filter(({ sitting }) => own.has(sitting))
      .map(({ receipt, sealedAt }) => receipt && receipt.acceptedAt - sealedAt.wall),
  );
}

/** What the monotonic clock says, where both were read since the same start of the computer. */
function between(from: ClockReading, to: ClockReading): number {
  return from.boot === to.boot ? to.mono - from.mono : to.wall - from.wall;
}

function delayOf(times: readonly (number | null)[]): Delay {
  const done = times.filter((time) => time !== null);
  const sound = done.filter((time) => time >= 0).sort((a, b) => a - b);
  const [shortest, longest] = [sound[0], sound.at(-1)];
  return {
    count: sound.length,
    open: times.length - done.length,
    doubtful: done.length - sound.length,
    times:
      shortest === undefined || longest === undefined ? null : { shortest, middle: median(sound), longest },
  };
}
