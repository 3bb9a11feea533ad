export { appHandlers, type AppFacts } from "./app.ts";
export { carrierHandlers, type CarrierActs } from "./carrier.ts";
export { centreHandlers, type CentreActs, type RecoveryActs } from "./centre.ts";
export { dayHandlers, type DayActs, type LaterReceiptActs } from "./day.ts";
export { Diagnostics, type DiagnosticFacts } from "./diagnostics.ts";
export { cameraHandlers, type CameraActs } from "./camera.ts";
export { evidenceHandlers, type EvidenceActs } from "./evidence.ts";
export { drillHandlers, drillPageHandlers, type DrillActs, type DrillPageActs } from "./drill.ts";
export { createEventSender, type SendEvent } from "./events.ts";
export { registerChannels, registerStoreKey, type Door } from "./handle.ts";
export { journalHandlers, type MarkingActs } from "./journal.ts";
export { mediumHandlers, type MediumActs } from "./medium.ts";
export { paperHandlers, type PaperActs } from "./paper.ts";
export { transcriptionHandlers, type TranscriptionActs } from "./transcription.ts";
export { peopleHandlers, type PeopleActs, type SubstituteActs } from "./people.ts";
export { qualityHandlers, type QualityActs } from "./quality.ts";
export { createRateLimit } from "./rate-limit.ts";
export { resultHandlers, type ResultActs } from "./results.ts";
export { reviewHandlers, type ReviewActs } from "./review.ts";
export { sessionHandlers, type SessionActs } from "./session.ts";
export { sheetHandlers, type AmendmentAct, type SheetAct } from "./sheet.ts";
export { supervisionHandlers, type SupervisionActs, type VisitActs } from "./supervision.ts";
export {
  sittingHandlers,
  type AbsenceAct,
  type IncidentAct,
  type RosterChangeAct,
  type SittingActs,
} from "./sitting.ts";
