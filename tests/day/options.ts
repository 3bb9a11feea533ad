// The words after `npm run day --`, read strictly: an unknown word or a missing value ends the day before it starts.
import { parseArgs } from "node:util";
import { z } from "zod";

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "a whole number")
    .transform(Number)
    .pipe(z.int().min(least).max(most));

export const DayOptions = z.strictObject({
  candidates: whole(1, 5000).optional(),
  panel: whole(1, 6).default(1),
  /** Each examiner on a laptop of their own, and everything between them by stick. */
  laptops: z.boolean().default(false),
  seed: whole(0, 999_999_999).default(20261123),
  roster: z.string().optional(),
  rubric: z.string().optional(),
  registry: z.url().optional(),
  out: z.string().default("out/day"),
  json: z.boolean().default(false),
  /** Every screen in both languages, also main's own window: the pictures of build/screens. */
  screens: z.boolean().default(false),
});
export type DayOptions = z.infer<typeof DayOptions>;

export class BadOptions extends Error {}

export function readOptions(args: readonly string[]): DayOptions {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        candidates: text,
        panel: text,
        laptops: { type: "boolean" },
        seed: text,
        roster: text,
        rubric: text,
        registry: text,
        out: text,
        json: { type: "boolean" },
        screens: { type: "boolean" },
      },
    });
    return DayOptions.parse(values);
  } catch (error) {
    throw new BadOptions(error instanceof z.ZodError ? zodWords(error) : (error as Error).message);
  }
}

function zodWords(error: z.ZodError): string {
  return error.issues.map((issue) => `--${issue.path.join(".")}: ${issue.message}`).join("; ");
}
