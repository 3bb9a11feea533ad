// Preparing a sitting, and what changes in its roster on the day.
import type { CandidateRef, HashId, SittingId } from "#shared/base";
import type { HandlersFor, InputOf, SittingDraft, sittingChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface SittingActs {
  pickRubric(): Answer<"rubric.pickFile">;
  keepRubric(token: string): Answer<"rubric.keep">;
  saveRubric(rubric: HashId): Answer<"rubric.saveTable">;
  pickRoster(): Answer<"roster.pickFile">;
  pickDemonstrationRoster(): Answer<"roster.pickDemonstration">;
  review(draft: SittingDraft, token: string | null): Answer<"sitting.review">;
  prepare(draft: SittingDraft, token: string): Answer<"sitting.prepare">;
}

export interface AbsenceAct {
  recordAbsence(sitting: SittingId, candidate: CandidateRef): Answer<"attendance.requestAbsence">;
}

export interface RosterChangeAct {
  change(asked: InputOf<(typeof sittingChannels)["roster.requestChange"]>): Answer<"roster.requestChange">;
}

export interface SeatActs {
  commit(sitting: SittingId): Answer<"seats.commit">;
  draw(input: InputOf<(typeof sittingChannels)["seats.draw"]>): Answer<"seats.draw">;
}

export interface IncidentAct {
  record(asked: InputOf<(typeof sittingChannels)["incident.record"]>): Answer<"incident.record">;
}

export const sittingHandlers = (
  sittings: SittingActs,
  signatures: AbsenceAct,
  roster: RosterChangeAct,
  incidents: IncidentAct,
  seats: SeatActs,
): HandlersFor<typeof sittingChannels> => ({
  "rubric.pickFile": () => sittings.pickRubric(),
  "rubric.keep": ({ token }) => sittings.keepRubric(token),
  "rubric.saveTable": ({ rubric }) => sittings.saveRubric(rubric),
  "roster.pickFile": () => sittings.pickRoster(),
  "roster.pickDemonstration": () => sittings.pickDemonstrationRoster(),
  "sitting.review": ({ draft, roster }) => sittings.review(draft, roster),
  "sitting.prepare": ({ draft, roster }) => sittings.prepare(draft, roster),
  "attendance.requestAbsence": ({ sitting, candidate }) => signatures.recordAbsence(sitting, candidate),
  "seats.commit": ({ sitting }) => seats.commit(sitting),
  "seats.draw": (input) => seats.draw(input),
  "incident.record": (asked) => incidents.record(asked),
  "roster.requestChange": (asked) => roster.change(asked),
});
