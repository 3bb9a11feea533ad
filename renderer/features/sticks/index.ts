export { Sticks, type SticksProps } from "./Sticks.tsx";
