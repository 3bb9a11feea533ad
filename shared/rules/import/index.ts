export * from "./roster.ts";
export * from "./rubric-import.ts";
