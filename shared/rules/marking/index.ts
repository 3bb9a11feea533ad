export * from "./scoring.ts";
export * from "./veto.ts";
