export { createOutbox, type OutboxDeps, type SendingOutbox } from "./outbox.ts";
export { createRegistryClient, type ClientRefusal } from "./registry-client.ts";
export { createSealedBytes, type SealedBytes } from "./sealed-bytes.ts";
export { createLinkTest, type LinkTestDeps } from "./link-test.ts";
export type { RegistryTrust } from "./contact.ts";
export type { Fetch, Timers } from "./http.ts";
export {
  copyToStick,
  nodeStickFiles,
  readFromStick,
  type CopiedBundle,
  type LazyFrame,
  type StickFiles,
} from "./stick.ts";
export type { OutboxJournal } from "./perform.ts";
