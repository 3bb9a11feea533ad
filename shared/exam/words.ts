// A text in the two languages of every form.
import { z } from "zod";

export const Words = z.strictObject({ zh: z.string().min(1).max(400), en: z.string().min(1).max(800) });
export type Words = z.infer<typeof Words>;
