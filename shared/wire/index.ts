export * from "./canonical.ts";
export * from "./envelope.ts";
export * from "./merkle.ts";
export * from "./records.ts";
export * from "./rubric-hash.ts";
export * from "./sheet-items.ts";
export * from "./stamp.ts";
export * from "./verify.ts";
