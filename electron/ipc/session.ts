// Who is at the laptop.
import type { PersonId } from "#shared/base";
import type { HandlersFor, sessionChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface SessionActs {
  describe(): Answer<"session.describe">;
  open(person: PersonId): Answer<"session.open">;
  close(): Answer<"session.close">;
}

export const sessionHandlers = (sessions: SessionActs): HandlersFor<typeof sessionChannels> => ({
  "session.describe": () => sessions.describe(),
  "session.open": ({ person }) => sessions.open(person),
  "session.close": () => sessions.close(),
});
