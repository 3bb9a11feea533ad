export * from "./start-registry.ts";
export { takeBundleFile } from "./carrier/bundle-at-hand.ts";
