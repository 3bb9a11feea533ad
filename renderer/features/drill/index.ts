export { Drill } from "./Drill.tsx";
export { ReadinessPanel } from "./ReadinessPanel.tsx";
