export * from "./calendar.ts";
export * from "./deadlines.ts";
export * from "./decision-maker.ts";
export * from "./divergence.ts";
export * from "./incidents.ts";
export * from "./passing.ts";
export * from "./standing.ts";
export { knownCalendars } from "../samples/holidays.ts";
