// Admission slips (准考证) as they are printed: one for each candidate who is to come, with where they sit once that was drawn. The name
// stands on it, because it is the candidate's own; of the number on their document only what every list shows (R78).
import type { CandidateRef, SittingId } from "#shared/base";
import { slipText } from "#shared/wire";
import { placeOf } from "./check-in.ts";
import { leavingOf } from "./expected.ts";
import { recordsOfSitting } from "./review.ts";
import { standingRoster } from "./standing-roster.ts";
import { formHead, type FormHead } from "./score-form.ts";
import type { JournalView } from "./view.ts";

export interface SlipForm extends FormHead {
  readonly slips: readonly PrintedSlip[];
}

export interface PrintedSlip {
  readonly no: number;
  readonly candidate: string;
  readonly ticketNo: string;
  readonly idMasked: string;
  readonly rotation: number;
  /** Null before the draw, or of whoever was moved since: the line is filled in by hand. */
  readonly place: number | null;
  /** What the square says. */
  readonly qr: string;
}

/** Of one candidate, or of everybody who has not left; whoever is recorded as absent may still come. */
export function slipForm(id: SittingId, only: CandidateRef | null, view: JournalView): SlipForm | null {
  const sitting = view.read("sittings", id);
  if (!sitting) return null;
  const candidates = standingRoster(recordsOfSitting(id, view)).filter((one) =>
    only === null ? leavingOf(one) === null : one.ref === only,
  );
  return {
    ...formHead(sitting, view),
    slips: [...candidates]
      .sort((a, b) => a.no - b.no)
      .map((candidate) => ({
        ...{ no: candidate.no, candidate: candidate.name, ticketNo: candidate.ticketNo },
        ...{ idMasked: candidate.idMasked, rotation: candidate.rotation, place: placeOf(candidate) },
        qr: slipText({ sitting: id, no: candidate.no }),
      })),
  };
}
