export { Camera } from "./Camera.tsx";
export { readSquare } from "./read-square.ts";
export { SquareButtons } from "./SquareButtons.tsx";
