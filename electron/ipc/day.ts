// Closing the day: seal, send, see how far it got.
import type { HashId, SittingId } from "#shared/base";
import type { dayChannels, HandlersFor } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface DayActs {
  seal(sitting: SittingId, explanation: string): Answer<"day.seal">;
  send(batch: HashId): Answer<"outbox.send">;
  progress(): Answer<"outbox.describe">;
  contact(): Answer<"outbox.contact">;
  testLink(): Answer<"outbox.testLink">;
}

export interface LaterReceiptActs {
  ask(batch: HashId): Answer<"receipt.askLater">;
}

export const dayHandlers = (day: DayActs, later: LaterReceiptActs): HandlersFor<typeof dayChannels> => ({
  "day.seal": ({ sitting, explanation }) => day.seal(sitting, explanation),
  "outbox.send": ({ batch }) => day.send(batch),
  "receipt.askLater": ({ batch }) => later.ask(batch),
  "outbox.describe": () => day.progress(),
  "outbox.contact": () => day.contact(),
  "outbox.testLink": () => day.testLink(),
});
