// What a person fills in to prepare a sitting, and how it becomes the draft that main checks and signs. Text stays text
// until it is whole: an empty field is missing, never 0.
import { z } from "zod";
import { Day, HashId, PersonId } from "#shared/base";
import { Mitigation } from "#shared/exam";
import type { SittingDraft } from "#shared/ipc";

/** Already chosen from a list: branded on the way in as well. */
const Chosen = { rubric: z.custom<HashId>(isOf(HashId)), person: z.custom<PersonId>(isOf(PersonId)) };

export const PreparationForm = z
  .strictObject({
    rubric: Chosen.rubric.nullable(),
    day: Day,
    perRotation: z
      .string()
      .trim()
      .regex(/^\d{1,2}$/)
      .transform(Number)
      .pipe(z.int().min(1).max(50)),
    panel: z.array(Chosen.person),
    leader: Chosen.person.nullable(),
    supervisor: Chosen.person.nullable(),
    observed: z.boolean(),
    /** Blank is none: whether one is needed is main's to say (R31). */
    mitigation: z
      .string()
      .transform((text) => text.trim() || null)
      .pipe(Mitigation.nullable()),
  })
  .transform(({ panel, leader, rubric, ...rest }, context): SittingDraft => {
    const members = panel.map((person) => ({ person, leader: person === leader }));
    if (rubric !== null && members.length > 0) return { ...rest, rubric, panel: members };
    context.addIssue({ code: "custom", message: "not whole yet" });
    return z.NEVER;
  });
export type Typed = z.input<typeof PreparationForm>;
export type Meant = z.output<typeof PreparationForm>;

export type Need = "rubric" | "day" | "panel" | "leader" | "roster" | "mitigation";

/** What is still missing, in the order of the page. */
export function needsOf(typed: Typed, hasRoster: boolean): Need[] {
  const needs: readonly (readonly [Need, boolean])[] = [
    ["rubric", typed.rubric === null],
    ["day", !Day.safeParse(typed.day).success || !/^\d{1,2}$/.test(typed.perRotation.trim())],
    ["panel", typed.panel.length === 0],
    ["leader", typed.leader === null || !typed.panel.includes(typed.leader)],
    ["roster", !hasRoster],
  ];
  return needs.flatMap(([need, isMissing]) => (isMissing ? [need] : []));
}

/** A mitigation that was begun is finished or taken out again. */
export function isMitigationWhole({ mitigation }: Typed): boolean {
  return Mitigation.safeParse(mitigation).success;
}

function isOf(schema: z.ZodType): (value: unknown) => boolean {
  return (value) => schema.safeParse(value).success;
}
