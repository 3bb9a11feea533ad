export * from "./chance.ts";
export * from "./flag.ts";
export * from "./flag-sitting.ts";
export * from "./held-at-random.ts";
export * from "./history.ts";
export { passesIn } from "./pass-rate.ts";
