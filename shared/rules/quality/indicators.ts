// The quality of institutions as it may be published (domain 8.4): so many of so many, per hundred, with an interval, so that
// five of ten is not read like five hundred of a thousand. What would tell of single people is withheld.
import type { InstitutionId } from "#shared/base";
import {
  QUALITY_INDICATORS,
  type QualityIndicator,
  type QualityLimitValues,
  type QualitySources,
  type Share,
} from "#shared/exam";
import type { Interval } from "./bootstrap.ts";
import { whyWithheld, withholdIn, type FigureKind, type WithheldWhy } from "./withhold.ts";

/** A count, or that it is withheld. */
export type PublishedCount = number | "withheld";

export interface PublishedShare {
  readonly hits: PublishedCount;
  readonly of: PublishedCount;
  /** Per hundred, and between which two; null where a count is withheld or there is nothing to divide by. */
  readonly rate: (Interval & { readonly perHundred: number }) | null;
}

export interface PublishedQuality {
  readonly rows: readonly {
    readonly institution: InstitutionId;
    readonly name: QualitySources["name"];
    /** Null: not handed in. */
    readonly shares: Readonly<Record<QualityIndicator, PublishedShare | null>>;
  }[];
  /** Of those who handed it in; null where nobody did. */
  readonly all: Readonly<Record<QualityIndicator, PublishedShare | null>>;
}

/** A figure of one institution that nobody adds up with others', and why it is not told. */
export interface LoneShare extends PublishedShare {
  readonly why: WithheldWhy | null;
}

export function publishQuality(
  institutions: readonly QualitySources[],
  { leastPublished }: Pick<QualityLimitValues, "leastPublished">,
): PublishedQuality {
  // A batch is nobody: how many were late is told to the last one.
  const columns = perIndicator((indicator) =>
    columnOf(institutions, indicator, indicator === "late" ? 0 : leastPublished),
  );
  return {
    rows: institutions.map(({ institution, name }, place) => ({
      institution,
      name,
      shares: perIndicator((indicator) => columns[indicator].shares[place] ?? null),
    })),
    all: perIndicator((indicator) => columns[indicator].total),
  };
}

export function publishLone(share: Share, least: number, per: FigureKind): LoneShare {
  const why = whyWithheld(share, least, per);
  const intervalOf = per === "share" ? shareInterval : rateInterval;
  return { ...publish(share, why === "few", why !== null, intervalOf), why };
}

/** So many per hundred, and between which two; null of nothing. */
export function perHundred(share: Share, per: FigureKind): PublishedShare["rate"] {
  return publishLone(share, 0, per).rate;
}

/** Both intervals at 95 %. */
const z = 1.96;

/** The score interval of a Poisson count, over what it is out of: the same idea as Wilson's, for what has no upper end. */
export function rateInterval({ hits, of }: Share): Interval {
  const middle = hits + (z * z) / 2;
  const half = z * Math.sqrt(hits + (z * z) / 4);
  return { low: Math.max(0, middle - half) / of, high: (middle + half) / of };
}

/** Wilson's 95 % interval (1927) for a share: it never leaves nothing to all, and is wide for few. */
export function shareInterval({ hits, of }: Share): Interval {
  const share = hits / of;
  const scale = 1 + (z * z) / of;
  const middle = (share + (z * z) / (2 * of)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

function columnOf(institutions: readonly QualitySources[], indicator: QualityIndicator, least: number) {
  const places = institutions.flatMap((one, place) => {
    const share = one[indicator];
    return share ? [{ place, share }] : [];
  });
  const shares = places.map(({ share }) => share);
  const withheld = withholdIn(shares, least);
  const published = new Map(
    places.map(({ place, share }, at) => [
      place,
      publish(share, withheld.of.has(at), withheld.hits.has(at), shareInterval),
    ]),
  );
  const sum = (of: (share: Share) => number) => shares.reduce((all, share) => all + of(share), 0);
  const whole = { hits: sum(({ hits }) => hits), of: sum(({ of }) => of) };
  return {
    shares: institutions.map((_, place) => published.get(place) ?? null),
    total: shares.length === 0 ? null : publish(whole, withheld.totalOf, withheld.totalHits, shareInterval),
  };
}

function publish(
  share: Share,
  isOfWithheld: boolean,
  areHitsWithheld: boolean,
  intervalOf: (share: Share) => Interval,
): PublishedShare {
  const isWhole = !isOfWithheld && !areHitsWithheld && share.of > 0;
  const { low, high } = isWhole ? intervalOf(share) : { low: 0, high: 0 };
  return {
    hits: areHitsWithheld ? "withheld" : share.hits,
    of: isOfWithheld ? "withheld" : share.of,
    rate: isWhole ? { perHundred: (100 * share.hits) / share.of, low: 100 * low, high: 100 * high } : null,
  };
}

function perIndicator<T>(of: (indicator: QualityIndicator) => T): Record<QualityIndicator, T> {
  return Object.fromEntries(QUALITY_INDICATORS.map((indicator) => [indicator, of(indicator)])) as Record<
    QualityIndicator,
    T
  >;
}
