// Everybody who judges or watches answers the conflict question before any sheet opens (R29).
import type { PersonId } from "#shared/base";
import { block, decide, info, type Decision } from "#shared/exam";

/** R29: Without the answers of all who must declare, sheets stay closed. */
export function checkDeclarations(required: readonly PersonId[], declared: readonly PersonId[]): Decision {
  const silent = required.filter((person) => !declared.includes(person));
  return decide(
    silent.length > 0
      ? silent.map((person) => block("R29", "recusal.undeclared", { person }))
      : [info("R29", "recusal.all-declared", { people: required.length })],
  );
}
