export * from "./bootstrap.ts";
export * from "./indicators.ts";
export * from "./limits.ts";
export * from "./severity.ts";
export { whyWithheld, withholdIn, type FigureKind, type WithheldWhy } from "./withhold.ts";
