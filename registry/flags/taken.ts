// What the acceptance journal says was taken of each sitting, by institution: records by hash, and which batch has them. Nothing is
// opened here. What was set aside is not in it, except that its numbers are there (a chain has no gap where something lies).
import { invariant, type Day, type HashId, type InstitutionId, type Kid, type SittingId } from "#shared/base";
import type { BatchManifest } from "#shared/wire";
import type {
  EntryOf,
  HeldSheet,
  JudgedAbsence,
  JudgedAmendment,
  JudgedDelta,
  JudgedReview,
  JudgedSettlement,
  JudgedSheet,
  JudgedVouch,
} from "../acceptance/entries.ts";
import type { PlacedEntry } from "../acceptance/journal.ts";
import { ownRecord } from "../store/stored.ts";

export interface TakenSitting {
  readonly institution: InstitutionId;
  readonly sitting: SittingId;
  readonly day: Day;
  /** The first that was taken: a sitting is prepared once. */
  readonly roster: { readonly hash: HashId; readonly rubric: HashId; readonly panel: number };
  readonly candidates: number;
  readonly changes: readonly JudgedVouch[];
  readonly sheets: readonly JudgedSheet[];
  /** They count when their signer's key is enrolled. */
  readonly held: readonly (HeldSheet & { readonly batch: HashId })[];
  readonly amendments: readonly JudgedAmendment[];
  readonly absences: readonly JudgedAbsence[];
  readonly deltas: readonly (JudgedDelta & { readonly device: Kid })[];
  readonly reviews: readonly JudgedReview[];
  /** What leaders let stand, about exactly these records: in the order they came. */
  readonly settlements: readonly (JudgedSettlement & { readonly batch: HashId })[];
  /** Those whose records it is made of. */
  readonly batches: ReadonlySet<HashId>;
}

export interface TakenBatch {
  readonly id: HashId;
  /** In the acceptance journal. */
  readonly place: number;
  readonly manifest: BatchManifest;
  /** The laptop whose chain of records it goes on with, through every replacement. */
  readonly chain: Kid;
  /** It was opened and found whole, and something of it counts. */
  readonly isAccepted: boolean;
}

export interface TakenOf {
  readonly institution: InstitutionId;
  readonly sittings: readonly TakenSitting[];
  readonly batches: ReadonlyMap<HashId, TakenBatch>;
}

export interface Taken {
  readonly institutions: readonly TakenOf[];
  /** Rubrics and permits as they stand in the journal, by hash; a later permit has a higher place. */
  readonly rubrics: ReadonlyMap<HashId, string>;
  readonly permits: ReadonlyMap<HashId, { readonly record: string; readonly place: number }>;
}

export function takenFrom(found: readonly PlacedEntry[]): Taken {
  const books = new Map<InstitutionId, Book>();
  const laptops = new Map<Kid, { readonly institution: InstitutionId; readonly chain: Kid }>();
  const batchOf = new Map<HashId, Book>();
  const rubrics = new Map<HashId, string>();
  const permits = new Map<HashId, { record: string; place: number }>();
  for (const { place, entry } of found) {
    switch (entry.kind) {
      case "device.enrolled": {
        const { device, institution, continues } = entry;
        const chain = (continues && laptops.get(continues)?.chain) ?? device.kid;
        laptops.set(device.kid, { institution, chain });
        break;
      }
      case "keys.admitted":
        permits.set(entry.permit.hash, { record: entry.permit.record, place });
        break;
      case "batch.accepted": {
        const manifest: BatchManifest = ownRecord("batch", entry.manifest).value;
        const laptop = laptops.get(manifest.device);
        invariant(laptop, "a batch comes from an enrolled laptop");
        const book = books.get(laptop.institution) ?? createBook(laptop.institution);
        books.set(laptop.institution, book);
        batchOf.set(entry.batch, book);
        book.batches.set(entry.batch, {
          id: entry.batch,
          place,
          manifest,
          chain: laptop.chain,
          isAccepted: false,
        });
        break;
      }
      case "batch.judged":
        for (const { hash, bytes } of entry.rubrics) rubrics.set(hash, bytes);
        batchOf.get(entry.batch)?.take(entry);
        break;
      case "held.accepted":
        batchOf.get(entry.batch)?.release(entry);
        break;
      default:
        break;
    }
  }
  return { institutions: [...books.values()].map((book) => book.close()), rubrics, permits };
}

type Book = ReturnType<typeof createBook>;

/** One institution's sittings while the journal is read. */
function createBook(institution: InstitutionId) {
  const batches = new Map<HashId, TakenBatch>();
  const sittings = new Map<SittingId, Open>();
  const sittingOfSheet = new Map<HashId, SittingId>();
  /** A key may be vouched for before the roster of its sitting has come. */
  const changes = new Map<SittingId, JudgedVouch[]>();
  const of = (sitting: SittingId) => {
    const own = sittings.get(sitting);
    invariant(own, "nothing counts of a sitting before its roster");
    return own;
  };

  function take(entry: EntryOf<"batch.judged">): void {
    const { batch } = entry;
    const taken = batches.get(batch);
    invariant(taken, "a batch is judged after it was taken");
    const { device } = taken.manifest;
    const { verdict } = ownRecord("receipt", entry.receipt.record).value;
    batches.set(batch, { ...taken, isAccepted: verdict === "accepted" });
    for (const { sitting, day, hash, rubric, panel, candidates } of entry.rosters) {
      if (!sittings.has(sitting))
        sittings.set(sitting, {
          ...{ institution, sitting, day, roster: { hash, rubric, panel }, candidates: candidates.length },
          ...{ sheets: [], held: [], amendments: [], absences: [], deltas: [], reviews: [], settlements: [] },
          batches: new Set(),
        });
      // The same roster comes with every laptop that took part, and in its own chain with one of them.
      of(sitting).batches.add(batch);
    }
    for (const vouch of entry.vouches)
      changes.set(vouch.sitting, [...(changes.get(vouch.sitting) ?? []), vouch]);
    for (const absence of entry.absences) of(absence.sitting).absences.push(absence);
    for (const delta of entry.deltas) of(delta.sitting).deltas.push({ ...delta, device });
    for (const sheet of entry.sheets) addSheet(sheet, batch);
    for (const held of entry.held) of(held.sitting).held.push({ ...held, batch });
    for (const amendment of entry.amendments) {
      const sitting = sittingOfSheet.get(amendment.target);
      invariant(sitting, "an amendment is of a sheet that counts");
      of(sitting).amendments.push(amendment);
      of(sitting).batches.add(batch);
    }
    for (const review of entry.reviews) of(review.sitting).reviews.push(review);
    for (const settlement of entry.settlements) {
      of(settlement.sitting).settlements.push({ ...settlement, batch });
      of(settlement.sitting).batches.add(batch);
    }
  }

  function release({ batch, sheets }: EntryOf<"held.accepted">): void {
    for (const sheet of sheets) {
      const own = of(sheet.sitting);
      own.held = own.held.filter(({ hash }) => hash !== sheet.hash);
      addSheet(sheet, batch);
    }
  }

  function addSheet(sheet: JudgedSheet, batch: HashId): void {
    of(sheet.sitting).sheets.push(sheet);
    of(sheet.sitting).batches.add(batch);
    sittingOfSheet.set(sheet.hash, sheet.sitting);
  }

  return {
    batches,
    take,
    release,
    close: (): TakenOf => ({
      ...{ institution, batches },
      sittings: [...sittings.values()].map((own) => ({ ...own, changes: changes.get(own.sitting) ?? [] })),
    }),
  };
}

/** A sitting while it is being filled. */
type Open = {
  -readonly [
    K in Exclude<keyof TakenSitting, "changes" | "batches">
  ]: TakenSitting[K] extends readonly (infer T)[] ? T[] : TakenSitting[K];
} & { readonly batches: Set<HashId> };
