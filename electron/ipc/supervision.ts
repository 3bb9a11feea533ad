// What a supervisor reads: flags and the story of a sheet.
import type { HandlersFor, InputOf, supervisionChannels, WindowChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface SupervisionActs {
  flags(input: InputOf<WindowChannels["supervision.flags"]>): Answer<"supervision.flags">;
  count(input: InputOf<WindowChannels["supervision.count"]>): Answer<"supervision.count">;
  timeline(input: InputOf<WindowChannels["supervision.timeline"]>): Answer<"supervision.timeline">;
}

export const supervisionHandlers = (
  supervision: SupervisionActs,
): HandlersFor<typeof supervisionChannels> => ({
  "supervision.flags": (input) => supervision.flags(input),
  "supervision.count": (input) => supervision.count(input),
  "supervision.timeline": (input) => supervision.timeline(input),
});
