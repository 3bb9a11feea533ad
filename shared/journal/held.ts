// What the registry answered and this laptop verified, as the entries that hold it: the same by wire and by stick [SY4].
import type { HashId, Kid, SittingId } from "#shared/base";
import type { Included, RecordOf, VerifiedRecord } from "#shared/wire";
import type { BodyOf } from "./entry.ts";
import type { BatchRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

/** Something of it is still to be brought: a receipt to be had, or evidence that is owed. */
export function isOwing({ receipt, evidenceOwed }: Pick<BatchRow, "receipt" | "evidenceOwed">): boolean {
  return receipt === null || evidenceOwed > 0;
}

export function receiptToBody(
  batch: Pick<BatchRow, "id" | "kind" | "carried" | "device" | "range" | "amended" | "covers">,
  receipt: VerifiedRecord<"receipt">,
  view: Pick<JournalView, "rows" | "rowsOf">,
): BodyOf<"receipt.held"> {
  const { id } = batch;
  const { verdict, sheets, notes, regSeq, acceptedAt } = receipt.value;
  const judged = placesOf(batch, view).map((place) => ({
    ...place,
    code: whyNot(place.seq, receipt.value),
  }));
  const reviewed = reviewsIn(batch, view).map(({ seq, ...place }) => ({
    ...place,
    code: whyNot(seq, receipt.value),
  }));
  const settled = settlementsIn(batch, view).map(({ seq, ...place }) => ({
    ...place,
    code: whyNot(seq, receipt.value),
  }));
  return {
    ...{ kind: "receipt.held", batch: id, receipt: receipt.hash, verdict, sheets, notes, regSeq, acceptedAt },
    ...(judged.length > 0 ? { amended: judged } : {}),
    ...(reviewed.length > 0 ? { reviewed } : {}),
    ...(settled.length > 0 ? { settled } : {}),
  };
}

/** The reviews of a batch that lie here, and their places in their laptop's chain. */
function reviewsIn(
  { kind, carried, device, range }: Parameters<typeof receiptToBody>[0],
  view: Pick<JournalView, "rows">,
) {
  if (kind !== "reviews") return [];
  const laptop = carried ? device : null;
  return view
    .rows("reviews")
    .filter(({ from, seq }) => from === laptop && isWithin(seq, range))
    .map(({ hash: review, sitting, seq }) => ({ review, sitting, seq }));
}

/** The settlements of a batch that lie here, likewise. */
function settlementsIn(
  { kind, carried, device, range, covers }: Parameters<typeof receiptToBody>[0],
  view: Pick<JournalView, "rows" | "rowsOf">,
) {
  if (kind !== "settlements") return [];
  const laptop = carried ? device : null;
  const sittings = carried ? handedOver(view) : covers;
  const candidates = sittings.flatMap((id) => view.rowsOf("candidates", id));
  return candidates.flatMap(({ ref: candidate, sitting, settlements }) =>
    settlements.flatMap(({ signed }) => {
      const isIn = signed?.from === laptop && isWithin(signed.seq, range);
      return isIn ? [{ settlement: signed.hash, candidate, sitting, seq: signed.seq }] : [];
    }),
  );
}

/** Sittings that another laptop takes part in; which of them its batch is about is known to that laptop alone. */
export function handedOver(view: Pick<JournalView, "rows">): SittingId[] {
  return view.rows("sittings").flatMap(({ id, keySeq }) => (keySeq === null ? [] : [id]));
}

type Place = BatchRow["amended"][number] & { readonly target?: HashId };

/**
 * Where the amendments of a batch stand now: with a sheet that counts, a version beside, or both. What a carried batch amends is
 * known only where the amendments came by stick as well; it may be of any sitting.
 */
function placesOf(
  { kind, carried, device, range, amended }: Parameters<typeof receiptToBody>[0],
  view: Pick<JournalView, "rows">,
): Place[] {
  if (kind !== "amendments") return amended;
  const from = carried ? device : null;
  const standing = view.rows("sheets");
  const places = new Map<number, Place>(amended.map((place) => [place.seq, place]));
  const beside = view.rows("versions").map(({ sheet }) => sheet);
  for (const sheet of [...beside, ...standing].filter(({ amendments }) => amendments.length > 0)) {
    const row = standing.find((one) => one.candidate === sheet.candidate && one.examiner === sheet.examiner);
    const target = sheet.signature?.hash;
    if (!row || target === undefined) continue;
    for (const { seq, from: laptop } of sheet.amendments) {
      if (laptop !== from || !isWithin(seq, range)) continue;
      places.set(seq, { sheet: row.id, sitting: row.sitting, seq, target });
    }
  }
  return [...places.values()];
}

/** What a receipt that lies here said of a record that comes later; undefined where none covers it. */
export function saidBefore(
  { from, seq }: { readonly from: Kid; readonly seq: number },
  receipts: readonly JudgedRange[],
): string | null | undefined {
  const one = receipts.find(({ device, range }) => device === from && isWithin(seq, range));
  return one && whyNot(seq, one);
}

export interface JudgedRange extends Pick<BatchRow, "device" | "range"> {
  readonly verdict: RecordOf<"receipt">["verdict"];
  readonly notes: readonly Note[];
}

type Note = RecordOf<"receipt">["notes"][number];

/** How far a signed record is on its way to the registry, whose word on it is the last one. */
export const RECORD_WAYS = ["signed", "sealed", "acknowledged", "anchored", "refused"] as const;
export type RecordWay = (typeof RECORD_WAYS)[number];

/** `refused`: what the registry said against it. */
export function wayIn(
  batch: Pick<BatchRow, "receipt" | "anchored"> | undefined,
  refused: string | null,
): RecordWay {
  if (refused !== null) return "refused";
  if (!batch) return "signed";
  if (!batch.receipt) return "sealed";
  return batch.anchored ? "anchored" : "acknowledged";
}

/** The batch with this place of a laptop's chain; of what was signed here (`from` is null) the one that was sealed here. */
export function batchWith<B extends Pick<BatchRow, "carried" | "device" | "range">>(
  { from, seq }: { readonly from: Kid | null; readonly seq: number },
  batches: readonly B[],
): B | undefined {
  const isOf = ({ carried, device }: B) => (from === null ? !carried : carried && device === from);
  return batches.find((one) => isOf(one) && isWithin(seq, one.range));
}

export function isWithin(seq: number, { first, last }: BatchRow["range"]): boolean {
  return seq >= first && seq <= last;
}

/** A note at 0 is of the batch as a whole; a gap before the first record is said of it and does not keep it from counting. */
export function whyNot(
  seq: number,
  { verdict, notes }: Pick<JudgedRange, "verdict" | "notes">,
): string | null {
  const own = notes.find((note) => note.seq === seq && note.code !== "sequence-gap");
  const whole = verdict === "accepted" ? undefined : notes.find((note) => note.seq === 0);
  return (own ?? whole)?.code ?? null;
}

/**
 * A batch of amendments is sent after every earlier one of its laptop has its receipt: a registry that does not have the
 * sheets yet would set their amendments aside for good [SY32]. A batch of reviews or of settlements waits besides for all results and
 * amendments that lie here, of any laptop: it is about what others signed. Nothing waits for one but later ones of its laptop, so nobody
 * waits in a ring.
 */
export function isHeldBack(batch: Waiting, all: readonly Unsent[]): boolean {
  return batch.kind !== "results" && earlierUnsent(batch, all).length > 0;
}

/** Whatever is without a receipt here and has to be at the registry before this one. */
export function earlierUnsent<B extends Unsent>(batch: Waiting, all: readonly B[]): B[] {
  const isNeeded = (one: Unsent) => {
    if (!isLate(batch)) return !isLate(one) && isEarlier(one, batch);
    return isLate(one) ? isEarlier(one, batch) : !isEarlier(batch, one);
  };
  return all.filter((one) => one.receipt === null && isNeeded(one));
}

/** A batch about what other batches brought. */
export function isLate({ kind }: Pick<BatchRow, "kind">): boolean {
  return kind === "reviews" || kind === "settlements";
}

type Order = Pick<BatchRow, "carried" | "device" | "deviceSeq" | "sealedSeq">;
type Waiting = Order & Pick<BatchRow, "kind">;
type Unsent = Waiting & Pick<BatchRow, "receipt">;

/** A device that goes on counts from one again: batches sealed into this journal are in its order, whichever device sealed. */
function isEarlier(one: Order, than: Order): boolean {
  if (!one.carried && !than.carried) return one.sealedSeq < than.sealedSeq;
  return one.device === than.device && one.deviceSeq < than.deviceSeq;
}

/** `receipt`: hash of the receipt whose leaf was shown [SY29]. */
export function anchorToBody(
  batch: HashId,
  receipt: HashId,
  { index, checkpoint: { log, size } }: Included,
): BodyOf<"batch.anchored"> {
  return { kind: "batch.anchored", batch, receipt, log, index, size };
}
