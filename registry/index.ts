export * from "./start-registry.ts";
