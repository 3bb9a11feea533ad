// What a sheet comes to so far, and how many of its items are marked. Blank is not zero.
import { fractionToText } from "#shared/base";
import type { SheetTotal } from "#shared/rules";
import { useText } from "../../i18n/index.ts";
import { Figure } from "../../ui/index.ts";

export function SheetSum({ total }: { readonly total: SheetTotal }) {
  const t = useText();
  return (
    <Figure
      label={t("marking.total")}
      value={total.marked === 0 ? null : fractionToText(total.total)}
      of={t("marking.markedOf", { marked: total.marked, items: total.items })}
      data-testid="sheet-total"
    />
  );
}
