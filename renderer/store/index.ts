export { DATABASE_NAME } from "./database.ts";
export { createSealer, type Sealer } from "./sealer.ts";
export { openStore } from "./store.ts";
export type { JournalPart, OnProgress, ReadJournal, RebuildAccount, Store, StoreRefusal } from "./store.ts";
export { StoreProvider, useStore } from "./StoreProvider.tsx";
export * from "./use-live.ts";
