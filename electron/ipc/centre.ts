// Opening a centre on this laptop, or going on with one that was opened elsewhere.
import type { centreChannels, HandlersFor, InputOf } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface CentreActs {
  tryDemonstration(): Answer<"centre.tryDemonstration">;
  contact(url: string): Answer<"centre.contact">;
  enrol(input: InputOf<(typeof centreChannels)["centre.enrol"]>): Answer<"centre.enrol">;
}

export interface RecoveryActs {
  takeOver(): Answer<"centre.takeOver">;
  enrolAgain(code: string | null): Answer<"centre.enrolAgain">;
}

export const centreHandlers = (
  centre: CentreActs,
  recovery: RecoveryActs,
): HandlersFor<typeof centreChannels> => ({
  "centre.tryDemonstration": () => centre.tryDemonstration(),
  "centre.contact": ({ url }) => centre.contact(url),
  "centre.enrol": (input) => centre.enrol(input),
  "centre.takeOver": () => recovery.takeOver(),
  "centre.enrolAgain": ({ code }) => recovery.enrolAgain(code),
});
