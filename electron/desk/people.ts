// The people of a centre on this laptop: an administrator adds somebody the register does not have yet, ends somebody at once,
// or takes a forgotten or guessed-at PIN out of use. Nobody ever gets a copied key.
import { bytesToHex, ok, PersonId, refuse, type Refusal, type Result } from "#shared/base";
import { StatedQualifications, type Person } from "#shared/exam";
import type { ConfirmMatter, InputOf, WindowChannels } from "#shared/ipc";
import { administratorOf, admitEnding, admitPerson, type EntryBody, type PersonRow } from "#shared/journal";
import { normaliseName } from "#shared/rules";
import type { Answer, Confirm, Environment, Journal, Keys } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

type Input<K extends keyof WindowChannels> = InputOf<WindowChannels[K]>;

export interface People {
  add(person: Input<"people.add">): Answer<"people.add">;
  end(person: PersonId, reason: string): Answer<"people.end">;
  resetPin(person: PersonId): Answer<"people.resetPin">;
}

export interface PeopleDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current" | "expel">;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly env: Pick<Environment, "random">;
  readonly serial: Serial;
}

export function createPeople(deps: PeopleDeps): People {
  const { journal, sessions, keys, confirm, env, serial } = deps;

  /** The administrator's own PIN, then the entry: what was shown is what is written. */
  const confirmed = (
    administrator: PersonRow,
    matter: ConfirmMatter,
    body: EntryBody,
    then: () => Promise<void> = () => Promise.resolve(),
  ) =>
    confirm.ask(administrator, matter, async (pin): Promise<Result<void, Refusal>> => {
      const proved = await keys.unlockPerson(administrator.id, pin);
      if (!proved.ok) return proved;
      // Written first: cut off in between, what was ended opens nothing that signs.
      const written = await journal.append(administrator.id, [{ body }]);
      if (!written.ok) return written;
      await then();
      return ok(undefined);
    });

  return {
    add: ({ name, roles, examiner, supervisor }) =>
      serial(async () => {
        const office = administratorOf(sessions.current(), journal.view);
        if (!office.ok) return office;
        const id = PersonId.parse(`here-${bytesToHex(env.random(6))}`);
        const stated = StatedQualifications.safeParse({
          examiner: examiner.map((card) => ({ ...card, person: id })),
          supervisor: supervisor && { ...supervisor, person: id },
        });
        if (!stated.success) return refuse({ code: "person.unqualified" });
        const person: Person = { id, name: normaliseName(name), roles: [...new Set(roles)] };
        const admitted = admitPerson(person, stated.data, office.value.id, journal.view);
        if (!admitted.ok) return admitted;
        const done = await confirmed(
          office.value,
          { kind: "add-person", name: person.name, roles: person.roles, examiner, supervisor },
          admitted.value,
        );
        return done.ok ? ok({ person: id }) : done;
      }),

    end: (id, reason) =>
      serial(async () => {
        const office = administratorOf(sessions.current(), journal.view);
        if (!office.ok) return office;
        const person = journal.view.read("people", id);
        if (!person) return refuse({ code: "person.unknown" });
        const admitted = admitEnding(id, reason, office.value.id, journal.view);
        if (!admitted.ok) return admitted;
        const { name, roles } = person;
        const done = await confirmed(
          office.value,
          { kind: "end-person", name, roles, reason },
          admitted.value,
          async () => {
            await sessions.expel(id);
            await keys.endPerson(id);
          },
        );
        return done.ok ? ok({}) : done;
      }),

    resetPin: (id) =>
      serial(async () => {
        const office = administratorOf(sessions.current(), journal.view);
        if (!office.ok) return office;
        const person = journal.view.read("people", id);
        if (!person) return refuse({ code: "person.unknown" });
        if (person.ended) return refuse({ code: "person.ended" });
        const { key } = person;
        if (!key) return refuse({ code: "keys.missing" });
        const done = await confirmed(
          office.value,
          { kind: "reset-pin", name: person.name },
          { kind: "person.key-ended", person: id, kid: key.kid },
          () => keys.endPerson(id),
        );
        return done.ok ? ok({}) : done;
      }),
  };
}
