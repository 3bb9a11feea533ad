// A sheet's versions as people tell them apart: what was signed first, every amendment, which one counts, and how far each is on
// its way to the registry.
import type { Fraction, HashId, PersonId } from "#shared/base";
import {
  countedInTurn,
  marksOf,
  type AmendmentOffice,
  type AmendmentReason,
  type Sheet,
  type SheetAmendment,
  type SheetMarks,
} from "#shared/exam";
import type { BatchRow } from "#shared/journal";
import type { Text } from "../../../i18n/index.ts";

export type Standing = "counts" | "replaced" | "refused" | "beside";

export type Way =
  | { readonly at: "signed" | "sealed" | "stored" | "elsewhere" }
  /** A note's code. */
  | { readonly at: "refused"; readonly code: string };

export interface Version {
  /** 0 is what was signed first. */
  readonly n: number;
  readonly hash: HashId;
  readonly marks: SheetMarks;
  readonly total: Fraction;
  readonly atMs: number;
  readonly standing: Standing;
  readonly amendment: {
    readonly reason: AmendmentReason;
    readonly text: string;
    readonly approvedBy: PersonId;
    readonly office: AmendmentOffice;
    readonly way: Way;
  } | null;
}

/** Oldest first; none of a sheet that is not signed. */
export function versionsOf(sheet: Sheet, batches: readonly BatchRow[]): Version[] {
  const { signature, amendments } = sheet;
  const counted = countedInTurn(sheet).map(({ hash }) => hash);
  if (!signature) return [];
  const standingOf = (hash: HashId, refused: string | null): Standing => {
    if (hash === counted.at(-1)) return "counts";
    if (refused !== null) return "refused";
    return counted.includes(hash) ? "replaced" : "beside";
  };
  return [
    {
      ...{ n: 0, hash: signature.hash, total: signature.total, atMs: signature.at.wall },
      marks: sheet.signed ?? marksOf(sheet),
      standing: standingOf(signature.hash, null),
      amendment: null,
    },
    ...amendments.map(({ hash, marks, total, at, refused, seq, from, ...words }, place) => {
      const { reason, text, approvedBy, office } = words;
      return {
        ...{ n: place + 1, hash, marks, total, atMs: at.wall, standing: standingOf(hash, refused) },
        amendment: { reason, text, approvedBy, office, way: wayOf({ seq, refused, from }, batches) },
      };
    }),
  ];
}

export function versionName(t: Text, { n }: Pick<Version, "n">): string {
  return n === 0 ? t("amending.versions.first") : t("amending.versions.nth", { n });
}

function wayOf(
  { seq, refused, from }: Pick<SheetAmendment, "seq" | "refused" | "from">,
  batches: readonly BatchRow[],
): Way {
  if (refused !== null) return { at: "refused", code: refused };
  if (from !== null) return { at: "elsewhere" };
  const batch = batches.find(({ amended }) => amended.some((place) => place.seq === seq));
  return { at: !batch ? "signed" : batch.receipt ? "stored" : "sealed" };
}
