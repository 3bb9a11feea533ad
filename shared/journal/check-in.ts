// Check-in of a sitting: who may compare documents with the roster and draw workplaces, and how far it is. It tells whoever marks who
// was seen to be who they say; it stops nobody's exam (decision 034).
import { groupBy, ok, refuse, type PersonId, type Refusal, type Result, type SittingId } from "#shared/base";
import { isCheckedIn, isWholeCheck, standingCheck } from "#shared/exam";
import type { SeatGroup } from "#shared/rules";
import type { EntryBody } from "./entry.ts";
import { isExpected, leavingOf } from "./expected.ts";
import { isBlindTo } from "./identity.ts";
import type { Intent } from "./intent.ts";
import { answersForDay } from "./staff.ts";
import type { CandidateRow, PersonRow, SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

type LeadingRefusal = Refusal<"sitting.unknown" | "check-in.not-leader" | "check-in.blind">;

/** R45: Names and numbers of a sitting that is marked by number are none of its markers' business, the leader's among them. */
export function leadsCheckIn(person: PersonRow, sitting: SittingRow): Result<void, LeadingRefusal> {
  if (!answersForDay(person, sitting)) return refuse({ code: "check-in.not-leader" });
  return isBlindTo(person.id, sitting) ? refuse({ code: "check-in.blind" }) : ok(undefined);
}

export type CheckInRefusal = Refusal<
  | LeadingRefusal["code"]
  | "candidate.unknown"
  | "candidate.absent"
  | "candidate.left"
  | `check-in.${"twice" | "none" | "no-reason"}`
>;

export function admitCheck(
  intent: Extract<Intent, { kind: `identity.${string}` }>,
  person: PersonRow,
  view: JournalView,
): Result<EntryBody, CheckInRefusal> {
  const { sitting: id, candidate: ref } = intent;
  const sitting = view.read("sittings", id);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  const leads = leadsCheckIn(person, sitting);
  if (!leads.ok) return leads;
  const candidate = view.read("candidates", ref);
  if (candidate?.sitting !== id) return refuse({ code: "candidate.unknown" });
  if (intent.kind === "identity.undo")
    return standingCheck(candidate)
      ? ok({ kind: "identity.check-undone", sitting: id, candidate: ref })
      : refuse({ code: "check-in.none" });
  if (candidate.absence) return refuse({ code: "candidate.absent" });
  if (leavingOf(candidate)) return refuse({ code: "candidate.left" });
  if (isCheckedIn(candidate)) return refuse({ code: "check-in.twice" });
  if (!isWholeCheck(intent.said)) return refuse({ code: "check-in.no-reason" });
  return ok({ kind: "identity.checked", sitting: id, candidate: ref, ...intent.said });
}

export interface CheckInCounts {
  /** Who is to be checked in, as the roster stands: not those who are recorded as absent, nor those who left. */
  readonly expected: number;
  readonly checkedIn: number;
  /** Their document did not match, and nobody has seen another since. */
  readonly mismatched: number;
  readonly missing: number;
}

export function countCheckIn(candidates: readonly CandidateRow[]): CheckInCounts {
  const expected = candidates.filter(isExpected);
  const checkedIn = expected.filter(isCheckedIn).length;
  const mismatched = expected.filter((one) => standingCheck(one)?.matches === false).length;
  return {
    expected: expected.length,
    checkedIn,
    mismatched,
    missing: expected.length - checkedIn - mismatched,
  };
}

/** Somebody was looked at on this laptop: from then on whoever was not is worth a question. */
export function usesCheckIn(candidates: readonly CandidateRow[]): boolean {
  return candidates.some((one) => standingCheck(one) !== null);
}

/** What whoever opens a sheet should know first; null where the candidate was checked in, or where nobody checks anybody in. */
export function uncheckedAs(
  candidate: CandidateRow,
  candidates: readonly CandidateRow[],
): "missing" | "mismatched" | null {
  if (isCheckedIn(candidate) || !usesCheckIn(candidates)) return null;
  return standingCheck(candidate) ? "mismatched" : "missing";
}

/** The number of the workplace that was drawn; null where none was, or where a move took the candidate elsewhere. */
export function placeOf({ place, rotation }: Pick<CandidateRow, "place" | "rotation">): number | null {
  return place?.rotation === rotation ? place.no : null;
}

export const SEAT_REFUSALS = [
  "session.none",
  "person.ended",
  "sitting.unknown",
  "check-in.not-leader",
  "check-in.blind",
  "seats.other-laptop",
  "seats.committed",
  "seats.drawn",
  "seats.uncommitted",
] as const;
export type SeatRefusal = Refusal<(typeof SEAT_REFUSALS)[number]>;

/** On the laptop that prepared the sitting, so that there are never two draws of it. */
export function admitSeats(
  act: "commit" | "draw",
  id: SittingId,
  actor: PersonId | null,
  view: JournalView,
): Result<SittingRow, SeatRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const person = view.read("people", actor);
  if (!person || person.ended) return refuse({ code: "person.ended" });
  const sitting = view.read("sittings", id);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  const leads = leadsCheckIn(person, sitting);
  if (!leads.ok) return leads;
  if (sitting.from !== null) return refuse({ code: "seats.other-laptop" });
  if (sitting.seatDraw?.drawn) return refuse({ code: "seats.drawn" });
  if (act === "commit") return sitting.seatDraw ? refuse({ code: "seats.committed" }) : ok(sitting);
  return sitting.seatDraw ? ok(sitting) : refuse({ code: "seats.uncommitted" });
}

/** Everybody of the roster is drawn for, the absent too: whoever comes after all has a place. */
export function seatGroups(candidates: readonly Pick<CandidateRow, "rotation" | "no">[]): SeatGroup[] {
  const rotations = [...groupBy(candidates, ({ rotation }) => rotation)].sort(([a], [b]) => a - b);
  return rotations.map(([rotation, those]) => ({ rotation, candidates: those.map(({ no }) => no) }));
}
