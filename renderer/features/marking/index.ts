export { Marking } from "./Marking.tsx";
