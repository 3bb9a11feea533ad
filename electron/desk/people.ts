// The people of a centre on this laptop: an administrator takes a forgotten or guessed-at PIN out of use. Its owner makes
// a new key under a new PIN; nobody ever gets a copied one.
import { ok, refuse, type PersonId, type Refusal, type Result } from "#shared/base";
import { hasRole } from "#shared/exam";
import type { Answer, Confirm, Journal, Keys } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

export interface People {
  resetPin(person: PersonId): Answer<"people.resetPin">;
}

export interface PeopleDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly serial: Serial;
}

export function createPeople({ journal, sessions, keys, confirm, serial }: PeopleDeps): People {
  return {
    resetPin: (id) =>
      serial(async () => {
        const actor = sessions.current();
        if (actor === null) return refuse({ code: "session.none" });
        const administrator = journal.view.read("people", actor);
        if (!administrator || !hasRole(administrator, "administrator"))
          return refuse({ code: "role.not-administrator" });
        const person = journal.view.read("people", id);
        if (!person) return refuse({ code: "person.unknown" });
        const { key } = person;
        if (!key) return refuse({ code: "keys.missing" });
        const done = await confirm.ask(
          administrator,
          { kind: "reset-pin", name: person.name },
          async (pin): Promise<Result<void, Refusal>> => {
            const proved = await keys.unlockPerson(actor, pin);
            if (!proved.ok) return proved;
            // Written first: cut off in between, the former PIN opens nothing that signs, and a second reset ends it.
            const written = await journal.append(actor, [
              { body: { kind: "person.key-ended", person: id, kid: key.kid } },
            ]);
            if (!written.ok) return written;
            await keys.endPerson(id);
            return ok(undefined);
          },
        );
        return done.ok ? ok({}) : done;
      }),
  };
}
