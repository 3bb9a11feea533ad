// The colours and target sizes a person chose on this laptop.
import { z } from "zod";
import type { AppearanceChoice } from "../ui/index.ts";

const Choice = z.strictObject({ theme: z.enum(["system", "light", "dark", "contrast"]), touch: z.boolean() });
const KEY = "jiangping.appearance";
const FIRST: AppearanceChoice = { theme: "light", touch: false };

export function rememberAppearance(choice: AppearanceChoice): void {
  localStorage.setItem(KEY, JSON.stringify(choice));
}

export function rememberedAppearance(): AppearanceChoice {
  try {
    return Choice.parse(JSON.parse(localStorage.getItem(KEY) ?? "null"));
  } catch {
    return FIRST; // nothing remembered, or not by us
  }
}
