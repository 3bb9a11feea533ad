// Writing facts down and reading them back: the door through which every mark passes. A good place for a breakpoint.
import type { HandlersFor, journalChannels } from "#shared/ipc";
import type { Intent } from "#shared/journal";
import type { Answer } from "./answer.ts";

export interface MarkingActs {
  append(intents: readonly Intent[]): Answer<"journal.append">;
  read(after: number): Answer<"journal.read">;
}

export const journalHandlers = (marking: MarkingActs): HandlersFor<typeof journalChannels> => ({
  "journal.append": ({ intents }) => marking.append(intents),
  "journal.read": ({ after }) => marking.read(after),
});
