// What the registry knows that a judgement needs, fetched once per batch so that judging itself is a pure function.
import { invariant, type HashId } from "#shared/base";
import { Rubric } from "#shared/exam";
import { parseCanonical, peekRecord, type BatchManifest, type PermitRecord } from "#shared/wire";
import type { Register } from "../register/register.ts";
import type { Index, IndexedBatch, IndexedDevice } from "../store/index-of-journal.ts";
import type { Known, Neighbour } from "./judge.ts";
import type { OpenedBatch } from "./open-batch.ts";

export async function gatherKnown(
  index: Index,
  batch: IndexedBatch,
  device: IndexedDevice,
  manifest: BatchManifest,
  opened: OpenedBatch | undefined,
  register: Register,
): Promise<Known> {
  const records = opened?.records ?? [];
  const sittings = [...new Set(records.map(({ value }) => value.exam.id))];
  const { institution } = device;
  const permits = await readPermits(index, [manifest.permit, ...records.map(({ value }) => value.permit)]);
  const rubrics = await readRubrics(index, [...new Set(records.map(({ value }) => value.exam.rubric))]);
  const entered = await index.rosterCandidates(institution, sittings);
  const rubricOf = new Map(entered.map((row) => [`${row.sitting} ${row.candidate}`, row.rubric]));
  const absent = new Set(
    (await index.absences(institution, sittings)).map((row) => `${row.sitting} ${row.candidate}`),
  );
  const sheets = await index.sheets(institution, sittings);
  const marked = new Set(
    sheets.flatMap(({ sitting, candidate, examiner }) => [
      `${sitting} ${candidate}`,
      `${sitting} ${candidate} ${examiner}`,
    ]),
  );
  const entry = register.institution(institution);
  return {
    people: entry?.people ?? [],
    reference: ({ reference }) => (entry ? register.referenceOf(entry, reference.salt) : reference),
    isFrozen: device.frozen,
    isFork: batch.fork,
    isOwnCentre: manifest.centre === institution,
    before: neighbour(await index.batchAt(device.kid, manifest.deviceSeq - 1)),
    after: neighbour(await index.batchAt(device.kid, manifest.deviceSeq + 1)),
    permit: (hash) => permits.get(hash),
    rubric: (hash) => rubrics.get(hash),
    candidate: (sitting, ref) => rubricOf.get(`${sitting} ${ref}`),
    isAbsent: (sitting, ref) => absent.has(`${sitting} ${ref}`),
    isMarked: (sitting, ref, examiner) =>
      marked.has(examiner === null ? `${sitting} ${ref}` : `${sitting} ${ref} ${examiner}`),
  };
}

async function readPermits(index: Index, hashes: readonly HashId[]): Promise<Map<HashId, PermitRecord>> {
  const permits = new Map<HashId, PermitRecord>();
  for (const hash of new Set(hashes)) {
    const row = await index.permit(hash);
    if (!row) continue;
    const permit = peekRecord("permit", row.record); // our own signature, from our own journal
    invariant(permit.ok, "a permit that was issued can be read");
    permits.set(hash, permit.value.value);
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
