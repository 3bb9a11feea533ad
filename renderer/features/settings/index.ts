export { useMedium } from "./MediumPanel.tsx";
export { Settings, type SettingsProps } from "./Settings.tsx";
