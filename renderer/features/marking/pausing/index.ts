export { MainClock } from "./MainClock.tsx";
export { OvertimeByClock } from "./OvertimeByClock.tsx";
export { PauseDialog } from "./PauseDialog.tsx";
export { SheetClock } from "./SheetClock.tsx";
export { SittingClocks } from "./SittingClocks.tsx";
export { TimeGivenBack } from "./TimeGivenBack.tsx";
export { usePausing, type Pausing } from "./use-pausing.ts";
