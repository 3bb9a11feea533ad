export * from "./bootstrap.ts";
export * from "./indicators.ts";
export * from "./limits.ts";
export * from "./severity.ts";
export { withholdIn } from "./withhold.ts";
