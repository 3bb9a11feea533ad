// What a use case behind a channel answers, derived from the contract.
import type { HandlersFor, WindowChannels } from "#shared/ipc";

export type Answer<K extends keyof WindowChannels> = ReturnType<HandlersFor<WindowChannels>[K]>;
