// The fold: one entry and the rows it touches in, the rows as they are afterwards out. Pure, and the only way a fact
// reaches a table, in either process. It trusts the entry: whether a person might do this was decided before it was
// written (admit.ts), and history is not judged again.
import { invariant, NO_HASH, unreachable, type CandidateRef } from "#shared/base";
import {
  changedBy,
  countingOf,
  findEvidence,
  marksOf,
  openPauseOf,
  type Review,
  type CandidateChange,
  type Settlement,
  type Sheet,
  type SheetAmendment,
  type SheetMarks,
} from "#shared/exam";
import { needsSecond } from "#shared/rules";
import type { BodyOf, JournalEntry } from "./entry.ts";
import { CHANGED_MS } from "./clock.ts";
import { checkIdentity, drawPlaces, inExchangedPlace } from "./checked.ts";
import { afterChange } from "./expected.ts";
import { changeTranscription, emptied, isOfPaper, newTranscription, sheetFromPaper } from "./typed.ts";
import {
  ONLY,
  type BatchRow,
  type CandidateRow,
  type ChainRow,
  type ReadRow,
  type RegistryRow,
  type RowKey,
  type RowWrite,
  type SittingRow,
  type VersionRow,
} from "./tables.ts";

/** Every row that folding this entry may read; whoever stores rows elsewhere fetches these first. */
export function rowsTouched({ body }: JournalEntry): RowKey[] {
  switch (body.kind) {
    case "centre.opened":
    case "drill.held":
      return [];
    case "permit.received":
      return [
        { table: "centre", key: ONLY },
        ...body.people.map(({ id }) => ({ table: "people" as const, key: id })),
      ];
    case "device.continued":
      return [
        { table: "centre", key: ONLY },
        { table: "chain", key: ONLY },
        { table: "registry", key: ONLY },
        ...body.people.map((key) => ({ table: "people" as const, key })),
      ];
    case "device.enrolled":
    case "recovery.made":
      return [{ table: "centre", key: ONLY }];
    case "person.key-made":
    case "person.key-ended":
    case "person.ended":
      return [{ table: "people", key: body.person }];
    case "person.added":
    case "session.opened":
    case "session.closed":
    case "rubric.added":
    case "sheet.opened":
    case "leader.called":
    case "transcription.opened":
    case "visit.answered":
    case "visit.remarked":
    case "visit.cleared":
      return [];
    case "transcription.joined":
    case "transcription.typed":
    case "transcription.page-added":
    case "transcription.page-removed":
    case "transcription.done":
    case "transcription.returned":
      return [{ table: "transcriptions", key: body.sheet }];
    case "transcription.dropped":
    case "sheet.transcribed":
      return [
        { table: "transcriptions", key: body.sheet },
        { table: "sheets", key: body.sheet },
      ];
    case "sitting.prepared":
      return [{ table: "chain", key: ONLY }];
    case "panel.changed":
      return [
        { table: "sittings", key: body.sitting },
        { table: "chain", key: ONLY },
      ];
    case "conflict.declared":
    case "results.signed-off":
      return [{ table: "sittings", key: body.sitting }];
    case "result.rechecked":
    case "sheet.upheld":
    case "upholding.received":
    case "settlement.received":
      return [{ table: "candidates", key: body.candidate }];
    case "divergence.settled":
      return [
        { table: "candidates", key: body.candidate },
        ...(body.signed ? [{ table: "chain" as const, key: ONLY }] : []),
      ];
    case "mark.set":
    case "overtime.set":
    case "veto.set":
    case "note.set":
    case "sheet.paused":
    case "sheet.resumed":
    case "evidence.added":
    case "evidence.removed":
    case "amendment.opened":
    case "amendment.dropped":
      return [{ table: "sheets", key: body.sheet }];
    case "sheet.amended":
      return [
        { table: "sheets", key: body.sheet },
        { table: "sittings", key: body.sitting },
        { table: "chain", key: ONLY },
      ];
    case "review.signed":
      return [...reviewRows(body), { table: "chain", key: ONLY }];
    case "review.received":
      return reviewRows(body.review);
    case "sheet.signed":
      return [
        { table: "sheets", key: body.sheet },
        { table: "chain", key: ONLY },
      ];
    case "candidate.absent":
      return [
        { table: "candidates", key: body.candidate },
        { table: "chain", key: ONLY },
      ];
    case "identity.checked":
    case "identity.check-undone":
      return [{ table: "candidates", key: body.candidate }];
    case "seats.committed":
      return [{ table: "sittings", key: body.sitting }];
    case "seats.drawn":
      return [
        { table: "sittings", key: body.sitting },
        ...body.seats.map(({ candidate }) => ({ table: "candidates" as const, key: candidate })),
      ];
    case "incident.recorded":
      return [{ table: "chain", key: ONLY }];
    case "visit.signed":
      return [
        { table: "sittings", key: body.sitting },
        { table: "chain", key: ONLY },
      ];
    case "call.answered":
      return [{ table: "calls", key: body.call }];
    case "absence.received":
      return [{ table: "candidates", key: body.candidate }];
    case "roster.changed":
      return [...rowsOfChange(body), { table: "chain", key: ONLY }];
    case "roster.change-received":
      return rowsOfChange(body);
    case "batch.sealed":
      return [
        ...body.covers.map((key) => ({ table: "sittings" as const, key })),
        { table: "centre", key: ONLY },
        { table: "chain", key: ONLY },
      ];
    case "clock.changed":
      return [{ table: "chain", key: ONLY }];
    case "batch.exported":
      return body.batches.map((key) => ({ table: "batches", key }));
    case "sitting.shared":
      return [{ table: "sittings", key: body.sitting }];
    case "sitting.received":
    case "sheet.received":
    case "batch.carried":
      return [];
    case "amendment.received":
      return [
        { table: "sheets", key: body.sheet },
        { table: "versions", key: body.target },
        { table: "sittings", key: body.sitting },
      ];
    case "sheet.chosen":
      return [
        { table: "sheets", key: body.sheet },
        ...(body.sitting === undefined ? [] : [{ table: "sittings" as const, key: body.sitting }]),
        ...body.versions.map((key) => ({ table: "versions" as const, key })),
      ];
    case "send.troubled":
      return [{ table: "batches", key: body.batch }];
    case "evidence.held":
    case "batch.anchored":
      return [{ table: "batches", key: body.batch }];
    case "checkpoint.held":
      return [
        { table: "chain", key: ONLY },
        { table: "registry", key: ONLY },
      ];
    case "log.disputed":
      return [{ table: "registry", key: ONLY }];
    case "head.compared":
    case "revocations.held":
      return [{ table: "registry", key: ONLY }];
    case "keyset.held":
      return [
        { table: "centre", key: ONLY },
        { table: "registry", key: ONLY },
      ];
    case "receipt.held":
    case "receipt.renewed":
      return [
        { table: "batches", key: body.batch },
        { table: "chain", key: ONLY },
        ...(body.amended ?? []).flatMap(({ sheet, sitting, target }) => [
          { table: "sheets" as const, key: sheet },
          { table: "sittings" as const, key: sitting },
          ...(target === undefined ? [] : [{ table: "versions" as const, key: target }]),
        ]),
        ...(body.reviewed ?? []).flatMap(({ review, sitting }) => [
          { table: "reviews" as const, key: review },
          { table: "sittings" as const, key: sitting },
        ]),
        ...(body.settled ?? []).flatMap(({ candidate, sitting }) => [
          { table: "candidates" as const, key: candidate },
          { table: "sittings" as const, key: sitting },
        ]),
      ];
    default:
      return unreachable(body);
  }
}

function reviewRows({ sitting, follows }: Pick<Review, "sitting" | "follows">): RowKey[] {
  return [
    { table: "sittings", key: sitting },
    ...(follows === null ? [] : [{ table: "reviews" as const, key: follows }]),
  ];
}

export function fold(entry: JournalEntry, read: ReadRow): RowWrite[] {
  const { body } = entry;
  switch (body.kind) {
    case "centre.opened":
      return openCentre(body);
    case "permit.received":
      return receivePermit(body, read);
    case "device.continued":
      return continueDevice(body, read);
    case "device.enrolled": {
      const centre = existing(read("centre", ONLY));
      return [{ table: "centre", key: ONLY, row: { ...centre, enrolled: true } }];
    }
    case "recovery.made": {
      const centre = existing(read("centre", ONLY));
      return [{ table: "centre", key: ONLY, row: { ...centre, recovery: body.pub } }];
    }
    case "person.key-made": {
      const person = existing(read("people", body.person));
      const row = { ...person, key: { kid: body.kid, pub: body.pub, permitted: false } };
      return [{ table: "people", key: body.person, row }];
    }
    case "person.key-ended":
      return [
        { table: "people", key: body.person, row: { ...existing(read("people", body.person)), key: null } },
      ];
    case "person.added": {
      const { person, stated } = body;
      return [{ table: "people", key: person.id, row: { ...person, key: null, stated, ended: null } }];
    }
    case "person.ended": {
      const person = existing(read("people", body.person));
      const ended = { reason: body.reason, at: entry.at };
      return [{ table: "people", key: body.person, row: { ...person, key: null, ended } }];
    }
    case "session.opened":
    case "session.closed":
    // What a supervisor notes of a room and signs is read by main where somebody asks (visits.ts) and is no row.
    case "visit.answered":
    case "visit.remarked":
    case "visit.cleared":
      return [];
    case "rubric.added":
      return [{ table: "rubrics", key: body.hash, row: { hash: body.hash, rubric: body.rubric } }];
    case "sitting.prepared":
      return prepareSitting(entry, body, read);
    case "panel.changed":
      return [
        { table: "sittings", key: body.sitting, row: changePanel(entry, body, read) },
        advanceChain(read, body),
      ];
    case "conflict.declared":
      return [{ table: "sittings", key: body.sitting, row: declareConflict(entry, body, read) }];
    case "results.signed-off":
      return [{ table: "sittings", key: body.sitting, row: signOff(entry, body, read) }];
    case "result.rechecked": {
      const candidate = existing(read("candidates", body.candidate));
      const row = { ...candidate, rechecks: [...candidate.rechecks, body.recheck] };
      return [{ table: "candidates", key: body.candidate, row }];
    }
    case "sheet.upheld": {
      invariant(entry.actor !== null, "a sheet is upheld by its author");
      const candidate = existing(read("candidates", body.candidate));
      const { record, reason, answers, statement: hash } = body;
      const statement = hash === undefined ? null : { hash, heldSeq: entry.seq, from: null };
      const said = { examiner: entry.actor, record, reason, statement, at: entry.at };
      const upheld = [...candidate.upheld, answers ? { ...said, answers } : said];
      return [{ table: "candidates", key: body.candidate, row: { ...candidate, upheld } }];
    }
    case "upholding.received": {
      const candidate = existing(read("candidates", body.candidate));
      const { examiner, record, reason, statement: hash, at, from } = body;
      const statement = { hash, heldSeq: entry.seq, from };
      const upheld = [...candidate.upheld, { examiner, record, reason, statement, at }];
      return [{ table: "candidates", key: body.candidate, row: { ...candidate, upheld } }];
    }
    case "divergence.settled": {
      const { person, records, reason, signed } = body;
      const place = signed ? { seq: signed.seq, hash: signed.hash, from: null } : null;
      const settlement = { person, records, reason, signed: place, refused: null, at: entry.at };
      return [
        holdSettlement(body.candidate, settlement, read),
        ...(signed ? [advanceChain(read, signed)] : []),
      ];
    }
    case "settlement.received": {
      const { person, records, reason, seq, hash, at, refused = null, from } = body;
      const settlement = { person, records, reason, signed: { seq, hash, from }, refused, at };
      return [holdSettlement(body.candidate, settlement, read)];
    }
    case "sheet.opened":
      return [{ table: "sheets", key: body.sheet, row: newSheet(entry, body) }];
    case "mark.set":
    case "overtime.set":
    case "veto.set":
    case "note.set":
    case "evidence.added":
    case "evidence.removed": {
      const sheet = existing(read("sheets", body.sheet));
      return [{ table: "sheets", key: body.sheet, row: { ...changeSheet(sheet, body), lastSeq: entry.seq } }];
    }
    case "sheet.paused": {
      invariant(entry.actor !== null, "a person pauses");
      const sheet = existing(read("sheets", body.sheet));
      const pause = { reason: body.reason, from: entry.at, by: entry.actor, resumed: null };
      const pauses = [...sheet.pauses, pause];
      return [{ table: "sheets", key: body.sheet, row: { ...sheet, pauses, lastSeq: entry.seq } }];
    }
    case "sheet.resumed": {
      invariant(entry.actor !== null, "a person resumes");
      const sheet = existing(read("sheets", body.sheet));
      const pause = existing(openPauseOf(sheet) ?? undefined);
      const resumed = { at: entry.at, by: entry.actor };
      const pauses = [...sheet.pauses.slice(0, -1), { ...pause, resumed }];
      return [{ table: "sheets", key: body.sheet, row: { ...sheet, pauses, lastSeq: entry.seq } }];
    }
    case "amendment.opened": {
      const sheet = existing(read("sheets", body.sheet));
      const amending = { ...marksOf(sheet), basis: body.basis, openedSeq: entry.seq };
      return [{ table: "sheets", key: body.sheet, row: { ...sheet, amending, lastSeq: entry.seq } }];
    }
    case "amendment.dropped": {
      const sheet = existing(read("sheets", body.sheet));
      return [{ table: "sheets", key: body.sheet, row: { ...sheet, amending: null, lastSeq: entry.seq } }];
    }
    case "sheet.amended":
      return amendSheet(entry, body, read);
    case "review.signed": {
      invariant(entry.actor !== null, "a supervisor decides");
      const { kind: _kind, ...said } = body;
      const review = { ...said, person: entry.actor, at: entry.at, refused: null, from: null };
      return [...holdReview({ ...review, heldSeq: entry.seq }, read), advanceChain(read, body)];
    }
    case "review.received": {
      const { review, refused = null, from } = body;
      return holdReview({ ...review, refused, from, heldSeq: entry.seq }, read);
    }
    case "transcription.opened":
      return [{ table: "transcriptions", key: body.sheet, row: newTranscription(entry, body) }];
    case "transcription.joined":
    case "transcription.typed":
    case "transcription.page-added":
    case "transcription.page-removed":
    case "transcription.done":
    case "transcription.returned": {
      const row = existing(read("transcriptions", body.sheet));
      return [{ table: "transcriptions", key: body.sheet, row: changeTranscription(row, entry, body) }];
    }
    case "transcription.dropped":
      return giveUp(entry, body, read);
    case "sheet.transcribed":
      return transcribe(entry, body, read);
    case "sheet.signed": {
      const sheet = existing(read("sheets", body.sheet));
      const signature = { seq: body.seq, hash: body.hash, total: body.total, at: entry.at };
      return [
        { table: "sheets", key: body.sheet, row: { ...sheet, signature, lastSeq: entry.seq } },
        advanceChain(read, body),
      ];
    }
    case "candidate.absent": {
      const candidate = existing(read("candidates", body.candidate));
      const absence = { seq: body.seq, hash: body.hash, at: entry.at, from: null };
      return [
        { table: "candidates", key: body.candidate, row: { ...candidate, absence } },
        advanceChain(read, body),
      ];
    }
    case "identity.checked":
    case "identity.check-undone":
      return [{ table: "candidates", key: body.candidate, row: checkIdentity(entry, body, read) }];
    case "seats.committed":
    case "seats.drawn":
      return drawPlaces(entry, body, read);
    case "incident.recorded": {
      const { incident: id, sitting, report, seq, hash, person } = body;
      const row = { id, sitting, report, seq, hash, person, at: entry.at };
      return [{ table: "incidents", key: id, row }, advanceChain(read, body)];
    }
    case "visit.signed": {
      const sitting = existing(read("sittings", body.sitting));
      const row = { ...sitting, visits: [...sitting.visits, body.seq] };
      return [{ table: "sittings", key: sitting.id, row }, advanceChain(read, body)];
    }
    case "leader.called": {
      invariant(entry.actor !== null, "a person calls");
      const { call: id, sitting, candidate } = body;
      const row = { id, sitting, candidate, caller: entry.actor, at: entry.at, answer: null };
      return [{ table: "calls", key: id, row }];
    }
    case "call.answered": {
      invariant(entry.actor !== null, "a person answers");
      const answer = { person: entry.actor, text: body.text, at: entry.at };
      return [{ table: "calls", key: body.call, row: { ...existing(read("calls", body.call)), answer } }];
    }
    case "absence.received": {
      const { candidate: ref, seq, hash, at, from } = body;
      const row = { ...existing(read("candidates", ref)), absence: { seq, hash, at, from } };
      return [{ table: "candidates", key: ref, row }];
    }
    case "roster.changed":
      return [...changeRoster(body, { at: entry.at, from: null }, read), advanceChain(read, body)];
    case "roster.change-received":
      return changeRoster(body, { at: body.at, from: body.from }, read);
    case "batch.sealed":
      return sealBatch(entry, body, read);
    case "clock.changed": {
      const chain = existing(read("chain", ONLY));
      const { state, byMs } = body;
      // A change is not made good by a later drift.
      const worst = chain.clock.state === "changed" ? "changed" : state;
      const clock = { state: worst, byMs: chain.clock.byMs + byMs, since: entry.seq };
      return [{ table: "chain", key: ONLY, row: { ...chain, clock } }];
    }
    case "drill.held": {
      const { kind: _kind, ...drill } = body;
      return [{ table: "readiness", key: body.device, row: { ...drill, at: entry.at } }];
    }
    case "batch.exported":
      return body.batches.map((key) => ({
        table: "batches",
        key,
        row: { ...existing(read("batches", key)), exported: { bundles: body.bundles, at: entry.at } },
      }));
    case "sitting.shared": {
      const row = { ...existing(read("sittings", body.sitting)), keySeq: entry.seq };
      return [{ table: "sittings", key: body.sitting, row }];
    }
    case "sitting.received":
      return receiveSitting(entry, body);
    case "sheet.received":
      return receiveSheet(entry, body);
    case "amendment.received":
      return receiveAmendment(entry, body, read);
    case "sheet.chosen":
      return chooseSheet(entry, body, read);
    case "batch.carried":
      return [{ table: "batches", key: body.batch, row: carriedBatch(entry, body) }];
    case "send.troubled": {
      const batch = existing(read("batches", body.batch));
      const trouble = { code: body.code, final: body.final, at: entry.at };
      return [{ table: "batches", key: body.batch, row: { ...batch, trouble } }];
    }
    case "receipt.held":
    case "receipt.renewed":
      return holdReceipt(entry, body, read);
    case "evidence.held": {
      const batch = existing(read("batches", body.batch));
      return [{ table: "batches", key: body.batch, row: { ...batch, evidenceOwed: 0, trouble: null } }];
    }
    case "head.compared": {
      const { lastSeq, behind, trouble } = body;
      const head = { trouble, lastSeq, behind: behind.length, at: entry.at, heldSeq: entry.seq };
      return [{ table: "registry", key: ONLY, row: { ...registryRow(read), head } }];
    }
    case "revocations.held": {
      const row = { ...registryRow(read), revocations: body.revocations };
      return [{ table: "registry", key: ONLY, row }];
    }
    case "keyset.held": {
      const centre = existing(read("centre", ONLY));
      const keyset = { version: body.version, heldSeq: entry.seq };
      return [
        { table: "centre", key: ONLY, row: { ...centre, keyset: body.keyset } },
        { table: "registry", key: ONLY, row: { ...registryRow(read), keyset } },
      ];
    }
    case "batch.anchored": {
      const batch = existing(read("batches", body.batch));
      const { log, index, size } = body;
      const isCurrent = batch.receipt?.hash === body.receipt;
      const anchored = isCurrent ? { log, index, size, at: entry.at, heldSeq: entry.seq } : batch.anchored;
      return [{ table: "batches", key: body.batch, row: { ...batch, anchored } }];
    }
    case "checkpoint.held":
      return holdCheckpoint(body, read);
    case "log.disputed": {
      const { code, log, kept, offered } = body;
      const dispute = { code, log, kept, offered, at: entry.at, heldSeq: entry.seq, mended: false };
      return [{ table: "registry", key: ONLY, row: { ...registryRow(read), dispute } }];
    }
    default:
      return unreachable(body);
  }
}

function openCentre(body: BodyOf<"centre.opened">): RowWrite[] {
  const { institution, device, aud, registry, keyset, storage } = body;
  return [
    {
      table: "centre",
      key: ONLY,
      row: {
        institution,
        device,
        continues: null,
        enrolled: true,
        recovery: null,
        aud,
        registry,
        keyset,
        storage,
        permit: null,
      },
    },
    { table: "chain", key: ONLY, row: NEW_CHAIN },
    ...body.people.map((person) => ({
      table: "people" as const,
      key: person.id,
      row: { ...person, key: null, stated: null, ended: null },
    })),
  ];
}

const NEW_CHAIN: ChainRow = {
  seq: 0,
  head: NO_HASH,
  deviceSeq: 0,
  lastBatch: NO_HASH,
  lastReceipt: NO_HASH,
  lastRegistryTime: 0,
  checkpoint: null,
  clock: { state: "trusted", byMs: 0, since: 0 },
  sealedSeq: 0,
};

/** The chain of signed records goes on where it was; the new device counts its own batches from one. */
function continueDevice(body: BodyOf<"device.continued">, read: ReadRow): RowWrite[] {
  const centre = existing(read("centre", ONLY));
  const chain = existing(read("chain", ONLY));
  const { device, from, storage } = body;
  return [
    { table: "centre", key: ONLY, row: { ...centre, device, continues: from, enrolled: false, storage } },
    { table: "chain", key: ONLY, row: { ...chain, deviceSeq: 0 } },
    // What the registry said of the former device is not said of this one.
    { table: "registry", key: ONLY, row: { ...registryRow(read), head: null } },
    ...body.people.map((id) => ({
      table: "people" as const,
      key: id,
      row: { ...existing(read("people", id)), key: null },
    })),
  ];
}

function receivePermit(body: BodyOf<"permit.received">, read: ReadRow): RowWrite[] {
  const centre = existing(read("centre", ONLY));
  const { permit: hash, policy, transportKey, limits, reference } = body;
  const { from } = body.window;
  const permit = { hash, policy, centre: body.centre, transportKey, limits, reference, from };
  const row = { ...centre, permit };
  const people = body.people
    .filter(({ device }) => device === centre.device)
    .flatMap(({ id, kid, pub, roles }) => {
      const person = read("people", id);
      if (!person) return [];
      // A permit may still name a key, or a person, that was ended here since.
      const key = person.key?.kid === kid ? { kid, pub, permitted: true } : person.key;
      return [{ table: "people" as const, key: id, row: { ...person, roles, key } }];
    });
  return [{ table: "centre", key: ONLY, row }, ...people];
}

function prepareSitting(entry: JournalEntry, body: BodyOf<"sitting.prepared">, read: ReadRow): RowWrite[] {
  const { hash, seq, fileName, refused } = body.roster;
  const sitting = {
    ...body.sitting,
    candidates: body.candidates.length,
    roster: { hash, seq, fileName, refused },
    preparedAt: entry.at,
    declarations: [],
    trainers: body.trainers,
    substitutions: [],
    visits: [],
    signOffs: [],
    revision: 0,
    batch: null,
    from: null,
    keySeq: null,
  };
  return [
    { table: "sittings", key: sitting.id, row: sitting },
    ...newCandidates(body.candidates),
    advanceChain(read, body.roster),
  ];
}

function changePanel(
  { at }: JournalEntry,
  { sitting, leaves, joins, kid, panel, reason, seq, hash }: BodyOf<"panel.changed">,
  read: ReadRow,
): SittingRow {
  const row = existing(read("sittings", sitting));
  const substitution = { leaves, joins, kid, reason, seq, hash, at };
  return { ...row, panel, substitutions: [...row.substitutions, substitution] };
}

/** Its roster is a place in the other laptop's chain: ours does not move. */
function receiveSitting(entry: JournalEntry, body: BodyOf<"sitting.received">): RowWrite[] {
  const row = {
    ...body.sitting,
    candidates: body.candidates.length,
    roster: { hash: body.roster.hash, seq: 0, fileName: "", refused: 0 },
    preparedAt: entry.at,
    declarations: [],
    trainers: body.trainers,
    substitutions: [],
    visits: [],
    signOffs: [],
    revision: 0,
    batch: null,
    from: body.from,
    keySeq: entry.seq,
  };
  return [{ table: "sittings", key: row.id, row }, ...newCandidates(body.candidates)];
}

function newCandidates(candidates: BodyOf<"sitting.prepared">["candidates"]): RowWrite[] {
  return candidates.map((candidate) => ({
    table: "candidates",
    key: candidate.ref,
    row: { ...candidate, absence: null, changes: [], rechecks: [], upheld: [], settlements: [] },
  }));
}

type ChangeBody = BodyOf<"roster.changed"> | BodyOf<"roster.change-received">;

function rowsOfChange({ sitting, change }: ChangeBody): RowKey[] {
  return [
    { table: "sittings", key: sitting },
    ...changedBy(change).map((key) => ({ table: "candidates" as const, key })),
  ];
}

/** Who comes late or leaves changes what the sitting comes to; who moves does not. */
function changeRoster(
  { sitting, change, reason, seq, hash, leader, confirmedBy, office }: ChangeBody,
  signed: Pick<CandidateChange, "at" | "from">,
  read: ReadRow,
): RowWrite[] {
  const said = { reason, seq, hash, leader, confirmedBy, office, ...signed };
  const isMove = change.kind === "swap" || change.kind === "relocation";
  const rows = changedBy(change).map((key) => existing(read("candidates", key)));
  return [
    ...rows.map((row) => ({
      table: "candidates" as const,
      key: row.ref,
      row: inExchangedPlace(afterChange(row, change, said), change, rows),
    })),
    ...(isMove
      ? []
      : [{ table: "sittings" as const, key: sitting, row: revised(existing(read("sittings", sitting))) }]),
  ];
}

function receiveSheet(entry: JournalEntry, body: BodyOf<"sheet.received">): RowWrite[] {
  const { signature, from, bundle, counts } = body;
  const unamended = { amendments: [], signed: null, amending: null, pauses: [] };
  const sheet: Sheet = { ...body.sheet, ...unamended, lastSeq: entry.seq, signature, from };
  const row = { hash: signature.hash, sheet, bundle, at: entry.at, decision: null };
  const version: RowWrite = { table: "versions", key: signature.hash, row };
  return counts ? [version, { table: "sheets", key: sheet.id, row: sheet }] : [version];
}

/** The row keeps its key, because a table forgets nothing; which record it shows is its signature's hash. */
function chooseSheet(entry: JournalEntry, body: BodyOf<"sheet.chosen">, read: ReadRow): RowWrite[] {
  const { person, reason } = body;
  const standing = existing(read("sheets", body.sheet));
  const versions = new Map<string, VersionRow>();
  for (const hash of body.versions) {
    const version = read("versions", hash);
    if (version) versions.set(hash, version);
  }
  const counted = standing.signature?.hash;
  if (counted !== undefined) {
    // What was amended while it counted stands with the sheet alone: it is put beside as it counts now.
    const { bundle, at, sheet } = versions.get(counted) ?? { bundle: null, at: entry.at, sheet: standing };
    const kept = { ...standing, id: sheet.id, amending: null };
    versions.set(counted, { hash: counted, sheet: kept, bundle, at, decision: null });
  }
  const chosen = existing(versions.get(body.chosen));
  const row = { ...chosen.sheet, id: body.sheet, lastSeq: entry.seq };
  // Other totals count: whoever signed for them signs anew (R48). Earlier entries do not name the sitting.
  const changed = chosen.hash === counted ? undefined : body.sitting;
  return [
    { table: "sheets", key: body.sheet, row },
    ...(changed === undefined
      ? []
      : [{ table: "sittings" as const, key: changed, row: revised(existing(read("sittings", changed))) }]),
    ...[...versions.values()].map((version) => ({
      table: "versions" as const,
      key: version.hash,
      row: {
        ...version,
        decision: { chosen: version.hash === body.chosen, person, reason, at: entry.at },
      },
    })),
  ];
}

function declareConflict(
  entry: JournalEntry,
  { sitting, candidates }: BodyOf<"conflict.declared">,
  read: ReadRow,
): SittingRow {
  invariant(entry.actor !== null, "a person declares");
  const row = existing(read("sittings", sitting));
  const others = row.declarations.filter(({ person }) => person !== entry.actor);
  return { ...row, declarations: [...others, { person: entry.actor, candidates, at: entry.at }] };
}

function signOff(
  entry: JournalEntry,
  { sitting, as, person, sheets }: BodyOf<"results.signed-off">,
  read: ReadRow,
): SittingRow {
  const row = existing(read("sittings", sitting));
  const others = row.signOffs.filter((one) => one.as !== as);
  const { revision } = row;
  return { ...row, signOffs: [...others, { as, person, sheets, revision, at: entry.at }] };
}

function newSheet(entry: JournalEntry, body: BodyOf<"sheet.opened">): Sheet {
  invariant(entry.actor !== null, "a sheet is opened by a person");
  return {
    id: body.sheet,
    sitting: body.sitting,
    candidate: body.candidate,
    examiner: entry.actor,
    rubric: body.rubric,
    items: {},
    vetoes: [],
    overtimeMs: 0,
    note: "",
    evidence: [],
    startedAt: entry.at,
    pauses: [],
    lastSeq: entry.seq,
    signature: null,
    from: null,
    amendments: [],
    signed: null,
    amending: null,
  };
}

/** A film of the sheet folds this without the row of what was typed. */
function transcribe(entry: JournalEntry, body: BodyOf<"sheet.transcribed">, read: ReadRow): RowWrite[] {
  const row = read("transcriptions", body.sheet);
  const sheet = sheetFromPaper(entry, body, row?.openedAt ?? entry.at);
  return [
    { table: "sheets", key: body.sheet, row: sheet },
    ...(row
      ? [
          {
            table: "transcriptions" as const,
            key: body.sheet,
            row: { ...row, written: entry.at, lastSeq: entry.seq },
          },
        ]
      : []),
  ];
}

/** What had become a sheet and was sent back is its examiner's again, as it was before anybody typed. */
function giveUp(entry: JournalEntry, body: BodyOf<"transcription.dropped">, read: ReadRow): RowWrite[] {
  const row = read("transcriptions", body.sheet);
  const sheet = read("sheets", body.sheet);
  const isTyped = sheet && sheet.signature === null && (!row || isOfPaper(sheet, row));
  return [
    ...(isTyped ? [{ table: "sheets" as const, key: body.sheet, row: emptied(sheet, entry.seq) }] : []),
    ...(row
      ? [{ table: "transcriptions" as const, key: body.sheet, row: changeTranscription(row, entry, body) }]
      : []),
  ];
}

/** What two people signed is what the draft says; what counts afterwards is worked out, as the registry does. */
function amendSheet(entry: JournalEntry, body: BodyOf<"sheet.amended">, read: ReadRow): RowWrite[] {
  const sheet = existing(read("sheets", body.sheet));
  const draft = existing(sheet.amending ?? undefined);
  const { seq, hash, reason, text, total, approvedBy, office } = body;
  const { basis } = draft;
  const amendment: SheetAmendment = {
    ...{ seq, hash, basis, reason, text, total, approvedBy, office },
    ...{ marks: marksOf(draft), at: entry.at, refused: null, from: null },
  };
  const amendments = [...sheet.amendments, amendment];
  const row = { ...withAmendments(sheet, amendments), amending: null, lastSeq: entry.seq };
  return [
    { table: "sheets", key: body.sheet, row },
    { table: "sittings", key: body.sitting, row: revised(existing(read("sittings", body.sitting))) },
    advanceChain(read, body),
  ];
}

/** Beside every copy of the sheet that lies here, whichever version counts. */
function receiveAmendment(
  entry: JournalEntry,
  body: BodyOf<"amendment.received">,
  read: ReadRow,
): RowWrite[] {
  const amendment: SheetAmendment = { ...body.amendment, refused: body.refused ?? null, from: body.from };
  const amended = (sheet: Sheet): Sheet => ({
    ...withAmendments(sheet, [...sheet.amendments, amendment]),
    lastSeq: entry.seq,
  });
  const standing = read("sheets", body.sheet);
  const version = read("versions", body.target);
  const isStanding = standing?.signature?.hash === body.target;
  return [
    ...(standing && isStanding
      ? [
          { table: "sheets" as const, key: body.sheet, row: amended(standing) },
          {
            table: "sittings" as const,
            key: body.sitting,
            row: revised(existing(read("sittings", body.sitting))),
          },
        ]
      : []),
    ...(version
      ? [
          {
            table: "versions" as const,
            key: body.target,
            row: { ...version, sheet: amended(version.sheet) },
          },
        ]
      : []),
  ];
}

function withAmendments(sheet: Sheet, amendments: readonly SheetAmendment[]): Sheet {
  const amended = { ...sheet, amendments: [...amendments], signed: sheet.signed ?? marksOf(sheet) };
  return { ...amended, ...existing(countingOf(amended) ?? undefined).marks };
}

/** What takes a result away, or gives it back, is signed for again by whoever signed for the totals (R48). */
function holdReview(review: Review, read: ReadRow): RowWrite[] {
  const sitting = existing(read("sittings", review.sitting));
  const former = review.follows === null ? null : (read("reviews", review.follows)?.decision ?? null);
  return [
    { table: "reviews", key: review.hash, row: review },
    ...(review.refused === null && (review.second !== null || needsSecond(review.decision, former, false))
      ? [{ table: "sittings" as const, key: sitting.id, row: revised(sitting) }]
      : []),
  ];
}

/** The registry's word on each review of a batch, own or carried. */
function judgeReviews(
  { reviewed = [] }: Pick<BodyOf<"receipt.held">, "reviewed">,
  read: ReadRow,
): RowWrite[] {
  const sittings = new Map<string, SittingRow>();
  const rows = reviewed.flatMap(({ review: hash, sitting, code }) => {
    const review = existing(read("reviews", hash));
    if (review.refused === code) return [];
    // Whatever the decision is: others that name it, or the one before it, may stand again.
    sittings.set(sitting, revised(existing(sittings.get(sitting) ?? read("sittings", sitting))));
    return [{ table: "reviews" as const, key: hash, row: { ...review, refused: code } }];
  });
  return [...rows, ...[...sittings].map(([key, row]) => ({ table: "sittings" as const, key, row }))];
}

function holdSettlement(ref: CandidateRef, settlement: Settlement, read: ReadRow): RowWrite {
  const candidate = existing(read("candidates", ref));
  const settlements = [...candidate.settlements, settlement];
  return { table: "candidates", key: ref, row: { ...candidate, settlements } };
}

/** The registry's word on each settlement of a batch, own or carried: what it gives or takes is signed for again (R48, R80). */
function judgeSettlements(
  { settled = [] }: Pick<BodyOf<"receipt.held">, "settled">,
  read: ReadRow,
): RowWrite[] {
  const candidates = new Map<string, CandidateRow>();
  const sittings = new Map<string, SittingRow>();
  for (const { settlement: hash, candidate: ref, sitting, code } of settled) {
    const row = existing(candidates.get(ref) ?? read("candidates", ref));
    const isTurned = row.settlements.some((one) => one.signed?.hash === hash && one.refused !== code);
    if (!isTurned) continue;
    const settlements = row.settlements.map((one) =>
      one.signed?.hash === hash ? { ...one, refused: code } : one,
    );
    candidates.set(ref, { ...row, settlements });
    sittings.set(sitting, revised(existing(sittings.get(sitting) ?? read("sittings", sitting))));
  }
  return [
    ...[...candidates].map(([key, row]) => ({ table: "candidates" as const, key, row })),
    ...[...sittings].map(([key, row]) => ({ table: "sittings" as const, key, row })),
  ];
}

function revised(sitting: SittingRow): SittingRow {
  return { ...sitting, revision: sitting.revision + 1 };
}

/** The registry's word on each amendment of a batch, own or carried; a later receipt may say otherwise. */
function judgeAmendments(
  entry: JournalEntry,
  { amended = [] }: Pick<BodyOf<"receipt.held">, "amended">,
  { carried, device }: BatchRow,
  read: ReadRow,
): RowWrite[] {
  const from = carried ? device : null;
  const sheets = new Map<string, Sheet>();
  const versions = new Map<string, VersionRow>();
  const sittings = new Map<string, SittingRow>();
  const judged = (sheet: Sheet, seq: number, code: string | null): Sheet | null => {
    const said = sheet.amendments.find((one) => one.seq === seq && one.from === from);
    if (!said || said.refused === code) return null;
    const amendments = sheet.amendments.map((one) => (one === said ? { ...one, refused: code } : one));
    return { ...withAmendments(sheet, amendments), lastSeq: entry.seq };
  };
  for (const { sheet: id, sitting, seq, code, target } of amended) {
    const sheet = judged(sheets.get(id) ?? existing(read("sheets", id)), seq, code);
    if (sheet) {
      sheets.set(id, sheet);
      sittings.set(sitting, revised(existing(sittings.get(sitting) ?? read("sittings", sitting))));
    }
    // A version beside may be the one that counts tomorrow.
    const version = target && (versions.get(target) ?? read("versions", target));
    const beside = version && judged(version.sheet, seq, code);
    if (version && beside) versions.set(version.hash, { ...version, sheet: beside });
  }
  return [
    ...[...sheets].map(([key, row]) => ({ table: "sheets" as const, key, row })),
    ...[...versions].map(([key, row]) => ({ table: "versions" as const, key, row })),
    ...[...sittings].map(([key, row]) => ({ table: "sittings" as const, key, row })),
  ];
}

type MarkBody = BodyOf<"mark.set" | "overtime.set" | "veto.set" | "note.set">;

function changeMarks<M extends SheetMarks>(marks: M, body: MarkBody): M {
  switch (body.kind) {
    case "mark.set": {
      const { [String(body.item)]: _former, ...others } = marks.items;
      return {
        ...marks,
        items: body.input === null ? others : { ...others, [String(body.item)]: body.input },
      };
    }
    case "overtime.set":
      return { ...marks, overtimeMs: body.overtimeMs };
    case "veto.set": {
      const others = marks.vetoes.filter((code) => code !== body.code);
      return { ...marks, vetoes: body.on ? [...others, body.code].sort() : others };
    }
    case "note.set":
      return { ...marks, note: body.text };
    default:
      return unreachable(body);
  }
}

/** Of a signed sheet it is the amendment under way that changes. */
function changeSheet(sheet: Sheet, body: MarkBody | BodyOf<"evidence.added" | "evidence.removed">): Sheet {
  switch (body.kind) {
    case "mark.set":
    case "overtime.set":
    case "veto.set":
    case "note.set":
      return sheet.amending
        ? { ...sheet, amending: changeMarks(sheet.amending, body) }
        : changeMarks(sheet, body);
    case "evidence.added":
      return { ...sheet, evidence: withEvidence(sheet.evidence, body) };
    case "evidence.removed":
      return {
        ...sheet,
        evidence: sheet.evidence.map((one) =>
          one.item === body.item && one.hash === body.hash ? { ...one, removed: true } : one,
        ),
      };
    default:
      return unreachable(body);
  }
}

/** Brought back where it was; a new one at the end. */
function withEvidence(
  evidence: Sheet["evidence"],
  { item, hash, size, type, width, height }: BodyOf<"evidence.added">,
): Sheet["evidence"] {
  const added = { item, hash, size, type, width, height, removed: false };
  return findEvidence(evidence, item, hash)
    ? evidence.map((one) => (one.item === item && one.hash === hash ? added : one))
    : [...evidence, added];
}

function sealBatch(entry: JournalEntry, body: BodyOf<"batch.sealed">, read: ReadRow): RowWrite[] {
  const {
    batch: id,
    sitting,
    covers,
    deviceSeq,
    range,
    sheets,
    absent,
    missing,
    explanation,
    objects,
    amended = [],
  } = body;
  const row: BatchRow = {
    id,
    device: existing(read("centre", ONLY)).device,
    sitting,
    covers,
    deviceSeq,
    range,
    kind: batchKind(body, amended.length > 0),
    amended,
    sheets,
    absent,
    missing,
    explanation,
    objects,
    sealedAt: entry.at,
    sealedSeq: entry.seq,
    trouble: null,
    receipt: null,
    exported: null,
    carried: false,
    evidenceOwed: evidenceOf(objects),
    anchored: null,
  };
  const chain = existing(read("chain", ONLY));
  return [
    { table: "batches", key: id, row },
    ...covers.map((key) => ({
      table: "sittings" as const,
      key,
      row: { ...existing(read("sittings", key)), batch: id },
    })),
    { table: "chain", key: ONLY, row: { ...chain, deviceSeq, lastBatch: id, sealedSeq: range.last } },
  ];
}

/** `sealedSeq` is where its bytes are here. */
function carriedBatch(entry: JournalEntry, body: BodyOf<"batch.carried">): BatchRow {
  const { batch: id, device, deviceSeq, sitting, range, sheets, absent, objects } = body;
  return {
    id,
    device,
    sitting,
    covers: [sitting],
    deviceSeq,
    range,
    kind: batchKind(body, body.amends === true),
    amended: [],
    sheets,
    absent,
    missing: 0,
    explanation: "",
    objects,
    sealedAt: entry.at,
    sealedSeq: entry.seq,
    trouble: null,
    receipt: null,
    exported: null,
    carried: true,
    evidenceOwed: evidenceOf(objects),
    anchored: null,
  };
}

function batchKind(
  { reviews, settlements }: Pick<BodyOf<"batch.carried">, "reviews" | "settlements">,
  amends: boolean,
): BatchRow["kind"] {
  if (reviews) return "reviews";
  if (settlements) return "settlements";
  return amends ? "amendments" : "results";
}

function evidenceOf(objects: BatchRow["objects"]): number {
  return objects.filter(({ role }) => role === "evidence").length;
}

/** A journal that was begun before the registry said anything has no such row yet. */
function registryRow(read: ReadRow): RegistryRow {
  return read("registry", ONLY) ?? { keyset: null, revocations: [], head: null, dispute: null };
}

/** A log that fits again mends what was said of it; what was signed then stays on record. */
function holdCheckpoint({ checkpoint }: BodyOf<"checkpoint.held">, read: ReadRow): RowWrite[] {
  const registry = registryRow(read);
  const { dispute } = registry;
  const isMended = dispute?.log === checkpoint.log && !dispute.mended;
  return [
    { table: "chain", key: ONLY, row: { ...existing(read("chain", ONLY)), checkpoint } },
    ...(isMended
      ? [
          {
            table: "registry" as const,
            key: ONLY,
            row: { ...registry, dispute: { ...dispute, mended: true } },
          },
        ]
      : []),
  ];
}

function holdReceipt(
  entry: JournalEntry,
  body: BodyOf<"receipt.held"> | BodyOf<"receipt.renewed">,
  read: ReadRow,
): RowWrite[] {
  const batch = existing(read("batches", body.batch));
  const { receipt: hash, verdict, sheets, notes, regSeq, acceptedAt } = body;
  const former = batch.receipt;
  const isRenewed = body.kind === "receipt.renewed";
  const receipt = {
    ...{ hash, verdict, sheets, notes, regSeq, acceptedAt, heldSeq: entry.seq },
    earlier: former ? [...former.earlier, former.hash] : [],
    renewed: (former?.renewed ?? 0) + (isRenewed ? 1 : 0),
  };
  // A registry that lost the batch may have lost its evidence too.
  const lost = isRenewed ? { evidenceOwed: evidenceOf(batch.objects) } : {};
  const chain = existing(read("chain", ONLY));
  const lastRegistryTime = Math.max(chain.lastRegistryTime, acceptedAt);
  const agrees = Math.abs(entry.at.wall - acceptedAt) < CHANGED_MS;
  const clock = agrees ? { state: "trusted" as const, byMs: 0, since: entry.seq } : chain.clock;
  return [
    { table: "batches", key: batch.id, row: { ...batch, ...lost, receipt, anchored: null, trouble: null } },
    {
      table: "chain",
      key: ONLY,
      // A carried batch has its own laptop's chain of receipts.
      row: { ...chain, lastReceipt: batch.carried ? chain.lastReceipt : hash, lastRegistryTime, clock },
    },
    ...judgeAmendments(entry, body, batch, read),
    ...judgeReviews(body, read),
    ...judgeSettlements(body, read),
  ];
}

function advanceChain(read: ReadRow, signed: Pick<ChainRow, "seq"> & { hash: ChainRow["head"] }): RowWrite {
  const chain = existing(read("chain", ONLY));
  return { table: "chain", key: ONLY, row: { ...chain, seq: signed.seq, head: signed.hash } };
}

function existing<T>(row: T | undefined): T {
  invariant(row !== undefined, "the journal speaks of a row it never made");
  return row;
}
