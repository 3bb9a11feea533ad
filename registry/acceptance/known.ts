// What the registry knows that a judgement needs, fetched once per batch so that judging itself is a pure function.
import {
  groupBy,
  invariant,
  type Bytes,
  type CandidateRef,
  type HashId,
  type Kid,
  type SittingId,
} from "#shared/base";
import { isLeaving, Rubric } from "#shared/exam";
import {
  parseCanonical,
  recordToEnvelope,
  statementsIn,
  type BatchManifest,
  type PermitRecord,
} from "#shared/wire";
import type { Register } from "../register/register.ts";
import type { Index, IndexedBatch, IndexedDevice } from "../store/index-of-journal.ts";
import { ownRecord } from "../store/stored.ts";
import { countedSittings, inChain, isTakenBack } from "./counted.ts";
import type { CountedSitting, Known, Neighbour } from "./judge.ts";
import type { OpenedBatch } from "./open-batch.ts";

export async function gatherKnown(
  index: Index,
  batch: IndexedBatch,
  device: IndexedDevice,
  manifest: BatchManifest,
  opened: OpenedBatch | undefined,
  register: Register,
): Promise<Known> {
  const records = [...(opened?.records ?? []), ...(opened?.shared ?? [])];
  const sittings = [...new Set(records.map(({ value }) => value.exam.id))];
  const { institution } = device;
  const settling = records.filter((one) => one.kind === "settlement");
  const said = settling.flatMap((one) => statementsIn(one) ?? []);
  const permits = await readPermits(index, [
    manifest.permit,
    ...[...records, ...said].map(({ value }) => value.permit),
  ]);
  const rubrics = await readRubrics(index, [...new Set(records.map(({ value }) => value.exam.rubric))]);
  const entered = await index.rosterCandidates(institution, sittings);
  const rubricOf = new Map(entered.map((row) => [`${row.sitting} ${row.candidate}`, row.rubric]));
  // Whoever was marked, held or absent was entered before: where nobody was, there is nothing to ask.
  const begun = [...new Set(entered.map(({ sitting }) => sitting))];
  const anyOf = async <T>(ask: (sittings: readonly SittingId[]) => Promise<T[]>) =>
    begun.length > 0 ? ask(begun) : [];
  const absences = await anyOf((of) => index.absences(institution, of));
  const absent = new Map(absences.map((row) => [`${row.sitting} ${row.candidate}`, row]));
  const deltas = await anyOf((of) => index.deltas(institution, of));
  const isBacked = isTakenBack(deltas);
  const leavings = new Map(
    deltas.filter(({ kind }) => isLeaving(kind)).map((row) => [`${row.sitting} ${row.candidate}`, row]),
  );
  const held = await anyOf((of) => index.heldSheets(institution, of));
  const sheets = [...(await anyOf((of) => index.sheets(institution, of))), ...held];
  const vouches = await index.vouches(institution, sittings);
  const changesOf = (sitting: SittingId) =>
    vouches
      .filter((one) => one.sitting === sitting)
      .map(({ device: kid, record }) => ({ device: kid, change: ownRecord("panel", record).value }));
  const ledSittings = new Set(
    (await anyOf((of) => index.ledSittings(institution, of))).map(({ sitting }) => sitting),
  );
  const touched = new Set(
    records.flatMap(({ kind, value }) =>
      kind === "sheet" || kind === "amendment" || kind === "settlement"
        ? [`${value.exam.id} ${value.candidate.ref}`]
        : [],
    ),
  );
  const isTouched = (sitting: SittingId, ref: CandidateRef) => touched.has(`${sitting} ${ref}`);
  const marked = new Set(
    sheets.flatMap(({ sitting, candidate, examiner }) => [
      `${sitting} ${candidate}`,
      `${sitting} ${candidate} ${examiner}`,
    ]),
  );
  const amended = records.flatMap(({ kind, value }) => (kind === "amendment" ? [value.target] : []));
  const targets = amended.length > 0 ? await index.sheetsNamed(institution, amended) : [];
  const last = amended.length > 0 ? await index.amendmentsOf(amended) : [];
  const lastAmended = new Map(last.map(({ target, hash }) => [target, hash]));
  const decided = [
    ...new Set(
      records.flatMap(({ kind, value }) =>
        kind === "review" || kind === "supervision" ? [value.exam.id] : [],
      ),
    ),
  ];
  const counted = await countedSittings(institution, decided, index);
  const panelSheets = groupBy(
    sheets.filter(({ sitting, candidate }) => isTouched(sitting, candidate)),
    ({ sitting, candidate }) => `${sitting} ${candidate}`,
  );
  const everAmended = groupBy(
    panelSheets.size > 0
      ? await index.everyAmendmentOf([...panelSheets.values()].flat().map(({ hash }) => hash))
      : [],
    ({ target }) => target,
  );
  const sizes = await anyOf((of) => index.panelSizes(institution, of));
  const led = settling.length > 0 ? await anyOf((of) => index.leadersOf(institution, of)) : [];
  const entry = register.institution(institution);
  const revoked = new Set((await index.revokedKeys(batch.revocations)).map(({ kid }) => kid));
  return {
    isRevoked: (kid) => revoked.has(kid),
    people: entry?.people ?? [],
    reference: ({ reference }) => (entry ? register.referenceOf(entry, reference.salt) : reference),
    isFrozen: device.frozen,
    isFork: batch.fork,
    isOwnCentre: manifest.centre === institution,
    acceptedAt: batch.accepted_at,
    isCosigned: isCosigned(batch.manifest, revoked),
    isLed: (sitting) => ledSittings.has(sitting),
    isBuildKnown: (build) => register.isBuildKnown(build),
    lineage: await lineageOf(device, index),
    before: await batchBefore(device, manifest, index),
    after: neighbour(await index.batchAt(device.kid, manifest.deviceSeq + 1)),
    successor: neighbour(await firstOfSuccessor(device.kid, index)),
    permit: (hash) => permits.get(hash),
    rubric: (hash) => rubrics.get(hash),
    panelChanges: (sitting) => changesOf(sitting).map(({ change }) => change),
    vouch: (sitting, kid) => vouches.find((one) => one.sitting === sitting && one.kid === kid),
    candidate: (sitting, ref) => rubricOf.get(`${sitting} ${ref}`),
    rubricOfSitting: (sitting) => entered.find((row) => row.sitting === sitting)?.rubric,
    absence: (sitting, ref) => {
      const row = absent.get(`${sitting} ${ref}`);
      return row && !isBacked(row) ? row.hash : undefined;
    },
    wasAbsent: (sitting, ref) => absent.has(`${sitting} ${ref}`),
    leaving: (sitting, ref) => leavings.get(`${sitting} ${ref}`),
    sheet: (hash) => {
      const sheet = targets.find((one) => one.hash === hash);
      return sheet && { ...sheet, effective: lastAmended.get(hash) ?? hash };
    },
    panel: (sitting, ref) =>
      (panelSheets.get(`${sitting} ${ref}`) ?? []).map((sheet) => ({
        examiner: sheet.examiner,
        versions: [
          { record: sheet.hash, figures: sheet.figures, isModerated: false },
          ...inChain(sheet.hash, everAmended.get(sheet.hash) ?? []).map(
            ({ hash: record, figures, reason }) => ({
              ...{ record, figures, isModerated: reason === "moderation" },
            }),
          ),
        ],
      })),
    members: (sitting) => sizes.find((one) => one.sitting === sitting)?.members,
    leaders: (sitting) => {
      const own = led.find((one) => one.sitting === sitting);
      return {
        roster: own?.leader_kept ? own.leader : undefined,
        changes: changesOf(sitting).map(({ device: kid, change: { panel, seq } }) => ({
          device: kid,
          seq,
          leader: panel.find(({ leader }) => leader)?.person,
        })),
      };
    },
    countedOf: (sitting) => counted.get(sitting) ?? NOTHING_COUNTED,
    isMarked: (sitting, ref, examiner) =>
      marked.has(examiner === null ? `${sitting} ${ref}` : `${sitting} ${ref} ${examiner}`),
  };
}

const NOTHING_COUNTED: CountedSitting = {
  ...{ sheets: [], held: [], absences: [], leavings: [], reviews: [] },
  members: Number.POSITIVE_INFINITY,
};

/** The gate let it in only if every further signature is a panel leader's; it does not ask what was revoked. */
function isCosigned(manifest: Bytes, revoked: ReadonlySet<Kid>): boolean {
  const envelope = recordToEnvelope(manifest);
  invariant(envelope.ok, "a stored manifest was verified before it was stored");
  const [, ...leaders] = envelope.value.signatures;
  return leaders.some(({ kid }) => !revoked.has(kid));
}

/** The device and those whose work it goes on with, newest first. */
async function lineageOf(device: IndexedDevice, index: Index): Promise<Kid[]> {
  const lineage = [device.kid];
  for (let at = device.continues; at !== null && !lineage.includes(at);) {
    lineage.push(at);
    at = (await index.device(at))?.continues ?? null;
  }
  return lineage;
}

/** Before the first batch of a device that goes on stands the last one of the device it goes on with. */
async function batchBefore(
  device: IndexedDevice,
  { deviceSeq, prevBatch }: BatchManifest,
  index: Index,
): Promise<Neighbour | undefined> {
  if (deviceSeq > 1) return neighbour(await index.batchAt(device.kid, deviceSeq - 1));
  if (device.continues === null) return undefined;
  const last = await index.batch(prevBatch);
  const isOfLineage = last !== undefined && (await lineageOf(device, index)).includes(last.device);
  return isOfLineage ? neighbour(last) : undefined;
}

async function firstOfSuccessor(device: Kid, index: Index): Promise<IndexedBatch | undefined> {
  const successor = await index.successorOf(device);
  return successor && index.batchAt(successor.kid, 1);
}

async function readPermits(index: Index, hashes: readonly HashId[]): Promise<Map<HashId, PermitRecord>> {
  const permits = new Map<HashId, PermitRecord>();
  for (const hash of new Set(hashes)) {
    const row = await index.permit(hash);
    if (!row) continue;
    permits.set(hash, ownRecord("permit", row.record).value);
  }
  return permits;
}

async function readRubrics(index: Index, hashes: readonly HashId[]): Promise<Map<HashId, Rubric>> {
  const rows = await index.rubrics(hashes);
  return new Map(
    rows.map(({ hash, bytes }) => {
      const json = parseCanonical(bytes, bytes.length);
      invariant(json.ok, "a stored rubric is canonical");
      return [hash, Rubric.parse(json.value)];
    }),
  );
}

function neighbour(batch: IndexedBatch | undefined): Neighbour | undefined {
  if (!batch) return undefined;
  const { id, first_seq: first, last_seq: last, head, prev } = batch;
  return { id, first, last, head, prev };
}
