// A number is missing between the records that this laptop signed (T2): a signed sheet is gone. A fact. The registry asks the same
// of what it receives; here it is said on the day.
import { aFlag, type FlagRule } from "./flag.ts";

export const sequenceGap: FlagRule = ({ records }) => {
  const chain = [...records].sort((a, b) => a.seq - b.seq);
  const gaps = chain.flatMap((here, at) => {
    const before = chain[at - 1];
    return before && here.seq > before.seq + 1 ? [{ before, here, count: here.seq - before.seq - 1 }] : [];
  });
  if (gaps.length === 0) return [];
  return [
    aFlag("sequence-gap", {
      entries: gaps.flatMap(({ before, here }) => [before.entry, here.entry]),
      facts: { count: gaps.reduce((sum, gap) => sum + gap.count, 0) },
    }),
  ];
};
