export { Quality, type QualityProps } from "./Quality.tsx";
