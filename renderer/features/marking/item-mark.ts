// An item's mark as a person reads it; null while it is blank, and blank is not zero.
import { fractionToText, multiply } from "#shared/base";
import type { Rubric, RubricItem, Sheet } from "#shared/exam";
import { scoreItem } from "#shared/rules";

export function markText(
  item: RubricItem,
  rubric: Pick<Rubric, "step">,
  sheet: Pick<Sheet, "items">,
): string | null {
  const steps = scoreItem(item, sheet.items[String(item.no)]);
  return steps === null ? null : fractionToText(multiply(steps, rubric.step));
}
