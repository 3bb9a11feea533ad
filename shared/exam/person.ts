// The people of an institution and what each may do (rulings 3).
import { z } from "zod";
import { PersonId } from "#shared/base";

export const Role = z.enum(["examiner", "panelLeader", "supervisor", "administrator", "tally"]);
export type Role = z.infer<typeof Role>;

export const PersonName = z.string().min(1).max(50);

export const Person = z.strictObject({
  id: PersonId,
  name: PersonName,
  roles: z.array(Role).min(1),
});
export type Person = z.infer<typeof Person>;

export function hasRole(person: Pick<Person, "roles">, role: Role): boolean {
  return person.roles.includes(role);
}
