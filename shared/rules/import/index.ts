export * from "./read-rubric-table.ts";
export * from "./roster.ts";
export * from "./rubric-import.ts";
export * from "./rubric-to-table.ts";
export type { TableCell, TableSheet } from "./table.ts";
