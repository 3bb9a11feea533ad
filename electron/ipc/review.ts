// A supervisor's decisions: asked for here, shown and signed in main's own window.
import type { HandlersFor, InputOf, reviewChannels, WindowChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface ReviewActs {
  decide(asked: InputOf<WindowChannels["review.decide"]>): Answer<"review.decide">;
  list(input: InputOf<WindowChannels["review.list"]>): Answer<"review.list">;
}

export const reviewHandlers = (reviews: ReviewActs): HandlersFor<typeof reviewChannels> => ({
  "review.decide": (asked) => reviews.decide(asked),
  "review.list": (input) => reviews.list(input),
});
