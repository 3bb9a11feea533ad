// Supervision as main sees it. What entries tell of a sitting is collected from the journal when somebody first asks, from where
// the sitting was prepared on, so that neither a start nor a question pays for earlier years; from then on only what was appended
// since is read. Flags asked for while a sitting is marked and at its close are the same question; so is what a supervisor noted on site.
import {
  groupBy,
  invariant,
  ok,
  refuse,
  type PersonId,
  type Refusal,
  type Result,
  type SittingId,
} from "#shared/base";
import type { Sheet } from "#shared/exam";
import type { InputOf, Moment, WindowChannels } from "#shared/ipc";
import {
  createSheetTrails,
  createSittingWatch,
  createVisitWatch,
  earlierPasses,
  everOnPanel,
  flagStanding,
  groundOf,
  mayCountFlags,
  maySeeFlag,
  maySeeReview,
  maySeeSheet,
  ONLY,
  recordsOfSitting,
  supervisionOffice,
  toRaised,
  type CodeCounts,
  type JournalEntry,
  type RaisedFlag,
  type SheetTrails,
  type SittingRecords,
  type SittingRow,
  type SittingWatch,
  type VisitWatch,
} from "#shared/journal";
import { flagPolicyOf, flagSitting, notAskedIn, type NotAsked } from "#shared/rules";
import type { Answer, Journal } from "./ports.ts";
import { createSerial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

type Input<K extends keyof WindowChannels> = InputOf<WindowChannels[K]>;

export interface Supervision {
  flags(input: Input<"supervision.flags">): Answer<"supervision.flags">;
  count(input: Input<"supervision.count">): Answer<"supervision.count">;
  timeline(input: Input<"supervision.timeline">): Answer<"supervision.timeline">;
  /** For main itself, which tells nobody whom they are about. */
  countOf(sitting: SittingId): Promise<CodeCounts>;
  /** For main itself: what supervisors noted and signed of the room, up to the newest entry. */
  visitsOf(sitting: SittingId): Promise<Pick<VisitWatch, "notesOf" | "signedOf">>;
}

type Read = Pick<Journal, "view" | "head" | "read">;

export interface SupervisionDeps {
  readonly journal: Read;
  readonly sessions: Pick<Sessions, "current">;
}

/** Read at a time; marking goes on between two pages. */
const PAGE = 1000;
/** Enough to see what a flag is about. */
const MOMENTS_AT_MOST = 50;

export function createSupervision({ journal, sessions }: SupervisionDeps): Supervision {
  const { view } = journal;
  /** Its own line: whoever signs or marks does not wait for a journal to be read. */
  const inTurn = createSerial();
  const begins = new Map<SittingId, number>();
  let story: Story | null = null;

  /** Backwards from the newest entry: whoever asks, asks about these days. */
  async function beginOf(sitting: SittingId): Promise<number> {
    for (let end = journal.head().seq; end > 0 && !begins.has(sitting); end -= PAGE) {
      const after = Math.max(0, end - PAGE);
      for (const { entry } of await journal.read(after, end - after)) {
        const { body, seq } = entry;
        if (body.kind === "sitting.prepared" || body.kind === "sitting.received")
          begins.set(body.sitting.id, seq);
      }
    }
    const begin = begins.get(sitting);
    invariant(begin !== undefined, "a sitting was prepared here, or received");
    return begin;
  }

  /** Calls `read` when everything that is flushed of the sitting's days was fed, before anything else is appended. */
  const upToDate = <T>(sitting: SittingId, read: (story: Story) => T): Promise<T> =>
    inTurn(async () => {
      const begin = await beginOf(sitting);
      const open = story !== null && story.from <= begin ? story : storyFrom(begin, view);
      story = open;
      while (open.fed < journal.head().seq)
        for (const { entry } of await journal.read(open.fed, PAGE)) {
          open.watch.apply(entry);
          open.trails.apply(entry);
          open.visits.apply(entry);
          open.fed = entry.seq;
        }
      return read(open);
    });

  const askFlags = (
    sitting: SittingId,
  ): Promise<{ readonly raised: RaisedFlag[]; readonly notAsked: NotAsked[] }> =>
    upToDate(sitting, ({ watch }) => {
      const policy = view.read("centre", ONLY)?.permit?.reference.policy;
      const history = watch.history(sitting, earlierPasses(view, sitting));
      invariant(policy && history, "a sitting is prepared under a permit, by a rubric");
      const limits = flagPolicyOf(policy);
      return { raised: flagSitting(history, limits).map(toRaised), notAsked: notAskedIn(history, limits) };
    });

  const asked = (
    id: SittingId,
    may: (person: PersonId, sitting: SittingRow) => boolean,
  ): Result<
    { readonly person: PersonId; readonly sitting: SittingRow },
    Refusal<"session.none" | "sitting.unknown" | "role.not-supervising">
  > => {
    const person = sessions.current();
    if (person === null) return refuse({ code: "session.none" });
    const sitting = view.read("sittings", id);
    if (!sitting) return refuse({ code: "sitting.unknown" });
    return may(person, sitting) ? ok({ person, sitting }) : refuse({ code: "role.not-supervising" });
  };
  const mayReview = (person: PersonId, sitting: SittingRow) => supervisionOffice(person, sitting) !== null;

  return {
    countOf: async (sitting) => counted((await askFlags(sitting)).raised),
    visitsOf: (sitting) => upToDate(sitting, ({ visits }) => visits),

    flags: async ({ sitting: id }) => {
      const allowed = asked(id, mayReview);
      if (!allowed.ok) return allowed;
      const { person, sitting } = allowed.value;
      const { raised: all, notAsked } = await askFlags(id);
      const seen = all.filter((flag) => maySeeFlag(flag, person, sitting, view));
      const records = recordsOfSitting(id, view);
      const told = records.reviews.filter((one) => maySeeReview(one, person, sitting, records, view));
      const of = { ...records, reviews: told };
      const flags = [];
      for (const flag of seen)
        flags.push({ ...flag, ...flagStanding(flag, of), moments: await momentsOf(flag, journal) });
      return ok({ flags, withheld: all.length - seen.length, notAsked });
    },

    count: async ({ sitting: id }) => {
      const allowed = asked(id, (person, sitting) => mayCountFlags(person, sitting, view));
      if (!allowed.ok) return allowed;
      const of = recordsOfSitting(id, view);
      const { raised: flags } = await askFlags(id);
      const isOpen = (flag: RaisedFlag) => flagStanding(flag, of).standing === "open";
      const counts = [...counted(flags)].map(([code, count]) => ({
        ...{ code, count },
        open: flags.filter((flag) => flag.code === code && isOpen(flag)).length,
      }));
      return ok({ counts });
    },

    timeline: async ({ sheet: id }) => {
      const person = sessions.current();
      if (person === null) return refuse({ code: "session.none" });
      const sheet = view.read("sheets", id);
      const sitting = sheet && view.read("sittings", sheet.sitting);
      if (!sitting) return refuse({ code: "sheet.unknown" });
      if (!mayReview(person, sitting)) return refuse({ code: "role.not-supervising" });
      if (!maySeeSheet(sheet, person, view)) return refuse({ code: "supervision.hidden" });
      const { seqs, revealed } = await upToDate(sitting.id, ({ trails }) => ({
        seqs: trails.entriesOf(sheet),
        revealed: trails.revealedAt(sheet),
      }));
      // R45: before the panel's sheets lie open, nothing of another seat's is told to whoever sits on it.
      const isClosed = revealed === null && everOnPanel(sitting).includes(person);
      const all = await entriesAt(seqs, journal);
      const of = recordsOfSitting(sitting.id, view);
      const entries = all
        .filter((entry) => !isClosed || !isOfOtherSeat(entry, sheet))
        .filter((entry) => !isKeptFrom(entry, person, sitting, of, view));
      return ok({ sheet: id, entries, revealed, ground: groundOf(entries, sheet, view) });
    },
  };
}

function counted(flags: readonly RaisedFlag[]): CodeCounts {
  return new Map([...groupBy(flags, ({ code }) => code)].map(([code, those]) => [code, those.length]));
}

/** What was collected from one entry on. */
interface Story {
  readonly from: number;
  /** The last entry that went in. */
  fed: number;
  readonly watch: SittingWatch;
  readonly trails: SheetTrails;
  readonly visits: VisitWatch;
}

function storyFrom(from: number, view: Journal["view"]): Story {
  return {
    ...{ from, fed: from - 1, watch: createSittingWatch(view) },
    ...{ trails: createSheetTrails(view), visits: createVisitWatch() },
  };
}

function isOfOtherSeat({ body }: JournalEntry, { id, examiner }: Sheet): boolean {
  if (body.kind === "sheet.received") return body.sheet.examiner !== examiner;
  if (body.kind === "transcription.returned") return body.sheet !== id;
  return (body.kind === "sheet.signed" || body.kind === "sheet.amended") && body.sheet !== id;
}

/** A decision is told with the film to whoever may read it, and to nobody else. */
function isKeptFrom(
  { body }: JournalEntry,
  person: PersonId,
  sitting: SittingRow,
  of: SittingRecords,
  view: Journal["view"],
): boolean {
  if (body.kind !== "review.signed" && body.kind !== "review.received") return false;
  const { hash } = body.kind === "review.signed" ? body : body.review;
  const review = view.read("reviews", hash);
  return !review || !maySeeReview(review, person, sitting, of, view);
}

/** What a sitting's flag points to: entries of no sheet. Those of sheets are read with the sheet's own story. */
async function momentsOf({ sheets, entries }: RaisedFlag, journal: Read): Promise<Moment[]> {
  if (sheets.length > 0) return [];
  const read = await entriesAt(entries.slice(0, MOMENTS_AT_MOST), journal);
  return read.map(({ seq, at, actor, body }) => ({ seq, at, actor, kind: body.kind }));
}

/** Neighbours are read together. */
async function entriesAt(seqs: readonly number[], journal: Read): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (let from = 0; from < seqs.length;) {
    const first = seqs[from];
    invariant(first !== undefined, "within the list");
    let count = 1;
    while (seqs[from + count] === first + count) count += 1;
    for (const { entry } of await journal.read(first - 1, count)) entries.push(entry);
    from += count;
  }
  return entries;
}
