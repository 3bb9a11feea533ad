export * from "./start-registry.ts";
export { LOOPBACK } from "./routes/door.ts";
export { takeBundleFile } from "./carrier/bundle-at-hand.ts";
export { backUp } from "./backup/backup.ts";
