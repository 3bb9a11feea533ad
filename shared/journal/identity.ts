// Whose work it is, and who may read that while a sitting is marked blind (R45).
import type { PersonId } from "#shared/base";
import { identityShown } from "#shared/rules";
import { everOnPanel } from "./staff.ts";
import type { SittingRow } from "./tables.ts";

/** R45: In a sitting that is not watched, names are closed until it is sealed. */
export function areNamesShown({ observed, batch }: Pick<SittingRow, "observed" | "batch">): boolean {
  return identityShown(observed, batch !== null).allowed;
}

/** Whoever marks or marked there reads numbers; the office, which made the roster, knows them anyway. */
export function isBlindTo(person: PersonId, sitting: SittingRow): boolean {
  return everOnPanel(sitting).includes(person) && !areNamesShown(sitting);
}
