export * from "./clock.ts";
export * from "./admit.ts";
export * from "./entry.ts";
export * from "./fold.ts";
export * from "./intent.ts";
export * from "./lift.ts";
export * from "./tables.ts";
export * from "./view.ts";
