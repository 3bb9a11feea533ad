// Sittings from a seed, as the journal of a laptop holds them: candidates of different ability, items of different difficulty,
// examiners of different severity and speed, corrections, pauses, photographs, absences, panels that diverge and settle. One of
// twelve frauds may be worked into one. It knows how people mark and how they cheat, and nothing of what a flag measures:
// no limit of a flag is imported here.
import {
  compare,
  createRandom,
  Day,
  fraction,
  InstantMs,
  pick,
  pickInt,
  subtract,
  type ClockReading,
  type HashId,
  type PersonId,
  type Random,
  type SheetId,
} from "#shared/base";
import { countingOf, type ItemInput, type Rubric, type RubricItem, type VetoCode } from "#shared/exam";
import { createJournalView, type EntryBody, type JournalEntry, type JournalView } from "#shared/journal";
import { sampleRubrics, scoreItem, totalOf } from "#shared/rules";
import {
  anOpenedCentre,
  candidateRef,
  clockAt,
  personId,
  sheetId,
  sittingId,
  testHash,
} from "./journal-builders.ts";
import { normal } from "./normal.ts";

export const FRAUDS = [
  "invented-sheets",
  "judged-alike",
  "raised-before-signing",
  "changed-after-reveal",
  "bought-mark",
  "leaning-examiner",
  "copied-sheets",
  "reused-photographs",
  "baseless-veto",
  "clock-set-back",
  "conflict-told-late",
  "sold-passes",
] as const;
export type Fraud = (typeof FRAUDS)[number];

export interface SeededSitting {
  readonly rubric: Rubric;
  readonly entries: readonly JournalEntry[];
  /** Every entry folded. */
  readonly view: JournalView;
}

export const SEEDED_SITTING = sittingId(1);
const EXAMINERS = [1, 2, 3].map(personId);
const [LEADER] = EXAMINERS as [PersonId];
const RUBRICS = sampleRubrics();
const PASS = 60;
/** An item is as hard in one sitting as in the next. */
const DIFFICULTY = new Map(
  RUBRICS.map(({ code, items }, at) => {
    const random = createRandom(101 * (at + 1));
    const drawn = items.map(({ no, max }) => ({ no, max, by: 0.06 * normal(random) }));
    // Items differ, rubrics are set so that as many pass.
    const all = drawn.reduce((sum, { max, by }) => sum + max * by, 0);
    const mean = all / drawn.reduce((sum, { max }) => sum + max, 0);
    return [code, new Map(drawn.map(({ no, by }) => [no, by - mean]))] as const;
  }),
);

type Items = Record<string, ItemInput>;

/** One examiner's sheet of one candidate, before it is written down. */
interface Plan {
  readonly examiner: number;
  readonly candidate: number;
  items: Items;
  itemMs: number;
  /** Written after every item has a mark. */
  changes: [item: number, input: ItemInput][];
  pictures: { hash: HashId; removed: boolean }[];
  vetoes: VetoCode[];
  /** After the reveal, from what was signed. */
  amendment: { readonly of: (signed: Items) => Items; readonly reason: "transcription" | "technical" } | null;
}

export function seededSitting(seed: number, fraud: Fraud | null): SeededSitting {
  // Neighbouring seeds would begin with neighbouring numbers.
  const random = createRandom(Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d));
  for (let n = 0; n < 8; n++) random();
  const rubric = pick(RUBRICS, random);
  const world = createWorld(rubric, fraud, random);
  const plans = planSheets(world);
  if (fraud) workIn(fraud, plans, world);
  return write(plans, world, fraud);
}

interface World {
  readonly rubric: Rubric;
  readonly random: Random;
  readonly candidates: number;
  readonly absent: ReadonlySet<number>;
  /** Points in a hundred by which an examiner sees work as better than it is. */
  readonly mildness: readonly number[];
  /** How well item `no` of a candidate's work is done, 0 to 1. */
  readonly quality: (candidate: number, no: number) => number;
}

function createWorld(rubric: Rubric, fraud: Fraud | null, random: Random): World {
  const candidates = pickInt(20, 40, random);
  const level = 0.635 + 0.02 * normal(random);
  const difficulty = DIFFICULTY.get(rubric.code) ?? new Map<number, number>();
  const work = Array.from({ length: candidates }, () => {
    const ability = 0.09 * normal(random);
    return new Map(
      rubric.items.map(({ no }) => [no, level + ability + (difficulty.get(no) ?? 0) + 0.11 * normal(random)]),
    );
  });
  const leaning = fraud === "leaning-examiner" ? pickInt(0, 2, random) : -1;
  const lean = (random() < 0.5 ? -1 : 1) * between(8, 13, random);
  return {
    ...{ rubric, random, candidates },
    absent: new Set(Array.from({ length: candidates }, (_, at) => at).filter(() => random() < 0.04)),
    mildness: EXAMINERS.map((_, at) => 1.2 * normal(random) + (at === leaning ? lean : 0)),
    quality: (candidate, no) => work[candidate]?.get(no) ?? level,
  };
}

function planSheets(world: World): Plan[] {
  const { random, rubric, candidates, absent, mildness } = world;
  const speed = EXAMINERS.map(() => 11_000 * Math.exp(0.22 * normal(random)));
  return Array.from({ length: candidates }, (_, at) => at)
    .filter((candidate) => !absent.has(candidate))
    .flatMap((candidate) => {
      const seen = createEye(candidate, world);
      const veto = random() < 0.015 ? pick(rubric.vetoes, random).code : null;
      return EXAMINERS.map((_, examiner): Plan => {
        const by = (mildness[examiner] ?? 0) / 100;
        const items = Object.fromEntries(
          rubric.items.map((item) => [String(item.no), seen(item, by + 0.05 * normal(random))]),
        );
        const pictures = Array.from({ length: veto ? 1 : pickInt(0, 2, random) }, (__, n) => ({
          hash: testHash(`picture ${candidate} ${examiner} ${n}`),
          removed: false,
        }));
        const retaken = pictures.length > 0 && random() < 0.05;
        const changes = pickOften(rubric.items, 0.1, random).map((item): [number, ItemInput] => [
          item.no,
          seen(item, by + 0.1 * normal(random)),
        ]);
        return {
          ...{ examiner, candidate, items, changes, vetoes: veto ? [veto] : [] },
          itemMs: (speed[examiner] ?? 0) * Math.exp(0.15 * normal(random)),
          pictures: retaken
            ? [{ hash: testHash(`blurred ${candidate} ${examiner}`), removed: true }, ...pictures]
            : pictures,
          amendment:
            random() < 0.001
              ? { of: (signed) => slip(signed, rubric, random), reason: "transcription" }
              : null,
        };
      });
    });
}

/** What examiners see of one candidate's work: the same work for all of them, each through their own eyes. */
function createEye(candidate: number, { rubric, random, quality }: World) {
  const draws = new Map(
    rubric.items.map(({ no }) => [no, Array.from({ length: 64 }, () => random())] as const),
  );
  return (item: RubricItem, better: number): ItemInput => {
    const q = Math.min(1, Math.max(0, quality(candidate, item.no) + better));
    return inputFor(item, q, draws.get(item.no) ?? [], random);
  };
}

function inputFor(item: RubricItem, q: number, draws: readonly number[], random: Random): ItemInput {
  const draw = (n: number) => draws[n % draws.length] ?? 0.5;
  switch (item.kind) {
    case "DEDUCT": {
      let toLose = (1 - q) * item.max;
      const picked = [...item.lines]
        .map((line, n) => ({ ...line, order: draw(n) }))
        .sort((a, b) => a.order - b.order)
        .flatMap(({ code, amount, cap }) => {
          const count = Math.min(Math.round(toLose / amount), Math.ceil(cap / amount));
          toLose -= Math.min(count * amount, cap);
          return count > 0 ? [{ code, count }] : [];
        })
        .sort((a, b) => (a.code < b.code ? -1 : 1));
      return { kind: "DEDUCT", picked };
    }
    case "MEASURE":
      return {
        kind: "MEASURE",
        readings: item.groups.map((group, g) => {
          const widest = group.bands.at(-1)?.upTo ?? 10;
          const best = group.bands[0]?.upTo ?? 10;
          return {
            group: group.id,
            values: Array.from({ length: group.points }, (_, n) => {
              const [luck, place] = [draw(10 * g + 2 * n), draw(10 * g + 2 * n + 1)];
              const within =
                luck < q - 0.15
                  ? best * place
                  : luck < q + 0.15
                    ? best + (widest - best) * place
                    : widest * (1 + 0.6 * place);
              return Math.max(0, Math.round(within + 0.01 * widest * normal(random)));
            }),
          };
        }),
      };
    case "JUDGE": {
      const level = Math.min(3, Math.max(0, Math.round(3 * q + 0.25 * normal(random)))) as 0 | 1 | 2 | 3;
      return { kind: "JUDGE", level };
    }
    case "CHECK":
      return {
        kind: "CHECK",
        checks: Array.from({ length: item.checks }, (_, n) => (draw(n) < q ? "yes" : "no")),
      };
    case "POINTS":
      return { kind: "POINTS", steps: Math.round(q * item.max) };
  }
}

/** A line too many or too few, a level or a check misread. */
function slip(items: Items, rubric: Rubric, random: Random): Items {
  const item = pick(rubric.items, random);
  const input = items[String(item.no)];
  if (item.kind !== "DEDUCT" || input?.kind !== "DEDUCT") return items;
  const { code } = pick(item.lines, random);
  const others = input.picked.filter((one) => one.code !== code);
  const picked = others.length < input.picked.length ? others : [...others, { code, count: 1 }];
  return { ...items, [String(item.no)]: { kind: "DEDUCT", picked } };
}

function workIn(fraud: Fraud, plans: Plan[], world: World): void {
  const { random, rubric } = world;
  const of = (examiner: number) => plans.filter((plan) => plan.examiner === examiner);
  const candidates = [...new Set(plans.map(({ candidate }) => candidate))];
  const byCandidate = (candidate: number) => plans.filter((plan) => plan.candidate === candidate);
  const meanOf = (candidate: number) => average(byCandidate(candidate).map((plan) => pointsOf(plan, rubric)));
  const failing = () =>
    candidates.filter((candidate) => meanOf(candidate) < PASS - 1).sort((a, b) => meanOf(b) - meanOf(a));
  const examiner = pickInt(0, 2, random);
  switch (fraud) {
    case "invented-sheets": {
      const pace = between(600, 1800, random);
      for (const plan of of(examiner).slice(-pickInt(3, 20, random))) plan.itemMs = pace;
      return;
    }
    case "judged-alike": {
      const own = of(examiner);
      const from = pickInt(0, Math.floor(own.length / 3), random);
      const row = own.slice(from, from + pickInt(6, 20, random));
      const [first] = row as [Plan];
      for (const plan of row) {
        plan.changes = [];
        plan.items = Object.fromEntries(
          rubric.items.map(({ no, kind }) => [
            no,
            (kind === "MEASURE" ? plan : first).items[String(no)] as ItemInput,
          ]),
        );
      }
      return;
    }
    case "raised-before-signing":
      for (const candidate of failing().slice(0, pickInt(1, 3, random)))
        for (const plan of byCandidate(candidate)) plan.changes = raising(plan, PASS, world);
      return;
    case "changed-after-reveal": {
      const [candidate = candidates[0] ?? 0] = failing();
      const short = PASS - meanOf(candidate);
      const [plan] = byCandidate(candidate).slice(examiner) as [Plan];
      const raised = { ...plan, items: { ...plan.items, ...Object.fromEntries(plan.changes) }, changes: [] };
      const target = pointsOf(raised, rubric) + 3 * Math.max(1, short) + 1;
      const items = { ...raised.items, ...Object.fromEntries(raising(raised, target, world)) };
      plan.amendment = { of: () => items, reason: pick(["transcription", "technical"] as const, random) };
      return;
    }
    case "bought-mark": {
      const low = candidates.filter((candidate) => meanOf(candidate) < 70);
      const candidate = pick(low.length > 0 ? low : candidates, random);
      const [plan] = byCandidate(candidate).slice(examiner) as [Plan];
      lift(plan, pointsOf(plan, rubric) + between(18, 28, random), world);
      return;
    }
    case "leaning-examiner":
      // They lean wherever they look: see createWorld.
      return;
    case "copied-sheets": {
      const own = of(examiner);
      const source = pick(own, random);
      const copies = own.filter((plan) => plan !== source).slice(-pickInt(1, 5, random));
      for (const plan of copies) {
        plan.items = source.items;
        plan.changes = source.changes;
      }
      return;
    }
    case "reused-photographs": {
      const own = of(examiner);
      const [source, ...copies] = [pick(own, random), ...own.slice(-pickInt(1, 4, random))];
      source.pictures = [{ hash: testHash("the good one"), removed: false }];
      for (const plan of copies.filter((copy) => copy !== source)) plan.pictures = source.pictures;
      if (copies.every((copy) => copy === source)) (own[0] as Plan).pictures = source.pictures;
      return;
    }
    case "baseless-veto": {
      const { code } = pick(rubric.vetoes, random);
      for (const plan of byCandidate(pick(candidates, random))) {
        plan.vetoes = [code];
        plan.pictures = [];
      }
      return;
    }
    case "clock-set-back":
    case "conflict-told-late":
      // Written between the sheets: see write.
      return;
    case "sold-passes":
      for (const plan of plans) {
        plan.vetoes = [];
        const target = PASS + between(0.5, 8, random);
        if (pointsOf(plan, rubric) < target) lift(plan, target, world);
      }
      return;
  }
}

/** Better inputs for one item after the other until the sheet is worth as much; changes of the sheet as it stands. */
function raising(
  plan: Pick<Plan, "items" | "changes">,
  target: number,
  world: World,
  readings = false,
): [number, ItemInput][] {
  const { rubric, random } = world;
  const changes = [...plan.changes];
  const items = { ...plan.items, ...Object.fromEntries(changes) };
  const order = [...rubric.items]
    .filter(({ kind }) => readings || kind !== "MEASURE")
    .sort(() => random() - 0.5);
  for (const item of order) {
    if (toPoints(items, rubric) >= target) break;
    const better = inputFor(
      item,
      Math.min(1, shareOf(item, items) + between(0.3, 0.5, random)),
      [0.4],
      random,
    );
    if (shareOf(item, { [String(item.no)]: better }) <= shareOf(item, items)) continue;
    items[String(item.no)] = better;
    changes.push([item.no, better]);
  }
  return changes;
}

/** A sheet that was meant to be worth as much from its first mark on. */
function lift(plan: Plan, target: number, world: World): void {
  for (let n = 0; n < 4 && pointsOf(plan, world.rubric) < target; n++) {
    plan.items = { ...plan.items, ...Object.fromEntries(raising(plan, target, world, true)) };
    plan.changes = [];
  }
}

function shareOf(item: RubricItem, items: Items): number {
  const steps = scoreItem(item, items[String(item.no)]);
  return steps ? steps.n / steps.d / item.max : 0;
}

function pointsOf({ items, changes }: Pick<Plan, "items" | "changes">, rubric: Rubric): number {
  return toPoints({ ...items, ...Object.fromEntries(changes) }, rubric);
}

function toPoints(items: Items, rubric: Rubric): number {
  const { total } = totalOf(rubric, items, 0);
  return total.n / total.d;
}

function write(plans: readonly Plan[], world: World, fraud: Fraud | null): SeededSitting {
  const { rubric, random, candidates, absent } = world;
  const view = createJournalView();
  const entries: JournalEntry[] = [];
  const clock = { ms: 0, setBackMs: 0 };
  let seq = 0;
  let chain = 0;
  const put = (body: EntryBody, actor: PersonId | null, at: ClockReading): void => {
    seq += 1;
    const entry: JournalEntry = { v: 1, seq, at, actor, body };
    view.apply(entry);
    entries.push(entry);
  };
  const now = (): ClockReading => {
    const { wall, boot } = clockAt(1000);
    return {
      wall: InstantMs.parse(Math.round(wall + clock.ms - clock.setBackMs)),
      mono: Math.round(clock.ms),
      boot,
    };
  };
  const append = (body: EntryBody, actor: PersonId | null, afterMs = 500): void => {
    clock.ms += afterMs;
    put(body, actor, now());
  };
  for (const { entry } of centreWith(rubric)) put(entry.body, entry.actor, entry.at);
  chain += 1;
  append(preparation(rubric, candidates, chain), personId(4));
  for (const examiner of EXAMINERS)
    append({ kind: "conflict.declared", sitting: SEEDED_SITTING, candidates: [] }, examiner);

  const disturbedAt = pickInt(1, plans.length - 2, random);
  const drifts = random() < 0.1;
  const sheets = new Map<Plan, SheetId>();
  for (const [at, plan] of plans.entries()) {
    const signed = writeSheet(plan);
    sheets.set(plan, signed);
    if (at === disturbedAt) disturb(plan);
    const isLast = plan.examiner === EXAMINERS.length - 1;
    if (isLast) afterReveal(plans.filter((one) => one.candidate === plan.candidate));
    // The panel walks on, rests, eats, waits for the next rotation.
    clock.ms += isLast ? between(60_000, 900_000, random) : between(5_000, 60_000, random);
  }
  for (const candidate of absent) {
    chain += 1;
    const [ref, hash] = [candidateRef(candidate + 1), testHash(`absent ${candidate}`)];
    append({ kind: "candidate.absent", sitting: SEEDED_SITTING, candidate: ref, seq: chain, hash }, LEADER);
  }
  return { rubric, entries, view };

  function writeSheet({ examiner, candidate, items, itemMs, changes, pictures, vetoes }: Plan): SheetId {
    const actor = EXAMINERS[examiner] ?? LEADER;
    const sheet = sheetId(seq);
    const ref = candidateRef(candidate + 1);
    const opened = { sheet, sitting: SEEDED_SITTING, candidate: ref, rubric: testHash(rubric.code) };
    append({ kind: "sheet.opened", ...opened }, actor, between(2_000, 30_000, random));
    const step = () => itemMs * Math.exp(0.5 * normal(random));
    const pauseAt = random() < 0.1 && itemMs > 3_000 ? pickInt(1, rubric.items.length, random) : 0;
    for (const [n, item] of rubric.items.entries()) {
      const input = items[String(item.no)] as ItemInput;
      if (n === pauseAt && n > 0) clock.ms += between(120_000, 1_800_000, random);
      if (n < rubric.items.length - 1 && random() < 0.04 && itemMs > 3_000) {
        const wrong = inputFor(item, random(), [random(), random()], random);
        append({ kind: "mark.set", sheet, item: item.no, input: wrong }, actor, step());
      }
      append({ kind: "mark.set", sheet, item: item.no, input }, actor, step());
    }
    for (const { hash, removed } of pictures) {
      const facts = { hash, size: 200_000, type: "image/jpeg", width: 4000, height: 3000 } as const;
      append({ kind: "evidence.added", sheet, item: null, ...facts }, actor, 8_000);
      if (removed) append({ kind: "evidence.removed", sheet, item: null, hash }, actor, 4_000);
    }
    for (const code of vetoes) append({ kind: "veto.set", sheet, code, on: true }, actor, 6_000);
    for (const [item, input] of changes) append({ kind: "mark.set", sheet, item, input }, actor, step());
    if (random() < 0.1) append({ kind: "note.set", sheet, text: "…" }, actor, 10_000);
    chain += 1;
    const hash = testHash(`sheet ${sheet}`);
    const { total } = totalOf(rubric, view.read("sheets", sheet)?.items ?? {}, 0);
    append({ kind: "sheet.signed", sheet, seq: chain, hash, total }, actor, between(4_000, 12_000, random));
    return sheet;
  }

  /** What does not belong to a sheet. */
  function disturb({ examiner, candidate }: Plan): void {
    if (drifts) append({ kind: "clock.changed", state: "drifted", against: "monotonic", byMs: 9_000 }, null);
    if (fraud === "clock-set-back") {
      const byMs = Math.round(between(600_000, 86_400_000, random));
      clock.setBackMs += byMs;
      append({ kind: "clock.changed", state: "changed", against: "monotonic", byMs: -byMs }, null);
    }
    if (fraud === "conflict-told-late") {
      const about = { sitting: SEEDED_SITTING, candidates: [candidateRef(candidate + 1)] };
      append({ kind: "conflict.declared", ...about }, EXAMINERS[examiner] ?? LEADER);
    }
  }

  /** The last of the panel has signed: slips are amended, and what lies too far apart is settled. */
  function afterReveal(panel: readonly Plan[]): void {
    for (const plan of panel)
      if (plan.amendment) amend(plan, plan.amendment.of(counting(plan).marks.items), plan.amendment.reason);
    if (!isApart(panel)) return;
    const totals = panel.map((plan) => counting(plan).total);
    const middle = average(totals.map(({ n, d }) => n / d));
    const far = panel.reduce((a, b) => (apartFrom(b, middle) > apartFrom(a, middle) ? b : a));
    // Most examiners keep their sheet; some see that they were wrong.
    if (random() < 0.3 && fraud !== "bought-mark" && fraud !== "leaning-examiner") {
      const others = panel.filter((plan) => plan !== far);
      const better = pick(others, random);
      amend(far, view.read("sheets", sheets.get(better) ?? sheetId(0))?.items ?? {}, "moderation");
    }
    if (!isApart(panel)) return;
    const records = panel.map((plan) => counting(plan).hash);
    const [{ candidate }] = panel as [Plan];
    const settled = { candidate: candidateRef(candidate + 1), person: LEADER, records, reason: "…" };
    chain += 1;
    const signed = { sitting: SEEDED_SITTING, seq: chain, hash: testHash(`settlement ${candidate}`) };
    append({ kind: "divergence.settled", ...settled, signed }, LEADER, 60_000);
  }

  function counting(plan: Plan) {
    const sheet = view.read("sheets", sheets.get(plan) ?? sheetId(0));
    const counted = sheet && countingOf(sheet);
    if (!counted) throw new Error("a sheet of the plan is signed");
    return counted;
  }

  function apartFrom(plan: Plan, middle: number): number {
    const { n, d } = counting(plan).total;
    return Math.abs(n / d - middle);
  }

  /** As R35 and R43 have it. */
  function isApart(panel: readonly Plan[]): boolean {
    const counted = panel.map(counting);
    const totals = counted.map(({ total }) => total).sort(compare);
    const [low, high] = [totals[0] ?? fraction(0), totals.at(-1) ?? fraction(0)];
    const isFar = compare(subtract(high, low), fraction(10)) > 0;
    return (
      isFar ||
      rubric.items.some(({ no }) => {
        const levels = counted.flatMap(({ marks }) => {
          const input = marks.items[String(no)];
          return input?.kind === "JUDGE" ? [input.level] : [];
        });
        return levels.length > 0 && Math.max(...levels) - Math.min(...levels) > 1;
      })
    );
  }

  function amend(plan: Plan, items: Items, reason: "transcription" | "technical" | "moderation"): void {
    const sheet = sheets.get(plan) ?? sheetId(0);
    const actor = EXAMINERS[plan.examiner] ?? LEADER;
    const before = counting(plan);
    append({ kind: "amendment.opened", sheet, basis: before.hash }, actor, 30_000);
    for (const [no, input] of Object.entries(items))
      if (JSON.stringify(input) !== JSON.stringify(before.marks.items[no]))
        append({ kind: "mark.set", sheet, item: Number(no), input }, actor, 10_000);
    chain += 1;
    const { total } = totalOf(rubric, view.read("sheets", sheet)?.amending?.items ?? {}, 0);
    const approvedBy = EXAMINERS[(plan.examiner + 1) % 3] ?? LEADER;
    append(
      {
        ...{ kind: "sheet.amended", sheet, sitting: SEEDED_SITTING, seq: chain, reason, text: "…", total },
        ...{ hash: testHash(`amended ${sheet} ${chain}`), approvedBy, office: "panelLeader" },
      },
      actor,
      20_000,
    );
  }
}

const centres = new Map<string, ReturnType<typeof anOpenedCentre>>();

function centreWith(rubric: Rubric) {
  const centre = centres.get(rubric.code) ?? anOpenedCentre({ rubrics: [rubric], demo: false });
  centres.set(rubric.code, centre);
  return centre.entries;
}

function preparation(rubric: Rubric, candidates: number, seq: number): EntryBody {
  return {
    kind: "sitting.prepared",
    sitting: {
      ...{ id: SEEDED_SITTING, day: Day.parse("2026-11-23"), rubric: testHash(rubric.code), perRotation: 5 },
      ...{ occupation: rubric.occupation, direction: rubric.direction, level: rubric.level },
      panel: EXAMINERS.map((person) => ({ person, leader: person === LEADER })),
      ...{ supervisor: null, observed: true, mitigation: null },
    },
    candidates: Array.from({ length: candidates }, (_, at) => ({
      ...{
        ref: candidateRef(at + 1),
        sitting: SEEDED_SITTING,
        no: at + 1,
        rotation: Math.ceil((at + 1) / 5),
      },
      ...{ name: `考生${at + 1}`, idMasked: "990000********0017", ticketNo: `2026-${at + 1}` },
    })),
    roster: {
      ...{ hash: testHash("roster"), seq, fileName: "roster.xlsx" },
      source: testHash("file"),
      refused: 0,
    },
    trainers: [],
  };
}

/** Each independently with this chance over all of them: a Poisson number of picks, nearly. */
function pickOften<T>(all: readonly T[], expected: number, random: Random): T[] {
  return all.filter(() => random() < expected / all.length);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function between(least: number, most: number, random: Random): number {
  return least + (most - least) * random();
}
