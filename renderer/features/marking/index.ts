export { MainClock, SittingClocks } from "./pausing/index.ts";
export { SheetPictures } from "./evidence/index.ts";
export { Marking } from "./Marking.tsx";
export { SheetAsItStood } from "./SheetAsItStood.tsx";
export { Transcriptions, type TranscriptionsProps } from "./transcription/index.ts";
export { Practice, PracticeDesk } from "./practice/index.ts";
