// Everything by stick. What leaves is what was sealed or signed, byte for byte; it is called copied only when the stick was
// read back (protocol A9, S8), and a stick is never a receipt: the batch goes on waiting.
import { ok, refuse, type Bytes, type HashId, type Refusal, type Result, type SittingId } from "#shared/base";
import { proofOfCode, readShareCode, writeShareCode } from "#shared/crypto";
import { hasRole } from "#shared/exam";
import { isLate, isOwing, isWithin, ONLY, type BatchRow, type SittingRow } from "#shared/journal";
import { envelopeFrame, objectFrame, proofFrame, type BundleFrame } from "#shared/wire";
import { gatherKept, sealRecords, sealSitting, SHARE_KEY_BYTES, shareKeyOf } from "./hand-over.ts";
import type { Answer, Journal } from "./ports.ts";
import type { CarrierDeps, LazyFrame, SealedBytes } from "./stick-ports.ts";
import { receiveBundle } from "./receive.ts";
import { chooseVersion } from "./versions.ts";

export interface Carrier {
  exportBatches(): Answer<"stick.exportBatches">;
  shareSitting(sitting: SittingId): Answer<"stick.shareSitting">;
  shareSheets(sitting: SittingId): Answer<"stick.shareSheets">;
  receive(): Answer<"stick.receive">;
  choose(input: Parameters<typeof chooseVersion>[0]): Answer<"sheet.choose">;
}

export function createCarrier(deps: CarrierDeps): Carrier {
  const { journal, sessions, serial } = deps;
  const signedIn = <T>(act: () => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> =>
    serial(async () => (sessions.current() === null ? refuse({ code: "session.none" }) : act()));
  return {
    exportBatches: () => signedIn(() => exportBatches(deps)) as Answer<"stick.exportBatches">,
    shareSitting: (id) =>
      signedIn(async () => {
        const sitting = journal.view.read("sittings", id);
        return sitting ? shareSitting(sitting, deps) : refuse({ code: "sitting.unknown" });
      }) as Answer<"stick.shareSitting">,
    shareSheets: (id) =>
      signedIn(async () => {
        const sitting = journal.view.read("sittings", id);
        return sitting ? shareSheets(sitting, deps) : refuse({ code: "sitting.unknown" });
      }) as Answer<"stick.shareSheets">,
    receive: () => signedIn(() => receiveBundle(deps)) as Answer<"stick.receive">,
    choose: (input) => signedIn(() => chooseVersion(input, deps)) as Answer<"sheet.choose">,
  };
}

/** Oldest first, but what is late after all it may speak of; a batch that is wholly delivered has nothing to ask of a stick. */
function owed(journal: Journal): BatchRow[] {
  return journal.view
    .rows("batches")
    .filter(isOwing)
    .sort((a, b) => Number(isLate(a)) - Number(isLate(b)) || a.sealedSeq - b.sealedSeq);
}

async function exportBatches(deps: CarrierDeps): Promise<Result<CopiedOutput, Refusal>> {
  const batches = owed(deps.journal);
  const disputed = await disputeFrames(deps.journal);
  if (batches.length + disputed.length === 0) return refuse({ code: "stick.nothing" });
  const frames = [...(await batchFrames(batches, deps.bytes, "all")), ...disputed];
  return copy(frames, { batches: batches.length, sheets: 0 }, deps, async (bundles) => {
    if (batches.length === 0) return ok(undefined);
    const written = await deps.journal.append(deps.sessions.current(), [
      {
        body: {
          kind: "batch.exported",
          batches: batches.map(({ id }) => id),
          bundles: bundles.map(({ bundle, bytes }) => ({ hash: bundle, bytes })),
        },
      },
    ]);
    return written.ok ? ok(undefined) : written;
  });
}

/** Shown once and typed back: a sitting that nobody can open elsewhere would be found out in a pit. */
async function shareSitting(sitting: SittingRow, deps: CarrierDeps): Promise<Result<CopiedOutput, Refusal>> {
  const { journal, sessions, confirm, env } = deps;
  const { view } = journal;
  const person = view.read("people", sessions.current() ?? "");
  if (!person || !hasRole(person, "administrator")) return refuse({ code: "role.not-administrator" });
  const rubric = view.read("rubrics", sitting.rubric)?.rubric;
  const kept = await gatherKept(journal, sitting.id);
  if (!rubric || !kept.roster) return refuse({ code: "sitting.unknown" });
  const key = (await shareKeyOf(sitting, journal)) ?? env.random(SHARE_KEY_BYTES);
  const code = writeShareCode(env.random);
  const codeKey = readShareCode(code);
  if (!codeKey.ok) return codeKey;
  const shown = await confirm.ask(
    null,
    { kind: "share-made", code, rubricTitle: rubric.title, day: sitting.day },
    (typed): Promise<Result<void, Refusal>> => {
      const isCopied = typed.replace(/[\s-]/g, "").toUpperCase() === proofOfCode(code);
      return Promise.resolve(isCopied ? ok(undefined) : refuse({ code: "recovery.not-copied" }));
    },
  );
  if (!shown.ok) return shown;
  if (sitting.keySeq === null) {
    const body = { kind: "sitting.shared" as const, sitting: sitting.id };
    const written = await journal.append(sessions.current(), [{ body, attachments: [key] }]);
    if (!written.ok) return written;
  }
  const papers = present([kept.enrolment, kept.permit]);
  const handed = sealSitting({ roster: kept.roster, rubric, key, papers }, sitting.id, codeKey.value, env);
  return copy([lazy(handed)], { batches: 0, sheets: 0 }, deps);
}

async function shareSheets(sitting: SittingRow, deps: CarrierDeps): Promise<Result<CopiedOutput, Refusal>> {
  const { journal, env } = deps;
  const key = await shareKeyOf(sitting, journal);
  if (!key) return refuse({ code: "share.none" });
  const kept = await gatherKept(journal, sitting.id);
  const batches = owed(journal).filter(({ covers }) => covers.includes(sitting.id));
  const judged = judgedBatches(sitting.id, journal);
  const receipts = await receiptsToBring(judged, journal);
  const records = [...kept.changes, ...kept.sheets, ...kept.amendments, ...kept.reviews, ...kept.settlements];
  if (records.length + batches.length + receipts.length === 0) return refuse({ code: "stick.nothing" });
  const frames = [
    lazy(sealRecords(present([kept.enrolment, kept.permit, ...receipts, ...records]), sitting.id, key, env)),
    ...(await batchFrames([...batches, ...judged], deps.bytes, "results")),
  ];
  return copy(frames, { batches: batches.length, sheets: kept.sheets.length }, deps);
}

/**
 * Batches that have their receipt and hold amendments, reviews or settlements of this sitting: whoever counts those is to know what the
 * registry said of them, and a receipt says it of places in a batch.
 */
function judgedBatches(sitting: SittingId, { view }: Journal): BatchRow[] {
  const own = view.read("centre", ONLY)?.device;
  const beside = view.rows("versions").map(({ sheet }) => sheet);
  const amendments = [...view.rowsOf("sheets", sitting), ...beside]
    .filter((sheet) => sheet.sitting === sitting)
    .flatMap((sheet) => sheet.amendments);
  const settlements = view
    .rowsOf("candidates", sitting)
    .flatMap((one) => one.settlements.flatMap(({ signed }) => signed ?? []));
  const placesOf = {
    amendments,
    reviews: view.rows("reviews").filter((one) => one.sitting === sitting),
    settlements,
    results: [],
  };
  return view
    .rows("batches")
    .filter(
      (batch) =>
        !isOwing(batch) &&
        placesOf[batch.kind].some(
          ({ from, seq }) => (from ?? own) === batch.device && isWithin(seq, batch.range),
        ),
    );
}

/** What the registry answered to batches that were only carried: their own laptops wait for it; and to `judged`. */
async function receiptsToBring(judged: readonly BatchRow[], journal: Journal): Promise<Bytes[]> {
  const receipts: Bytes[] = [];
  for (const { id, carried, receipt } of journal.view.rows("batches")) {
    if (!receipt || !(carried || judged.some((one) => one.id === id))) continue;
    const [record] = await journal.attachments(receipt.heldSeq);
    if (record) receipts.push(record);
  }
  return receipts;
}

/** Views of the public log that did not fit, as they were signed: for whoever supervises the registry [SY31]. */
async function disputeFrames(journal: Journal): Promise<LazyFrame[]> {
  const dispute = journal.view.read("registry", ONLY)?.dispute;
  const files = dispute ? await journal.attachments(dispute.heldSeq) : [];
  return files.filter(({ length }) => length > 0).map((file) => lazy(proofFrame(file)));
}

/** Manifests first, so that a stick pulled early still says what is to come. */
async function batchFrames(
  batches: readonly BatchRow[],
  bytes: SealedBytes,
  lanes: "all" | "results",
): Promise<LazyFrame[]> {
  const manifests: LazyFrame[] = [];
  const objects: LazyFrame[] = [];
  for (const { id, objects: named } of batches) {
    manifests.push(lazy(envelopeFrame(await bytes.manifest(id))));
    for (const { wire, size, role } of named) {
      if (role === "evidence" && lanes === "results") continue;
      objects.push({ size, load: async () => objectFrame(await bytes.object(id, wire)) });
    }
  }
  return [...manifests, ...objects];
}

function present(records: readonly (Bytes | undefined)[]): Bytes[] {
  return records.filter((record) => record !== undefined);
}

function lazy(frame: BundleFrame): LazyFrame {
  return { size: frame.bytes.length, load: () => Promise.resolve(frame) };
}

type CopiedOutput =
  | { outcome: "cancelled" }
  | { outcome: "copied"; bundles: { hash: HashId; bytes: number }[]; batches: number; sheets: number };

async function copy(
  frames: readonly LazyFrame[],
  counts: { readonly batches: number; readonly sheets: number },
  { chooseFolder, isOwnFolder, stick, onProgress }: CarrierDeps,
  onCopied: (bundles: { bundle: HashId; bytes: number }[]) => Promise<Result<void, Refusal>> = () =>
    Promise.resolve(ok(undefined)),
): Promise<Result<CopiedOutput, Refusal>> {
  const folder = await chooseFolder();
  if (folder === null) return ok({ outcome: "cancelled" });
  if (isOwnFolder(folder)) return refuse({ code: "stick.own-folder" });
  const copied = await stick.copy(folder, frames, (phase, done, total) => onProgress({ phase, done, total }));
  if (!copied.ok) return copied;
  const noted = await onCopied(copied.value);
  if (!noted.ok) return noted;
  const bundles = copied.value.map(({ bundle, bytes }) => ({ hash: bundle, bytes }));
  return ok({ outcome: "copied", bundles, ...counts });
}
