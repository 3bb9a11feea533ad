// Colours and the size of targets: a choice of this laptop, kept in the window.
import { z } from "zod";
import type { AppearanceChoice } from "../ui/index.ts";

const Kept = z.strictObject({ theme: z.enum(["system", "light", "dark", "contrast"]), touch: z.boolean() });
const KEY = "jiangping.appearance";

export function readAppearance(): AppearanceChoice {
  const [theme, touch] = (localStorage.getItem(KEY) ?? "").split(" ");
  const kept = Kept.safeParse({ theme, touch: touch === "touch" });
  return kept.success ? kept.data : { theme: "system", touch: false };
}

export function keepAppearance({ theme, touch }: AppearanceChoice): void {
  localStorage.setItem(KEY, `${theme} ${touch ? "touch" : "pointer"}`);
}
