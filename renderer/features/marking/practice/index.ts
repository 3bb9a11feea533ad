export { Practice } from "./Practice.tsx";
export { PracticeDesk } from "./PracticeDesk.tsx";
