// Paper sheets that two people type.
import type { HandlersFor, InputOf, transcriptionChannels, WindowChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

type Act<K extends keyof typeof transcriptionChannels> = (input: InputOf<WindowChannels[K]>) => Answer<K>;

export interface TranscriptionActs {
  readonly read: Act<"transcription.read">;
  readonly begin: Act<"transcription.begin">;
  readonly addPage: Act<"transcription.addPage">;
  readonly finish: Act<"transcription.finish">;
}

export const transcriptionHandlers = (
  acts: TranscriptionActs,
): HandlersFor<typeof transcriptionChannels> => ({
  "transcription.read": (input) => acts.read(input),
  "transcription.begin": (input) => acts.begin(input),
  "transcription.addPage": (input) => acts.addPage(input),
  "transcription.finish": (input) => acts.finish(input),
});
