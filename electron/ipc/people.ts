// The people of the centre on this laptop.
import type { HandlersFor, peopleChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";
import type { PersonId } from "#shared/base";

export interface PeopleActs {
  resetPin(person: PersonId): Answer<"people.resetPin">;
}

export const peopleHandlers = (people: PeopleActs): HandlersFor<typeof peopleChannels> => ({
  "people.resetPin": ({ person }) => people.resetPin(person),
});
