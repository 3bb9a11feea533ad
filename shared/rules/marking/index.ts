export * from "./amendment.ts";
export * from "./panel-mark.ts";
export * from "./scoring.ts";
export * from "./sheet-time.ts";
export * from "./veto.ts";
