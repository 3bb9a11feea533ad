// A bundle from a stick takes the same way in as a batch by wire: the gate, the objects, the journal, the judgement, the
// receipt (protocol A5, A9). Of a bundle that was cut short everything complete is taken, and what is missing is said.
// The file is read twice, manifests first, so that frames may stand in any order and only one is ever in memory.
import { invariant, type Bytes, type HashId } from "#shared/base";
import {
  createBundleReader,
  envelopeFrame,
  proofFrame,
  RECORDS,
  recordToEnvelope,
  writeBundle,
  type BatchManifest,
  type BundleEnd,
  type BundleFrame,
  type RecordKind,
} from "#shared/wire";
import type { Acceptance, BatchState } from "../acceptance/accept.ts";
import type { ObjectStore } from "../acceptance/objects.ts";
import { verifyManifest } from "../acceptance/verify-manifest.ts";
import type { PublicLog } from "../log/public-log.ts";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { Enrolment } from "../register/enrolment.ts";
import type { Register } from "../register/register.ts";
import type { Revocations } from "../register/revocations.ts";
import type { ProblemRefusal } from "../routes/problem.ts";
import type { Index } from "../store/index-of-journal.ts";
import { ownRecord } from "../store/stored.ts";

export interface CarrierDeps {
  readonly keys: RegistryKeys;
  readonly register: Register;
  readonly index: Index;
  readonly objects: ObjectStore;
  readonly acceptance: Acceptance;
  readonly enrolment: Enrolment;
  readonly revocations: Revocations;
  readonly publicLog: Pick<PublicLog, "publish" | "proofOf">;
}

/** Opens the file again from its start. */
export type BundleSource = () => AsyncIterable<Bytes>;

export interface BundleAccount {
  readonly end: BundleEnd;
  readonly batches: readonly {
    readonly batch: HashId;
    readonly state: "final" | "receiving";
    /** Objects that neither this bundle nor the wire brought. */
    readonly missing: number;
    /** Evidence of a batch that has its receipt all the same. */
    readonly owed: number;
  }[];
  /** Records nobody here can attribute or handle, and why. */
  readonly refused: readonly ProblemRefusal[];
}

export interface TakenBundle {
  readonly account: BundleAccount;
  /** The bundle to carry back: receipts, their proofs, statements about evidence, enrolments, the list of revoked keys. */
  readonly answer: { readonly bytes: Bytes; readonly hash: HashId };
}

export async function takeBundle(source: BundleSource, deps: CarrierDeps): Promise<TakenBundle> {
  const taken = createTaken();
  const end = await eachFrame(source, async (frame) => {
    if (frame.kind === "envelope") await takeEnvelope(frame, taken, deps);
  });
  await admitKeys(taken, deps);
  await eachFrame(source, async (frame) => {
    if (frame.kind === "object") await takeObject(frame, deps);
  });
  const states: BatchState[] = [];
  for (const batch of taken.batches) states.push(await settledState(batch, deps));
  // A stick does not come again for its proofs: they go with the receipts.
  await deps.publicLog.publish();
  return {
    account: {
      end,
      batches: states.map((state) => ({
        batch: state.batch,
        state: state.state,
        missing: state.state === "receiving" ? state.missing.length : 0,
        owed: state.owed.length,
      })),
      refused: taken.refused,
    },
    answer: writeBundle([
      ...(await standingFrames(taken, deps)),
      ...states.flatMap((state) => answerFrames(state, deps)),
    ]),
  };
}

type Taken = ReturnType<typeof createTaken>;

function createTaken() {
  return {
    batches: new Set<HashId>(),
    /** Answers that are records already: enrolments, in the order asked. */
    enrolments: [] as Bytes[],
    personKeys: [] as Bytes[],
    refused: [] as ProblemRefusal[],
  };
}

async function eachFrame(
  source: BundleSource,
  take: (frame: BundleFrame) => Promise<void>,
): Promise<BundleEnd> {
  const reader = createBundleReader();
  for await (const bytes of source()) for (const frame of reader.push(bytes)) await take(frame);
  return reader.end();
}

/** More records than any stick has use for cost signatures to check and memory to keep. */
const MAX_BATCHES = 2_000;
const MAX_KEYS = 200;

async function takeEnvelope({ bytes }: BundleFrame, taken: Taken, deps: CarrierDeps): Promise<void> {
  if (isOfKind("batch", bytes)) return takeManifest(bytes, taken, deps);
  if (isOfKind("enrolRequest", bytes)) return takeEnrolment(bytes, taken, deps);
  if (isOfKind("personKey", bytes) && taken.personKeys.length < MAX_KEYS) taken.personKeys.push(bytes);
  // Everything else is a laptop's own copy of what the registry signed.
}

async function takeManifest(record: Bytes, taken: Taken, deps: CarrierDeps): Promise<void> {
  if (taken.batches.size >= MAX_BATCHES) return;
  const manifest = await verifyManifest(record, { ...deps, aud: deps.keys.aud });
  if (!manifest.ok) {
    if (taken.refused.length < MAX_BATCHES) taken.refused.push(manifest.error);
    return;
  }
  const { hash, value } = manifest.value;
  taken.batches.add(hash);
  await deps.acceptance.offer(hash, value satisfies BatchManifest, record);
}

async function takeEnrolment(record: Bytes, taken: Taken, { enrolment }: CarrierDeps): Promise<void> {
  if (taken.enrolments.length >= MAX_KEYS) return;
  const enrolled = await enrolment.enrol(record);
  if (enrolled.ok) taken.enrolments.push(enrolled.value);
  else taken.refused.push(enrolled.error);
}

async function admitKeys({ personKeys, refused }: Taken, { enrolment }: CarrierDeps): Promise<void> {
  if (personKeys.length === 0) return;
  const permit = await enrolment.addPeopleKeys(personKeys);
  if (!permit.ok) refused.push(permit.error);
}

/** The reader has shown that the bytes hash to the id; whether anybody announced them is asked here, as by wire. */
async function takeObject(
  { id, bytes }: BundleFrame,
  { index, objects, acceptance }: CarrierDeps,
): Promise<void> {
  const named = await index.batchesNaming(id);
  if (!named.some(({ size }) => size === bytes.length)) return;
  if ((await objects.sizeOf(id)) === undefined) await objects.store(id, bytes);
  acceptance.objectStored(named.map(({ batch }) => batch));
}

/** Judging two thousand sheets takes seconds, and a stick waits for its answer. */
async function settledState(batch: HashId, { acceptance }: CarrierDeps): Promise<BatchState> {
  for (let asked = 1; ; asked++) {
    const state = await acceptance.describe(batch);
    invariant(state.ok, "an offered batch has a state");
    const isSettled = state.value.state === "final" || state.value.missing.length > 0;
    if (isSettled || asked === MAX_ASKED) return state.value;
  }
}

const MAX_ASKED = 60;

function answerFrames(state: BatchState, { publicLog }: CarrierDeps): BundleFrame[] {
  if (state.state !== "final") return [];
  const proof = publicLog.proofOf(ownRecord("receipt", state.receipt).value.leaf);
  const records = [state.receipt, ...(state.evidence ? [state.evidence] : [])].map(envelopeFrame);
  return proof instanceof Uint8Array ? [...records, proofFrame(proof)] : records;
}

/** Enrolments that were asked for, and the revocations. A permit names applicants, so it never lies on a stick (P19). */
async function standingFrames(taken: Taken, { revocations }: CarrierDeps): Promise<BundleFrame[]> {
  return [...taken.enrolments, await revocations.list()].map(envelopeFrame);
}

function isOfKind(kind: RecordKind, record: Bytes): boolean {
  const envelope = recordToEnvelope(record);
  return envelope.ok && envelope.value.payloadType === RECORDS[kind].type;
}
