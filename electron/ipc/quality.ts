// The quality of the centre: looked at, and saved as a report.
import type { HandlersFor, InputOf, qualityChannels, WindowChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface QualityActs {
  describe(input: InputOf<WindowChannels["quality.describe"]>): Answer<"quality.describe">;
  save(input: InputOf<WindowChannels["quality.save"]>): Answer<"quality.save">;
}

export const qualityHandlers = (quality: QualityActs): HandlersFor<typeof qualityChannels> => ({
  "quality.describe": (input) => quality.describe(input),
  "quality.save": (input) => quality.save(input),
});
