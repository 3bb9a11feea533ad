export { Divergence } from "./Divergence.tsx";
export { PanelDesk, type PanelDeskProps } from "./PanelDesk.tsx";
export { OpenDivergences } from "./OpenDivergences.tsx";
