// What a supervisor reads: flags and the story of a sheet; and a visit to the room, signed in main's own window.
import type { HandlersFor, InputOf, supervisionChannels, WindowChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface SupervisionActs {
  flags(input: InputOf<WindowChannels["supervision.flags"]>): Answer<"supervision.flags">;
  count(input: InputOf<WindowChannels["supervision.count"]>): Answer<"supervision.count">;
  timeline(input: InputOf<WindowChannels["supervision.timeline"]>): Answer<"supervision.timeline">;
}

export interface VisitActs {
  list(input: InputOf<WindowChannels["visit.list"]>): Answer<"visit.list">;
  sign(input: InputOf<WindowChannels["visit.sign"]>): Answer<"visit.sign">;
}

export const supervisionHandlers = (
  supervision: SupervisionActs,
  visits: VisitActs,
): HandlersFor<typeof supervisionChannels> => ({
  "supervision.flags": (input) => supervision.flags(input),
  "supervision.count": (input) => supervision.count(input),
  "supervision.timeline": (input) => supervision.timeline(input),
  "visit.list": (input) => visits.list(input),
  "visit.sign": (input) => visits.sign(input),
});
