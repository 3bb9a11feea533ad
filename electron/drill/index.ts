export {
  clearScratch,
  startDrill,
  type Drill,
  type DrillProcess,
  type DrillProgress,
  type RunningDrill,
} from "./director.ts";
export { drillProfile, runDrillProcess } from "./own-process.ts";
export type { OpenStore, Parts, StoreFound } from "./parts.ts";
export { serveDrill, type Line } from "./serve.ts";
export { DRILL_PROFILE, startDrillProcess, type Program } from "./start-process.ts";
