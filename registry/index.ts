export * from "./start-registry.ts";
export { takeBundleFile } from "./carrier/bundle-at-hand.ts";
export { backUp } from "./backup/backup.ts";
