// Paper: forms saved as a PDF, and printed sheets checked.
import type { HandlersFor, InputOf, paperChannels, WindowChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface PaperActs {
  save(input: InputOf<WindowChannels["paper.save"]>): Answer<"paper.save">;
  check(input: InputOf<WindowChannels["paper.check"]>): Answer<"paper.check">;
}

export const paperHandlers = (paper: PaperActs): HandlersFor<typeof paperChannels> => ({
  "paper.save": (input) => paper.save(input),
  "paper.check": (input) => paper.check(input),
});
