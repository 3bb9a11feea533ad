// What a person chose for this laptop as a whole.
import { z } from "zod";
import { Locale } from "#shared/ipc";

export const Settings = z.strictObject({ locale: Locale });
export type Settings = z.infer<typeof Settings>;

/** The system's language until somebody chooses: Chinese in any of its spellings, English for everyone else. */
export function defaultSettings(systemLanguage: string): Settings {
  return { locale: /^zh(?:-|$)/i.test(systemLanguage) ? "zh-CN" : "en" };
}
