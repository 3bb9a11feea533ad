export { Opening } from "./Opening.tsx";
