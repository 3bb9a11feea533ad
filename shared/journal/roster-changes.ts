// Changes of the roster on the day: whether two people may sign one, and whether it fits the roster as it stands. Both processes ask
// here, the laptop that takes a change over from a stick among them; the roster itself stays as it was signed.
import { z } from "zod";
import {
  CandidateRef,
  invariant,
  NO_HASH,
  ok,
  refuse,
  unreachable,
  type PersonId,
  type Refusal,
  type Result,
  type SittingId,
} from "#shared/base";
import {
  changedBy,
  isConsistentChange,
  MOST_CHANGED,
  panelLeaderOf,
  type Move,
  type RosterChange,
  type RosterOffice,
  type Sheet,
} from "#shared/exam";
import { leavingOf } from "./expected.ts";
import { answersForDay, officeOf, panelFor } from "./staff.ts";
import type { CandidateRow, PersonRow, SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

const several = z.array(CandidateRef).min(1).max(MOST_CHANGED).readonly();

/** As the window asks for it: whom it is about. What it rests on is read here. */
export const RosterChangeAsked = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("arrival"), candidate: CandidateRef }),
  z.strictObject({ kind: z.literal("withdrawal"), candidate: CandidateRef }),
  z.strictObject({ kind: z.literal("swap"), candidates: z.tuple([CandidateRef, CandidateRef]).readonly() }),
  z.strictObject({ kind: z.literal("relocation"), candidates: several, to: z.int().min(1).max(10_000) }),
  z.strictObject({ kind: z.literal("unexamined"), candidates: several }),
]);
export type RosterChangeAsked = z.infer<typeof RosterChangeAsked>;

export interface ChangeAsked {
  readonly sitting: SittingId;
  readonly change: RosterChangeAsked;
  readonly confirmer: PersonId;
}

/** Everything that two people are shown and sign, out of this journal. */
export interface AdmittedChange {
  readonly sitting: SittingRow;
  readonly change: RosterChange;
  /** In the order of the change, as they stand before it. */
  readonly candidates: readonly CandidateRow[];
  readonly leader: PersonRow;
  readonly confirmer: PersonRow;
  readonly office: RosterOffice;
}

export const ROSTER_CHANGE_REFUSALS = [
  "session.none",
  "sitting.unknown",
  "candidate.unknown",
  "candidate.absent",
  "person.unknown",
  "person.ended",
  "roster.not-office",
  "roster.no-leader",
  "roster.no-office",
  "roster.same-person",
  "roster.repeated",
  "roster.not-absent",
  "roster.has-left",
  "roster.begun",
  "roster.marked",
  "roster.same-rotation",
  "roster.no-rotation",
  "roster.moved",
] as const;
export type RosterChangeRefusal = Refusal<(typeof ROSTER_CHANGE_REFUSALS)[number]>;

/** Asked by whoever holds an office at this sitting; signed by its leader, confirmed by a supervisor or an administrator. */
export function admitRosterChange(
  { sitting: id, change: asked, confirmer: confirming }: ChangeAsked,
  actor: PersonId | null,
  view: JournalView,
): Result<AdmittedChange, RosterChangeRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const sitting = view.read("sittings", id);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  const asking = view.read("people", actor);
  if (!asking || !answersForDay(asking, sitting)) return refuse({ code: "roster.not-office" });
  const leading = panelLeaderOf(sitting);
  const leader = leading === undefined ? undefined : view.read("people", leading);
  if (!leader || leader.ended) return refuse({ code: "roster.no-leader" });
  const confirmer = view.read("people", confirming);
  if (!confirmer) return refuse({ code: "person.unknown" });
  if (confirmer.ended) return refuse({ code: "person.ended" });
  if (confirmer.id === leader.id) return refuse({ code: "roster.same-person" });
  const office = officeOf(confirmer);
  if (!office) return refuse({ code: "roster.no-office" });
  const candidates = refsIn(asked).flatMap((ref) => view.read("candidates", ref) ?? []);
  if (candidates.length < refsIn(asked).length || candidates.some((one) => one.sitting !== id))
    return refuse({ code: "candidate.unknown" });
  const change = changeOf(asked, candidates);
  const code = misfitOf(change, candidates) ?? hindranceOf(change, sitting, view);
  return code === null ? ok({ sitting, change, candidates, leader, confirmer, office }) : refuse({ code });
}

function refsIn(asked: RosterChangeAsked): readonly CandidateRef[] {
  return "candidates" in asked ? asked.candidates : [asked.candidate];
}

/** The change as it will be signed, with what it rests on. */
function changeOf(asked: RosterChangeAsked, candidates: readonly CandidateRow[]): RosterChange {
  const moved = (to: (row: CandidateRow) => number): Move[] =>
    candidates.map((row) => ({ candidate: row.ref, from: row.rotation, to: to(row) }));
  switch (asked.kind) {
    case "arrival":
      // Of somebody who is not absent no absence is taken back: this hash is nobody's.
      return {
        kind: asked.kind,
        candidate: asked.candidate,
        absence: candidates[0]?.absence?.hash ?? NO_HASH,
      };
    case "withdrawal":
      return { kind: asked.kind, candidate: asked.candidate };
    case "swap": {
      const [one, other] = moved((row) => candidates.find((each) => each !== row)?.rotation ?? row.rotation);
      invariant(one && other, "a swap is of two candidates");
      return { kind: asked.kind, moves: [one, other] };
    }
    case "relocation":
      return { kind: asked.kind, moves: moved(() => asked.to) };
    case "unexamined":
      return { kind: asked.kind, candidates: [...asked.candidates] };
    default:
      return unreachable(asked);
  }
}

export type Misfit =
  | "candidate.absent"
  | "roster.repeated"
  | "roster.same-rotation"
  | "roster.not-absent"
  | "roster.has-left"
  | "roster.moved";

/** What the roster as it stands has against a change, wherever it was signed; null when it fits. */
export function misfitOf(change: RosterChange, candidates: readonly CandidateRow[]): Misfit | null {
  const refs = changedBy(change);
  if (new Set(refs).size < refs.length) return "roster.repeated";
  const rows = refs.flatMap((ref) => candidates.find((one) => one.ref === ref) ?? []);
  if (rows.some((row) => leavingOf(row) !== null)) return "roster.has-left";
  if (change.kind === "arrival")
    return rows.some(({ absence }) => absence?.hash === change.absence) ? null : "roster.not-absent";
  if (rows.some(({ absence }) => absence !== null)) return "candidate.absent";
  if (!isConsistentChange(change)) return "roster.same-rotation";
  if (change.kind !== "swap" && change.kind !== "relocation") return null;
  const isMoved = change.moves.some(
    ({ candidate, from }) => rows.find(({ ref }) => ref === candidate)?.rotation !== from,
  );
  return isMoved ? "roster.moved" : null;
}

/** What has been done for the candidates stands in the way; known of this laptop only. */
function hindranceOf(
  change: RosterChange,
  sitting: SittingRow,
  view: JournalView,
): "roster.begun" | "roster.marked" | "roster.no-rotation" | null {
  const sheets = view.rowsOf("sheets", sitting.id);
  const refs = changedBy(change);
  if (change.kind === "swap" && sheets.some(({ candidate }) => refs.includes(candidate)))
    return "roster.begun";
  if (refs.some((ref) => isMarked(ref, sitting, sheets))) return "roster.marked";
  if (change.kind !== "relocation") return null;
  const last = Math.max(...view.rowsOf("candidates", sitting.id).map(({ rotation }) => rotation));
  return change.moves.some(({ to }) => to > last + 1) ? "roster.no-rotation" : null;
}

/** Everybody who owes a sheet has signed it: there is a mark, and no change of roster takes one away. */
function isMarked(ref: CandidateRef, sitting: SittingRow, sheets: readonly Sheet[]): boolean {
  return panelFor(sitting, ref, sheets).every((member) =>
    sheets.some((one) => one.candidate === ref && one.examiner === member && one.signature !== null),
  );
}
