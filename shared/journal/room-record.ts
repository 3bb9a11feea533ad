// The room record and the calls for the leader: who may write what into it. A call is an entry and no signature, because it must cost
// an examiner one press; what becomes a record is signed (electron/desk/incidents.ts).
import {
  ok,
  refuse,
  type PersonId,
  type Refusal,
  type Result,
  type SheetId,
  type SittingId,
} from "#shared/base";
import { isOnPanel, type IncidentReport } from "#shared/exam";
import type { EntryBody } from "./entry.ts";
import type { Intent, IntentRefusal } from "./intent.ts";
import { answersForDay, everOnPanel, officeOf } from "./staff.ts";
import type { CallRow, IncidentRow, PersonRow, SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

export const INCIDENT_REFUSALS = [
  "session.none",
  "person.ended",
  "sitting.unknown",
  "candidate.unknown",
  "person.unknown",
  "incident.not-here",
  "incident.in-future",
] as const;
export type IncidentRefusal = Refusal<(typeof INCIDENT_REFUSALS)[number]>;

/** Anybody who has to do with the sitting: its panel, whoever was on it, and the offices. */
export function admitIncident(
  id: SittingId,
  report: IncidentReport,
  now: number,
  actor: PersonId | null,
  view: JournalView,
): Result<{ readonly sitting: SittingRow; readonly person: PersonRow }, IncidentRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const person = view.read("people", actor);
  const sitting = view.read("sittings", id);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  if (!person || person.ended) return refuse({ code: "person.ended" });
  if (!everOnPanel(sitting).includes(actor) && !officeOf(person))
    return refuse({ code: "incident.not-here" });
  if (report.candidates.some((ref) => view.read("candidates", ref)?.sitting !== id))
    return refuse({ code: "candidate.unknown" });
  if (report.staff.some((one) => !view.read("people", one))) return refuse({ code: "person.unknown" });
  return report.happenedAt > now ? refuse({ code: "incident.in-future" }) : ok({ sitting, person });
}

/** One open call of an examiner about a candidate is enough. */
export function admitCall(
  { sitting: id, candidate }: Extract<Intent, { kind: "leader.call" }>,
  actor: PersonId,
  view: JournalView,
  newId: () => SheetId,
): Result<EntryBody, IntentRefusal> {
  const sitting = view.read("sittings", id);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  if (!isOnPanel(sitting, actor)) return refuse({ code: "sitting.not-on-panel" });
  if (view.read("candidates", candidate)?.sitting !== id) return refuse({ code: "candidate.unknown" });
  const isCalled = openCalls(view.rows("calls"), id).some(
    (one) => one.candidate === candidate && one.caller === actor,
  );
  if (isCalled) return refuse({ code: "call.open" });
  return ok({ kind: "leader.called", call: newId(), sitting: id, candidate });
}

/** By the leader, or by whoever holds an office and came instead. */
export function admitAnswer(
  { call: id, text }: Extract<Intent, { kind: "call.answer" }>,
  person: PersonRow,
  view: JournalView,
): Result<EntryBody, IntentRefusal> {
  const call = view.read("calls", id);
  const sitting = call && view.read("sittings", call.sitting);
  if (!call || !sitting) return refuse({ code: "call.unknown" });
  if (!answersForDay(person, sitting)) return refuse({ code: "call.not-leader" });
  return call.answer ? refuse({ code: "call.answered" }) : ok({ kind: "call.answered", call: id, text });
}

export function openCalls(calls: readonly CallRow[], sitting: SittingId): CallRow[] {
  return calls.filter((call) => call.sitting === sitting && call.answer === null);
}

/** Oldest first, as they happened and not as they were written down. */
export function incidentsOf(incidents: readonly IncidentRow[], sitting: SittingId): IncidentRow[] {
  return incidents
    .filter((incident) => incident.sitting === sitting)
    .sort((a, b) => a.report.happenedAt - b.report.happenedAt || a.seq - b.seq);
}
