// Where a person stands on this laptop, in one word.
import type { PersonRow, SittingRow } from "#shared/journal";

export type KeyState = "none" | "waiting" | "vouched" | "permitted" | "ended";

export function keyStateOf({ id, key, ended }: PersonRow, sittings: readonly SittingRow[]): KeyState {
  if (ended) return "ended";
  if (!key) return "none";
  if (key.permitted) return "permitted";
  const isVouched = sittings.some(({ substitutions }) =>
    substitutions.some(({ joins, kid }) => joins === id && kid === key.kid),
  );
  return isVouched ? "vouched" : "waiting";
}
