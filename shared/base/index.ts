export * from "./bytes.ts";
export * from "./calendar.ts";
export * from "./fraction.ts";
export * from "./ids.ts";
export * from "./instant.ts";
export * from "./invariant.ts";
export * from "./result.ts";
export * from "./seeded.ts";
