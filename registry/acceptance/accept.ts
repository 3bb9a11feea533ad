// How a batch becomes the registry's: offered, its objects stored, then written to the journal and flushed, filed,
// judged, and answered with a receipt that is itself flushed before anyone sees it (protocol A6). A repeat at any point
// gives the first receipt, byte for byte [SY2].
import { promisify } from "node:util";
import {
  bytesToBase64,
  InstantMs,
  invariant,
  NO_HASH,
  ok,
  refuse,
  type Bytes,
  type HashId,
  type Result,
} from "#shared/base";
import type { MissingObject } from "#shared/sync";
import {
  batchLeaf,
  leafBytes,
  leafId,
  leafKindOf,
  recordToText,
  signRecord,
  type BatchManifest,
  type BatchObject,
  type ReceiptRecord,
} from "#shared/wire";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { PublicLog } from "../log/public-log.ts";
import { problem, type ProblemRefusal } from "../routes/problem.ts";
import type { Register } from "../register/register.ts";
import type { Index, IndexedBatch } from "../store/index-of-journal.ts";
import { ownRecord } from "../store/stored.ts";
import { acceptHeld } from "./held.ts";
import { judgeBatch, type Judgement } from "./judge.ts";
import { gatherKnown } from "./known.ts";
import type { ObjectStore } from "./objects.ts";
import { openBatch } from "./open-batch.ts";
import { createSerial } from "./serial.ts";
import { atStep } from "./steps.ts";
import type { WriteEntry } from "./write-entry.ts";

/** What is missing (nothing: it is being judged), or the receipt's bytes; and the evidence that is owed either way. */
export type BatchState =
  | {
      readonly batch: HashId;
      readonly state: "receiving";
      readonly missing: MissingObject[];
      readonly owed: MissingObject[];
    }
  | {
      readonly batch: HashId;
      readonly state: "final";
      readonly receipt: Bytes;
      readonly owed: MissingObject[];
      /** The statement that all evidence is here. */
      readonly evidence: Bytes | null;
    };

export interface Acceptance {
  /** The manifest must have been verified (verify-manifest.ts). */
  offer(batch: HashId, manifest: BatchManifest, record: Bytes): Promise<BatchState>;
  describe(batch: HashId): Promise<Result<BatchState, ProblemRefusal>>;
  /** An object arrived: completes, in the background, whatever waited only for it. */
  objectStored(batches: readonly HashId[]): void;
  /** Judges what an earlier process accepted and did not get to judge. */
  judgeLeftovers(): Promise<void>;
  /** Counts what was held for a key that is enrolled by now; the laptop need not send again. */
  acceptHeld(): Promise<void>;
  settled(): Promise<void>;
  /** Batches that are whole, were asked for or tried, and have no receipt. */
  readonly waiting: () => ReadonlySet<HashId>;
}

export interface AcceptanceDeps {
  readonly write: WriteEntry;
  readonly index: Index;
  readonly objects: ObjectStore;
  readonly keys: RegistryKeys;
  readonly register: Register;
  readonly log: Pick<PublicLog, "origin">;
  readonly clock: () => number;
  readonly say: (line: string) => void;
}

export function createAcceptance(deps: AcceptanceDeps): Acceptance {
  const { index, objects, say } = deps;
  // One batch at a time: registry numbers and each device's chain of receipts have one order.
  const serial = createSerial();
  /** Each once, however often it is asked for. One that met trouble waits on. */
  const waiting = new Set<HashId>();
  const complete = async (batch: HashId): Promise<void> => {
    await serial(() => completeBatch(batch, deps, () => waiting.add(batch)));
    waiting.delete(batch);
  };

  const stateOf = async (batch: HashId): Promise<{ state: BatchState; isStated: boolean } | undefined> => {
    // The offer first: accepting moves a batch from there to here, and it must be seen in one of the two places.
    const offered = await index.offered(batch);
    const row = await index.batch(batch);
    const manifest = row?.manifest ?? offered?.manifest;
    if (!manifest) return undefined;
    const { results, evidence } = byLane(ownRecord("batch", manifest).value);
    const owed = await missingOf(evidence, objects);
    if (row?.receipt) {
      const isStated = evidence.length === 0 || owed.length > 0 || row.evidence !== null;
      return {
        state: { batch, state: "final", receipt: row.receipt, owed, evidence: row.evidence },
        isStated,
      };
    }
    const missing = row ? [] : await missingOf(results, objects);
    return { state: { batch, state: "receiving", missing, owed }, isStated: missing.length > 0 };
  };

  /** Waits a little for the judgement; who asks again later gets it then. */
  const answer = async (batch: HashId): Promise<BatchState | undefined> => {
    const now = await stateOf(batch);
    if (!now || now.isStated) return now?.state;
    if (now.state.state === "receiving") waiting.add(batch);
    await withinMs(PATIENCE_MS, complete(batch));
    return (await stateOf(batch))?.state;
  };

  return {
    offer: async (batch, manifest, record) => {
      if (!(await index.batch(batch))) {
        await index.offer(batch, recordToText(record), manifest.objects);
        atStep("offer noted");
      }
      const state = await answer(batch);
      invariant(state, "an offered batch has a state");
      return state;
    },
    describe: async (batch) => {
      const state = await answer(batch);
      return state ? ok(state) : refuse(problem("batch-unknown", `no batch ${batch} was offered`));
    },
    objectStored: (batches) => {
      for (const batch of batches) {
        // The next question about this batch meets the same trouble and answers with it.
        complete(batch).catch((error: unknown) => say(`batch ${batch} waits: ${reasonOf(error)}`));
      }
    },
    judgeLeftovers: async () => {
      for (const { id } of await index.unjudged()) {
        await complete(id).catch((error: unknown) => say(`batch ${id} waits: ${reasonOf(error)}`));
      }
    },
    acceptHeld: () => serial(() => acceptHeld(deps)),
    settled: () => serial(() => Promise.resolve()),
    waiting: () => waiting,
  };
}

const nextTurn = promisify(setImmediate);
const PATIENCE_MS = 5_000;

async function completeBatch(batch: HashId, deps: AcceptanceDeps, isWhole: () => void): Promise<void> {
  const accepted = (await deps.index.batch(batch)) ?? (await acceptBatch(batch, deps, isWhole));
  if (accepted && !accepted.receipt) {
    isWhole();
    await receiptBatch(accepted, deps);
  }
  if (accepted && !accepted.evidence) await stateEvidence(accepted, deps);
}

/** Evidence comes after the receipt, when there is a link for it; its last object is answered with a statement. */
async function stateEvidence(row: IndexedBatch, deps: AcceptanceDeps): Promise<void> {
  const { evidence } = byLane(ownRecord("batch", row.manifest).value);
  if (evidence.length === 0 || (await missingOf(evidence, deps.objects)).length > 0) return;
  const { receipts } = deps.keys;
  const statement = signRecord(
    "evidence",
    {
      v: 1,
      batch: row.id,
      device: row.device,
      objects: evidence.length,
      at: InstantMs.parse(deps.clock()),
      by: { kid: receipts.kid },
    },
    [receipts],
  );
  await deps.write({
    kind: "evidence.complete",
    batch: row.id,
    statement: { hash: statement.hash, record: recordToText(statement.record) },
  });
}

/** Steps 3 and 4 of A6. Undefined while objects are missing. */
async function acceptBatch(
  batch: HashId,
  deps: AcceptanceDeps,
  isWhole: () => void,
): Promise<IndexedBatch | undefined> {
  const { index, objects, clock } = deps;
  const offered = await index.offered(batch);
  if (!offered) return undefined;
  const manifest = ownRecord("batch", offered.manifest).value;
  if ((await missingOf(byLane(manifest).results, objects)).length > 0) return undefined;
  isWhole();
  await deps.write({
    kind: "batch.accepted",
    batch,
    manifest: recordToText(offered.manifest),
    objects: manifest.objects.map(({ wire }) => wire),
    acceptedAt: InstantMs.parse(clock()),
    regSeq: await index.nextRegSeq(),
  });
  return index.batch(batch);
}

/** Judgement, then steps 5 and 6 of A6. */
async function receiptBatch(row: IndexedBatch, deps: AcceptanceDeps): Promise<void> {
  const { index, objects, keys } = deps;
  const manifest = ownRecord("batch", row.manifest).value;
  const device = await index.device(manifest.device);
  invariant(device, "an accepted batch came from an enrolled device");
  const opened = await openBatch(manifest, (wire) => objects.read(wire), keys.transport.secretKey);
  atStep("batch opened");
  const known = await gatherKnown(
    index,
    row,
    device,
    manifest,
    opened.ok ? opened.value : undefined,
    deps.register,
  );
  const judgement = await judgeBatch(manifest, opened.ok ? opened.value : opened.error.code, known, nextTurn);
  const prevReceipt = (await index.lastReceipt(device.kid)) ?? NO_HASH;
  const receipt = signRecord("receipt", receiptOf(row, manifest, judgement, prevReceipt, deps), [
    keys.receipts,
  ]);
  const { freezes, rosters, absences, deltas, incidents, visits } = judgement;
  const { sheets, vouches, held, amendments, reviews, divergences, settlements } = judgement;
  const used = new Set(rosters.map(({ rubric }) => rubric));
  const rubrics = opened.ok ? [...opened.value.rubrics].filter(([hash]) => used.has(hash)) : [];
  await deps.write({
    kind: "batch.judged",
    batch: row.id,
    receipt: { hash: receipt.hash, record: recordToText(receipt.record) },
    freezes,
    rubrics: rubrics.map(([hash, { bytes }]) => ({ hash, bytes: bytesToBase64(bytes) })),
    rosters: [...rosters],
    absences: [...absences],
    deltas: [...deltas],
    incidents: [...incidents],
    visits: [...visits],
    sheets: [...sheets],
    vouches: [...vouches],
    held: [...held],
    amendments: [...amendments],
    reviews: [...reviews],
    divergences: [...divergences],
    settlements: [...settlements],
  });
}

function receiptOf(
  row: IndexedBatch,
  manifest: BatchManifest,
  { verdict, notes, sheets, amendments, reviews, settlements }: Judgement,
  prevReceipt: HashId,
  { keys, log }: AcceptanceDeps,
): ReceiptRecord {
  const accepted = sheets.length + amendments.length + reviews.length + settlements.length;
  const judged = {
    v: 1 as const,
    batch: row.id,
    device: manifest.device,
    deviceSeq: manifest.deviceSeq,
    verdict,
    acceptedAt: row.accepted_at,
    regSeq: row.reg_seq,
    sheets: { accepted, quarantined: manifest.sheets - accepted, rejected: 0 },
    notes: [...notes],
    prevReceipt,
    revocations: row.revocations,
    by: { kid: keys.receipts.kid },
  };
  return {
    ...judged,
    leaf: leafId(leafBytes(batchLeaf(judged, leafKindOf(manifest)))),
    log: log.origin(),
  };
}

/** Two lanes (S7): a batch is accepted when its results are here; evidence may be owed. */
function byLane({ objects }: BatchManifest) {
  const isEvidence = ({ role }: BatchObject) => role === "evidence";
  return {
    results: objects.filter((object) => !isEvidence(object)),
    evidence: objects.filter(isEvidence),
  };
}

async function missingOf(named: readonly BatchObject[], objects: ObjectStore): Promise<MissingObject[]> {
  const missing = new Map<HashId, MissingObject>();
  for (const { wire, size } of named) {
    const { complete, offset } = await objects.stateOf(wire);
    if (!complete) missing.set(wire, { wire, size, offset });
  }
  return [...missing.values()];
}

function withinMs(limitMs: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
