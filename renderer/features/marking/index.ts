export { SheetPictures } from "./evidence/index.ts";
export { Marking } from "./Marking.tsx";
