// Opening a centre on this laptop.
import type { centreChannels, HandlersFor, InputOf } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface CentreActs {
  tryDemonstration(): Answer<"centre.tryDemonstration">;
  contact(url: string): Answer<"centre.contact">;
  enrol(input: InputOf<(typeof centreChannels)["centre.enrol"]>): Answer<"centre.enrol">;
}

export const centreHandlers = (centre: CentreActs): HandlersFor<typeof centreChannels> => ({
  "centre.tryDemonstration": () => centre.tryDemonstration(),
  "centre.contact": ({ url }) => centre.contact(url),
  "centre.enrol": (input) => centre.enrol(input),
});
