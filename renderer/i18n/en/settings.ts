import type { Translated } from "../words.ts";
import type { settings as zh } from "../zh-CN/settings.ts";

export const settings: Translated<typeof zh> = {
  title: "About Jiangping",
  lead: "Made for skill-level certification in the cultural-relics trades; works without a network.",
  version: "Version",
  build: "Build",
  dataFolder: "Data folder",
  licence: "Licence",
  electron: "Electron",
  chromium: "Chromium",
  program: "Program",
  centre: "Centre",
  institution: "Institution",
  registry: "Registry",
  registryUrl: "Address of the registry",
  keyset: "Stamp of the registry's keys",
  device: "This laptop",
  appearance: "Appearance",
  theme: "Colours",
  themes: { system: "As the system", light: "Light", dark: "Dark", contrast: "High contrast" },
  touch: "Touch: larger buttons",
  language: "Language",
  diagnostics: "Diagnostics",
  diagnosticsLead: "Counts, versions and codes only; no name, no ID number, no mark.",
  export: "Export diagnostics",
  exported: "Saved as {{file}}",
};
