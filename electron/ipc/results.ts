// After the marking: divergent panels settled, sign-offs and rechecks.
import type { HandlersFor, InputOf, resultChannels, WindowChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface ResultActs {
  signOff(input: InputOf<WindowChannels["results.signOff"]>): Answer<"results.signOff">;
  reviewRecheck(input: InputOf<WindowChannels["recheck.review"]>): Answer<"recheck.review">;
  recordRecheck(input: InputOf<WindowChannels["recheck.record"]>): Answer<"recheck.record">;
}

export interface SettlementActs {
  uphold(input: InputOf<WindowChannels["divergence.uphold"]>): Answer<"divergence.uphold">;
  settle(input: InputOf<WindowChannels["divergence.settle"]>): Answer<"divergence.settle">;
}

export const resultHandlers = (
  results: ResultActs,
  settlements: SettlementActs,
): HandlersFor<typeof resultChannels> => ({
  "results.signOff": (input) => results.signOff(input),
  "divergence.uphold": (input) => settlements.uphold(input),
  "divergence.settle": (input) => settlements.settle(input),
  "recheck.review": (input) => results.reviewRecheck(input),
  "recheck.record": (input) => results.recordRecheck(input),
});
