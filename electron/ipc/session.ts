// Who is at the laptop.
import { ok, type PersonId } from "#shared/base";
import type { HandlersFor, sessionChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface SessionActs {
  describe(): Answer<"session.describe">;
  open(person: PersonId): Answer<"session.open">;
  close(): Answer<"session.close">;
}

/** Who hears that somebody is at the laptop. */
export interface Watch {
  active(place: "desk" | "office"): void;
}

export const sessionHandlers = (
  sessions: SessionActs,
  watch: Watch,
): HandlersFor<typeof sessionChannels> => ({
  "session.describe": () => sessions.describe(),
  "session.open": ({ person }) => sessions.open(person),
  "session.active": ({ place }) => {
    watch.active(place);
    return Promise.resolve(ok({}));
  },
  "session.close": () => sessions.close(),
});
