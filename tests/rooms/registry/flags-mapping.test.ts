// A sitting's history out of the registry's records: where one laptop marked everything the registry asks what that laptop asks, and
// where several did it sees them together.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day, PersonId } from "#shared/base";
import { readHistory } from "#shared/journal";
import {
  defaultPolicy,
  flagPolicyOf,
  flagSitting,
  FLAG_CODES,
  type Flag,
  type SittingHistory,
} from "#shared/rules";
import type { PanelChangeRecord, PermitRecord } from "#shared/wire";
import { ASKED, askedOnly, NOT_ASKED } from "../../../registry/flags/asked.ts";
import { sittingHistory, type KnownRecords } from "../../../registry/flags/sitting-history.ts";
import { personId, testHash } from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";
import { FRAUDS, SEEDED_SITTING, seededSitting, type SeededSitting } from "../../support/seeded-sittings.ts";
import { aTakenBatch, LAPTOPS, takenSitting } from "../../support/taken-sitting.ts";

const policy = flagPolicyOf(defaultPolicy());

function historyAtRegistry({ view }: SeededSitting, laptopOf?: Parameters<typeof takenSitting>[2]) {
  const { taken, known } = takenSitting(view, SEEDED_SITTING, laptopOf);
  const found = sittingHistory(taken, known);
  if (!found) throw new Error("everything can be read");
  return found;
}

function historyAtLaptop({ entries, view }: SeededSitting): SittingHistory {
  const history = readHistory(entries, view, SEEDED_SITTING);
  if (!history) throw new Error("the sitting is there");
  return history;
}

/** As far as both sides know it: entries are numbers of two different journals, and sheets are listed as each came to know them. */
function comparable(flags: readonly Flag[]) {
  return askedOnly(flags)
    .map(({ entries: _, candidates, sheets, chance, ...flag }) => ({
      ...flag,
      ...{
        candidates: [...new Set(candidates)].sort(),
        sheets: [...sheets].sort(),
        chance: chance.toPrecision(9),
      },
    }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

test("every flag is asked or explained, and none is both", () => {
  expect([...ASKED, ...Object.keys(NOT_ASKED)].sort()).toEqual([...FLAG_CODES].sort());
});

property(
  "[T7] of a sitting that one laptop marked, the registry's flags are the laptop's where none rests on an act, fraud or no fraud",
  14,
  [fc.nat(100_000), fc.constantFrom(null, ...FRAUDS)],
  (seed, fraud) => {
    const seeded = seededSitting(seed, fraud);
    const { history, unread } = historyAtRegistry(seeded);
    expect(unread).toBe(0);
    const laptop = historyAtLaptop(seeded);
    expect(comparable(flagSitting(history, policy))).toEqual(comparable(flagSitting(laptop, policy)));
  },
);

property(
  "[T7] without acts no flag that rests on them is raised, whatever was done; and on however many laptops, the rest stays as it was",
  5,
  [fc.nat(100_000), fc.constantFrom(...FRAUDS)],
  (seed, fraud) => {
    const seeded = seededSitting(seed, fraud);
    const one = flagSitting(historyAtRegistry(seeded).history, policy);
    expect(one.filter(({ code }) => code in NOT_ASKED)).toEqual([]);
    const three = historyAtRegistry(seeded, (examiner) => LAPTOPS[examiner % 3] ?? LAPTOPS[0]).history;
    const isOfNumbers = ({ code }: Flag) => code === "sequence-gap";
    expect(comparable(flagSitting(three, policy).filter((flag) => !isOfNumbers(flag)))).toEqual(
      comparable(one),
    );
  },
);

describe("of several laptops", () => {
  const each = (examiner: number) => LAPTOPS[examiner % 3] ?? LAPTOPS[0];

  test("[T7] one photograph on two of them is one flag, and its entries are found in both", () => {
    const seeded = seededSitting(5, null);
    const { taken, known } = takenSitting(seeded.view, SEEDED_SITTING, each);
    const [first, other] = taken.sheets.filter(
      (sheet, at) =>
        at === 0 ||
        (sheet.candidate !== taken.sheets[0]?.candidate && sheet.examiner !== taken.sheets[0]?.examiner),
    );
    if (!first || !other) throw new Error("two sheets of two candidates by two examiners");
    const photograph = { hash: testHash("one and the same"), size: 9, type: "image/jpeg" };
    const found = sittingHistory(taken, {
      ...known,
      record: (hash) => {
        const one = known.record(hash);
        if (one?.record.kind !== "sheet" || (hash !== first.hash && hash !== other.hash)) return one;
        return { ...one, record: { ...one.record, value: { ...one.record.value, evidence: [photograph] } } };
      },
    });
    const flags = found ? flagSitting(found.history, policy) : [];
    const [flag] = flags.filter(({ code }) => code === "identical-photographs");
    expect(flag).toMatchObject({ person: null, facts: { count: 2 }, chance: 0 });
    expect(flag?.entries.map((entry) => found?.sources[entry - 1])).toEqual([
      { place: 10, laptop: LAPTOPS[0], seq: first.seq, record: first.hash },
      expect.objectContaining({ seq: other.seq, record: other.hash }),
    ]);
  });

  test("[T2] a number that is missing on one of them is flagged, also before its first sheet and after its last; one beyond is not", () => {
    const { taken, known } = takenSitting(seededSitting(5, null).view, SEEDED_SITTING);
    const last = Math.max(...taken.sheets.map(({ seq }) => seq));
    const gapsIn = (...ranges: readonly (readonly [number, number])[]) => {
      const whole = ranges.map(([from, to], at) => aTakenBatch(LAPTOPS[0], 10 + at, from, to));
      const found = sittingHistory(taken, { ...known, whole: [...whole, ...known.whole.slice(1)] });
      const flags = found ? flagSitting(found.history, policy) : [];
      return flags.flatMap(({ code, facts, entries }) =>
        code === "sequence-gap" ? [[facts["count"], ...entries.map((n) => found?.sources[n - 1]?.seq)]] : [],
      );
    };
    expect(gapsIn([1, last])).toEqual([]);
    expect(gapsIn([1, 3], [5, last])).toEqual([[1, 3, 5]]);
    expect(gapsIn([1, last], [last + 3, last + 9])).toEqual([[2, last, last + 3]]);
    expect(gapsIn([1, last + 1], [last + 5, last + 9])).toEqual([]);
  });
});

describe("a panel that lies too far apart", () => {
  const { taken, known } = takenSitting(seededSitting(3, "bought-mark").view, SEEDED_SITTING);
  const divergences = (settlements: typeof taken.settlements) => {
    const found = sittingHistory({ ...taken, settlements }, known);
    const flags = found ? askedOnly(flagSitting(found.history, policy)) : [];
    return flags
      .filter(({ code }) => code === "divergence")
      .map(({ entries, ...flag }) => ({
        ...flag,
        records: entries.map((entry) => found?.sources[entry - 1]?.record),
      }));
  };
  const settled = (flags: ReturnType<typeof divergences>) => flags.map(({ facts }) => facts["settled"]);

  test("[R43] is open, which is a fact, while no settlement of it has come", () => {
    const open = divergences([]);
    expect(settled(open)).toEqual([false, false, false]);
    expect(open.map(({ chance }) => chance)).toEqual([0, 0, 0]);
  });

  test("[R43] is flagged no more once the leader's settlement counts, but told as settled where one sheet lies unusually far off", () => {
    expect(taken.settlements).toHaveLength(3);
    const [far, ...more] = divergences(taken.settlements);
    expect(more).toEqual([]);
    expect(far).toMatchObject({ facts: { settled: true } });
    expect(far?.chance).toBeGreaterThan(0);
    const own = taken.settlements.find(({ candidate }) => candidate === far?.candidates[0]);
    expect(far?.records).toContain(own?.hash);
  });

  test("[R46] is open again where what was settled is not what counts now", () => {
    const outdated = taken.settlements.map((one) => ({
      ...one,
      records: [testHash("what counted before"), ...one.records.slice(1)],
    }));
    expect(settled(divergences(outdated))).toEqual([false, false, false]);
  });
});

describe("the panel", () => {
  const { view } = seededSitting(5, null);
  const [ANNA, BO, CHEN] = [1, 2, 3].map(personId) as [PersonId, PersonId, PersonId];
  const [DING, EMMA] = ["p-501", "p-502"].map((id) => PersonId.parse(id)) as [PersonId, PersonId];
  const seat = (person: PersonId) => ({ person, leader: person === ANNA });
  const aChange = (leaves: PersonId, joins: PersonId, members: readonly PersonId[], card = false) =>
    ({
      ...{ permit: testHash("permit"), leaves, panel: members.map(seat) },
      joins: {
        person: { id: joins, name: "替补", roles: ["examiner"] },
        stated: card ? statedFor(joins) : null,
      },
    }) as unknown as PanelChangeRecord;
  const statedFor = (person: PersonId) => ({
    examiner: [{ person, grade: "SENIOR", cardNo: "card" }],
    supervisor: null,
  });
  const asked = (changes: readonly PanelChangeRecord[], over: Partial<KnownRecords> = {}) => {
    const { taken, known } = takenSitting(view, SEEDED_SITTING);
    const vouches = changes.map((_, at) => ({ record: String(at) })) as unknown as typeof taken.changes;
    const change = (record: string) => changes[Number(record)] as PanelChangeRecord;
    return sittingHistory({ ...taken, changes: vouches }, { ...known, change, ...over });
  };

  test("[R20] is the one it ended as, in whatever order its changes came", () => {
    const first = aChange(BO, DING, [ANNA, DING, CHEN]);
    const second = aChange(DING, EMMA, [ANNA, EMMA, CHEN]);
    for (const changes of [
      [first, second],
      [second, first],
    ])
      expect(asked(changes)?.history.panel.map(({ person }) => person)).toEqual([ANNA, EMMA, CHEN]);
  });

  test("[R18] whoever joined on the day brings the card that was stated, and whoever left keeps theirs", () => {
    const cards = asked([aChange(BO, DING, [ANNA, DING, CHEN], true)])?.history.cards ?? [];
    expect(new Set(cards.map(({ person }) => person))).toEqual(new Set([ANNA, BO, CHEN, DING]));
  });

  test("[R18] cards are those of the newest permit that a record names, and a later one that none names changes nothing", () => {
    const { known } = takenSitting(view, SEEDED_SITTING);
    const old = known.permit(testHash("permit"))?.value as PermitRecord;
    const without = { ...old, reference: { ...old.reference, examiners: [] } };
    const permit: KnownRecords["permit"] = (hash) =>
      hash === testHash("newer") ? { place: 9, value: without } : { place: 1, value: old };
    expect(asked([], { permit })?.history.cards).not.toEqual([]);
    const change = { ...aChange(BO, DING, [ANNA, DING, CHEN]), permit: testHash("newer") };
    expect(asked([change], { permit })?.history.cards).toEqual([]);
  });

  test("nothing is asked of a sitting whose roster, rubric or permit cannot be read, and of a sheet that cannot be it is said", () => {
    const { taken, known } = takenSitting(view, SEEDED_SITTING);
    expect(asked([], { rubric: () => undefined })).toBeNull();
    expect(asked([], { permit: () => undefined })).toBeNull();
    const without =
      (gone: string): KnownRecords["record"] =>
      (hash) =>
        hash === gone ? undefined : known.record(hash);
    expect(asked([], { record: without(taken.roster.hash) })).toBeNull();
    const [sheet] = taken.sheets;
    const found = asked([], { record: without(sheet?.hash ?? "") });
    expect([found?.unread, found?.history.sheets.length]).toEqual([1, taken.sheets.length - 1]);
    expect(found?.history.day).toBe(Day.parse(taken.day));
  });
});
