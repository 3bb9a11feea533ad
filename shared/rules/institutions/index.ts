export * from "./annual-report.ts";
export * from "./retention.ts";
export * from "./scope.ts";
export * from "./status.ts";
export * from "./subsidies.ts";
