export * from "./own-journal.ts";
