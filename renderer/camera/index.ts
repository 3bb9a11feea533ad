export { Camera } from "./Camera.tsx";
export { SquareButtons } from "./SquareButtons.tsx";
