// The people of the centre on this laptop, and who takes whose place.
import type { PersonId } from "#shared/base";
import type { HandlersFor, InputOf, peopleChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

type Input<K extends keyof typeof peopleChannels> = InputOf<(typeof peopleChannels)[K]>;

export interface PeopleActs {
  add(person: Input<"people.add">): Answer<"people.add">;
  end(person: PersonId, reason: string): Answer<"people.end">;
  resetPin(person: PersonId): Answer<"people.resetPin">;
}

export interface SubstituteActs {
  review(asked: Input<"panel.review">): Answer<"panel.review">;
  substitute(asked: Input<"panel.substitute">): Answer<"panel.substitute">;
}

export const peopleHandlers = (
  people: PeopleActs,
  substitutes: SubstituteActs,
): HandlersFor<typeof peopleChannels> => ({
  "people.add": (person) => people.add(person),
  "people.end": ({ person, reason }) => people.end(person, reason),
  "people.resetPin": ({ person }) => people.resetPin(person),
  "panel.review": (asked) => substitutes.review(asked),
  "panel.substitute": (asked) => substitutes.substitute(asked),
});
