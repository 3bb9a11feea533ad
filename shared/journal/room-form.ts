// The room record of a sitting in the form that is printed (考场情况记录单): what came between the roster and the marks, as it lies in
// this journal, each line with the record that says so. No mark stands in it, so it may be printed at any time.
import type { CandidateRef, HashId, InstantMs, PersonId, SittingId } from "#shared/base";
import {
  isCheckedIn,
  type CandidateChange,
  type IncidentTier,
  type ReportKind,
  type RosterOffice,
} from "#shared/exam";
import { countCheckIn, usesCheckIn, type CheckInCounts } from "./check-in.ts";
import { countSitting, type SittingCounts } from "./expected.ts";
import { recordsOfSitting } from "./review.ts";
import { incidentsOf } from "./room-record.ts";
import { formHead, nameOf, printedAs, type FormHead } from "./score-form.ts";
import { standingRoster } from "./standing-roster.ts";
import type { CandidateRow, SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

export interface RoomForm extends FormHead {
  readonly panel: readonly { readonly name: string; readonly leader: boolean }[];
  readonly supervisor: string | null;
  readonly counts: SittingCounts & { readonly registered: number };
  /** Null where nobody was checked in on this laptop. */
  readonly checkIn: CheckInCounts | null;
  /** Documents that did not match the roster, whether another one was seen since or not. */
  readonly mismatches: readonly PrintedMismatch[];
  readonly changes: readonly PrintedChange[];
  readonly substitutions: readonly PrintedSubstitution[];
  readonly incidents: readonly PrintedIncident[];
  readonly calls: readonly PrintedCall[];
}

export interface PrintedMismatch {
  readonly at: InstantMs;
  readonly candidate: string;
  readonly note: string;
  /** Checked in with another document. */
  readonly isSettled: boolean;
  readonly by: string;
}

export interface PrintedChange {
  readonly at: InstantMs;
  readonly no: number;
  readonly candidate: string;
  readonly ticketNo: string;
  readonly what: CandidateChange["kind"] | "absent";
  readonly move: CandidateChange["move"];
  readonly reason: string;
  /** Null of an absence, which the panel's leader signs alone. */
  readonly signed: {
    readonly leader: string;
    readonly confirmer: string;
    readonly office: RosterOffice;
  } | null;
  readonly record: HashId;
}

export interface PrintedSubstitution {
  readonly at: InstantMs;
  readonly leaves: string;
  readonly joins: string;
  readonly reason: string;
  readonly record: HashId;
}

export interface PrintedIncident {
  readonly at: InstantMs;
  readonly kind: ReportKind;
  readonly tier: IncidentTier | null;
  /** Candidates first, by number, then staff. */
  readonly whom: readonly string[];
  readonly what: string;
  readonly done: string;
  readonly by: string;
  readonly record: HashId;
}

export interface PrintedCall {
  readonly at: InstantMs;
  readonly candidate: string;
  readonly caller: string;
  readonly answer: { readonly name: string; readonly at: InstantMs; readonly text: string } | null;
}

export function roomForm(id: SittingId, view: JournalView): RoomForm | null {
  const sitting = view.read("sittings", id);
  if (!sitting) return null;
  const of = recordsOfSitting(id, view);
  const candidates = [...of.candidates].sort((a, b) => a.no - b.no);
  const standing = standingRoster(of);
  const name = (person: PersonId) => nameOf(person, view);
  return {
    ...formHead(sitting, view),
    panel: sitting.panel.map(({ person, leader }) => ({ name: name(person), leader })),
    supervisor: sitting.supervisor === null ? null : name(sitting.supervisor),
    counts: {
      registered: candidates.length,
      ...countSitting(sitting, standing, of.sheets),
    },
    checkIn: usesCheckIn(standing) ? countCheckIn(standing) : null,
    mismatches: candidates
      .flatMap((candidate) =>
        (candidate.checks ?? [])
          .filter(({ matches, undone }) => !matches && undone === null)
          .map(({ at, note, by }) => ({
            ...{ at: at.wall, candidate: numberedName(candidate, sitting), note: note ?? "" },
            ...{ isSettled: isCheckedIn(candidate), by: name(by) },
          })),
      )
      .sort((a, b) => a.at - b.at),
    changes: candidates
      .flatMap((candidate) => changesOf(candidate, sitting, name))
      .sort((a, b) => a.at - b.at || a.no - b.no),
    substitutions: sitting.substitutions.map(({ leaves, joins, reason, hash, at }) => ({
      ...{ at: at.wall, leaves: name(leaves), joins: name(joins) },
      ...{ reason, record: hash },
    })),
    incidents: incidentsOf(view.rows("incidents"), id).map(({ report, person, hash }) => ({
      at: report.happenedAt,
      kind: report.kind,
      tier: report.tier,
      whom: [
        ...candidates
          .filter(({ ref }) => report.candidates.includes(ref))
          .map((one) => numberedName(one, sitting)),
        ...report.staff.map(name),
      ],
      what: report.what,
      done: report.done,
      by: name(person),
      record: hash,
    })),
    calls: view
      .rows("calls")
      .filter((call) => call.sitting === id)
      .sort((a, b) => a.at.wall - b.at.wall)
      .map(({ at, candidate, caller, answer }) => ({
        at: at.wall,
        candidate: calledTo(candidate, candidates, sitting),
        caller: name(caller),
        answer: answer && { name: name(answer.person), at: answer.at.wall, text: answer.text },
      })),
  };
}

function changesOf(
  candidate: CandidateRow,
  sitting: SittingRow,
  name: (person: PersonId) => string,
): PrintedChange[] {
  const { absence, changes, no } = candidate;
  const whom = { no, ...printedAs(candidate, sitting) };
  return [
    ...(absence
      ? [
          {
            ...{ ...whom, at: absence.at.wall, what: "absent" as const, move: null },
            ...{ reason: "", signed: null, record: absence.hash },
          },
        ]
      : []),
    ...changes.map(({ kind, move, reason, at, leader, confirmedBy, office, hash }) => ({
      ...{ ...whom, at: at.wall, what: kind, move, reason },
      ...{ signed: { leader: name(leader), confirmer: name(confirmedBy), office }, record: hash },
    })),
  ];
}

/** `03 王建国`; of a blind sitting the number alone (R45). */
function numberedName(candidate: CandidateRow, sitting: SittingRow): string {
  const no = String(candidate.no).padStart(2, "0");
  const shown = printedAs(candidate, sitting).candidate;
  return shown === candidate.name ? `${no} ${shown}` : shown;
}

function calledTo(ref: CandidateRef, candidates: readonly CandidateRow[], sitting: SittingRow): string {
  const found = candidates.find((one) => one.ref === ref);
  return found ? numberedName(found, sitting) : "";
}
