export { Closing, type ClosingProps } from "./Closing.tsx";
