export { AmendSheet } from "./AmendSheet.tsx";
export { createKeptWords, type KeptWords } from "./words.ts";
export { VersionList } from "./VersionList.tsx";
