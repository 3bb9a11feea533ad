// One photograph, byte for byte, as evidence of different candidates. A fact: two exposures are never the same bytes. A sheet from another
// laptop names its photographs in its record, and there they are compared without being here.
import { groupBy, type HashId } from "#shared/base";
import { aFlag, type FlagRule } from "./flag.ts";
import { soleOf, type SheetHistory } from "./history.ts";

export const identicalPhotographs: FlagRule = ({ sheets }) => {
  const pictures = sheets.flatMap((one) =>
    (one.pictures ?? []).map((hash) => ({ hash, one, candidate: one.sheet.candidate })),
  );
  return [...groupBy(pictures, ({ hash }) => hash)].flatMap(([hash, same]) => {
    const candidates = [...new Set(same.map(({ candidate }) => candidate))];
    if (candidates.length < 2) return [];
    return [
      aFlag("identical-photographs", {
        person: soleOf(same.map(({ one }) => one.sheet.examiner)),
        candidates,
        sheets: [...new Set(same.map(({ one }) => one.sheet.id))],
        entries: same.flatMap(({ one }) => entriesOf(hash, one)),
        facts: { count: candidates.length },
      }),
    ];
  });
};

/** Where it was added; of a sheet from another laptop where it was received. */
function entriesOf(hash: HashId, { acts, opened }: SheetHistory): number[] {
  const added = acts.filter((act) => act.kind === "picture" && act.hash === hash);
  return added.length > 0 ? added.map(({ entry }) => entry) : [opened];
}
