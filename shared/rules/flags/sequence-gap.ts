// A number is missing between the records that a laptop signed (T2): a signed sheet is gone. A fact. On the laptop it is said on the
// day; the registry asks it of every laptop that took part.
import { groupBy } from "#shared/base";
import { aFlag, type FlagRule } from "./flag.ts";

export const sequenceGap: FlagRule = ({ records }) => {
  const gaps = [...groupBy(records, ({ from }) => from).values()].flatMap((chain) => {
    const inOrder = [...chain].sort((a, b) => a.seq - b.seq);
    return inOrder.flatMap((here, at) => {
      const before = inOrder[at - 1];
      return before && here.seq > before.seq + 1 ? [{ before, here, count: here.seq - before.seq - 1 }] : [];
    });
  });
  if (gaps.length === 0) return [];
  return [
    aFlag("sequence-gap", {
      entries: gaps.flatMap(({ before, here }) => [before.entry, here.entry]),
      facts: { count: gaps.reduce((sum, gap) => sum + gap.count, 0) },
    }),
  ];
};
