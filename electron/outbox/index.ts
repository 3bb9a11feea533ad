export { createOutbox, type OutboxDeps, type OutboxJournal, type SendingOutbox } from "./outbox.ts";
export { createRegistryClient, type ClientRefusal } from "./registry-client.ts";
export { createSealedBytes, type SealedBytes } from "./sealed-bytes.ts";
export type { Fetch, Timers } from "./http.ts";
export {
  copyToStick,
  nodeStickFiles,
  readFromStick,
  type CopiedBundle,
  type LazyFrame,
  type StickFiles,
} from "./stick.ts";
