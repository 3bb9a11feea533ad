export { CheckPaper, type CheckPaperProps } from "./CheckPaper.tsx";
export { OwnSheetPaper } from "./OwnSheetPaper.tsx";
export { SittingPaper } from "./SittingPaper.tsx";
