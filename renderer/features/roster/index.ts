export { Preparation, type PreparationProps } from "./Preparation.tsx";
