// What a centre may publish of its own quality (domain 8.4): the same figures as its screen has, without a single person in them.
// Small counts are withheld, and it is said which and why (quality/withhold.ts).
import { invariant } from "#shared/base";
import type { QualityLimitValues, Words } from "#shared/exam";
import { FLAG_CODES, publishLone, type FlagCode, type LoneShare, type PublishedCount } from "#shared/rules";
import { CENTRE_SHARES, type CentreQuality, type CentreShare, type Delay } from "./centre-quality.ts";
import { ONLY } from "./tables.ts";
import type { JournalView } from "./view.ts";

export type CodeCounts = ReadonlyMap<FlagCode, number>;

/** Of the examiners with enough sheets, those beyond what is allowed; the dots of single ones are nobody's to publish. */
export const PUBLISHED_SHARES = [...CENTRE_SHARES, "severity"] as const;
export type PublishedShareName = CentreShare | "severity";

export interface QualityForm {
  readonly institution: Words;
  readonly demo: boolean;
  readonly year: number;
  readonly sittings: number;
  readonly signed: PublishedCount;
  readonly shares: readonly { readonly name: PublishedShareName; readonly share: LoneShare }[];
  /** Only those that were raised; how many of a hundred signed sheets. */
  readonly flags: readonly { readonly code: FlagCode; readonly rate: LoneShare }[];
  /** Where few sheets are sealed, or few are not yet, a time tells of single ones; a batch is nobody. */
  readonly delays: { readonly sealing: Delay | "withheld"; readonly receipt: Delay };
  readonly least: number;
  readonly allowed: number;
}

export function qualityForm(
  quality: CentreQuality,
  flags: CodeCounts,
  { leastPublished: least }: Pick<QualityLimitValues, "leastPublished">,
  view: Pick<JournalView, "read">,
): QualityForm {
  const { year, sittings, signed, severity, shares, delays } = quality;
  const centre = view.read("centre", ONLY);
  invariant(centre && year !== null, "a sitting is of a centre, and of a year");
  const examiners = severity.examiners.filter(({ verdict }) => verdict !== "too-few");
  const beyond = examiners.filter(({ verdict }) => verdict === "milder" || verdict === "stricter");
  const all = { ...shares, severity: { hits: beyond.length, of: examiners.length } };
  const isSmall = (count: number) => count > 0 && count < least;
  const { sealing } = delays;
  return {
    institution: centre.institution.name,
    demo: centre.institution.demo || centre.permit?.policy === "demo",
    year,
    sittings: sittings.length,
    signed: isSmall(signed) ? "withheld" : signed,
    shares: PUBLISHED_SHARES.map((name) => ({ name, share: publishLone(all[name], least, "share") })),
    flags: FLAG_CODES.flatMap((code) => {
      const hits = flags.get(code) ?? 0;
      return hits === 0 ? [] : [{ code, rate: publishLone({ hits, of: signed }, least, "rate") }];
    }),
    delays: {
      ...delays,
      sealing: [sealing.count, sealing.open, sealing.doubtful].some(isSmall) ? "withheld" : sealing,
    },
    least,
    allowed: severity.allowed,
  };
}
