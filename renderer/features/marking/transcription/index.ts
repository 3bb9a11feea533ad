export { TranscribedSheet } from "./TranscribedSheet.tsx";
export { Transcriptions, type TranscriptionsProps } from "./Transcriptions.tsx";
