// The second medium and the recovery code.
import type { HandlersFor, mediumChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface MediumActs {
  describe(): Answer<"medium.describe">;
  choose(): Answer<"medium.choose">;
  forget(): Answer<"medium.forget">;
  makeRecovery(): Answer<"recovery.make">;
}

export const mediumHandlers = (medium: MediumActs): HandlersFor<typeof mediumChannels> => ({
  "medium.describe": () => medium.describe(),
  "medium.choose": () => medium.choose(),
  "medium.forget": () => medium.forget(),
  "recovery.make": () => medium.makeRecovery(),
});
