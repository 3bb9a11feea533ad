export { useMedium } from "./use-medium.ts";
export { Settings, type SettingsProps } from "./Settings.tsx";
