// What a person chose for this laptop as a whole.
import { z } from "zod";
import { Locale } from "#shared/ipc";

export const Settings = z.strictObject({ locale: Locale });
export type Settings = z.infer<typeof Settings>;

/** Chinese until somebody chooses: it is the language of the trade, its forms and its rules. */
export const defaultSettings: Settings = { locale: "zh-CN" };

/** Where the copy of the journal is kept up; null while there is none. */
export const MediumPlace = z.strictObject({ folder: z.string().nullable() });
export type MediumPlace = z.infer<typeof MediumPlace>;
export const noMedium: MediumPlace = { folder: null };
