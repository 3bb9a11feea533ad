export { CheckPaper, type CheckPaperProps } from "./CheckPaper.tsx";
export { OwnSheetPaper } from "./OwnSheetPaper.tsx";
export { RoomPaper } from "./RoomPaper.tsx";
export { SaveForm } from "./SaveForm.tsx";
export { SittingPaper } from "./SittingPaper.tsx";
export { SlipPaper } from "./SlipPaper.tsx";
