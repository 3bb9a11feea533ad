export { createOutbox, type OutboxDeps, type OutboxJournal, type SendingOutbox } from "./outbox.ts";
export { createRegistryClient, type ClientRefusal } from "./registry-client.ts";
export type { Fetch, Timers } from "./http.ts";
