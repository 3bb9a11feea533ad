// A stick from the registry or from another laptop of the centre. Everything on it is hostile until it verifies: receipts and
// permits under the pinned keyset, exactly as by wire [SY4]; sheets under the keys that a permit names; batches under the
// device key that the registry enrolled. All of it becomes one group of entries, or nothing is written.
import {
  type Bytes,
  bytesToBase64url,
  type CandidateRef,
  compare,
  type Fraction,
  type HashId,
  hashIdToDigest,
  hexToBytes,
  invariant,
  type Kid,
  ok,
  type PersonId,
  type Refusal,
  refuse,
  type Result,
  SheetId,
  type SittingId,
} from "#shared/base";
import { digest, handOverOf, hashId, idHash, keyId, readShareCode } from "#shared/crypto";
import {
  changedBy,
  isOnPanel,
  type Review,
  type Candidate,
  type ReferencePack,
  type Rubric,
  type Sheet,
  type SheetMarks,
  type Sitting,
} from "#shared/exam";
import type { Received } from "#shared/ipc";
import {
  afterChange,
  contestedCandidates,
  handedOver,
  hasArrived,
  leavingOf,
  misfitOf,
  ONLY,
  receiptToBody,
  everOnPanel,
  recordsOfSitting,
  saidBefore,
  type BatchRow,
  type CandidateRow,
  type JudgedRange,
  type SittingRow,
} from "#shared/journal";
import { checkItems, checkReviewers, checkVetoes, maskId, reviewSitting, totalOf } from "#shared/rules";
import { logKeysOf, verifyReceipt } from "#shared/sync";
import {
  isLookedAt,
  peekRecord,
  rubricHash,
  sheetItemsToInputs,
  verifyAmendment,
  verifyDelta,
  verifyRecord,
  verifyReview,
  type Amenders,
  type BundleFrame,
  type DeltaSigners,
  type KeyLookup,
  type PeekedRecord,
  type PermitRecord,
  type Reviewers,
  type RosterRecord,
  type TrustedKey,
  type VerifiedRecord,
} from "#shared/wire";
import type { CarrierDeps } from "./stick-ports.ts";
import {
  gatherKept,
  isOfKind,
  openRecords,
  openSitting,
  shareKeyOf,
  type HandedSitting,
} from "./hand-over.ts";
import type { EntryDraft } from "./ports.ts";
import { MAX_PROOFS, receiptsWithoutProof, takeProofs, type WantedProof } from "./take-proofs.ts";
import { takeSettlement, takeUpholding, type SettlementDesk, type Taken } from "./take-settlements.ts";
import { keysetLookup, permitDraft, pinnedKeyset } from "./trust.ts";

type ReceivedOutput = { outcome: "cancelled" } | { outcome: "received"; received: Received };

export async function receiveBundle(deps: CarrierDeps): Promise<Result<ReceivedOutput, Refusal>> {
  const file = await deps.chooseBundle();
  if (file === null) return ok({ outcome: "cancelled" });
  const envelopes: Bytes[] = [];
  const proofs: Bytes[] = [];
  const objects = new Map<HashId, Bytes>();
  const end = await deps.stick.read(file, ({ kind, id, bytes }: BundleFrame) => {
    if (kind === "envelope") envelopes.push(bytes);
    if (kind === "object") objects.set(id, bytes);
    if (kind === "proof" && proofs.length < MAX_PROOFS) proofs.push(bytes);
    return Promise.resolve();
  });
  if (!end.ok) return end;
  if (end.value.trouble === "bundle.not-a-bundle") return refuse({ code: end.value.trouble });
  const desk = await createDesk(end.value.hash, deps);
  if (end.value.trouble !== null) desk.refuse(end.value.trouble);
  for (let i = 0; i < end.value.unusable; i++) desk.refuse("bundle.altered");

  const sittings: HandedSitting[] = [];
  for (const object of objects.values()) {
    const opened = await desk.open(object);
    if (!opened.ok) return opened;
    envelopes.push(...opened.value.records);
    if (opened.value.sitting) sittings.push(opened.value.sitting);
  }
  const ofKind = (kind: Parameters<typeof isOfKind>[0]) => envelopes.filter((one) => isOfKind(kind, one));
  desk.takePermits(ofKind("permit"));
  desk.takeEnrolments(ofKind("enrolment"));
  // A receipt speaks of a batch, and an amendment is taken as the receipts have it: in this order.
  desk.takeBatches(ofKind("batch"), objects);
  desk.takeReceipts(ofKind("receipt"));
  await desk.takeProofs(proofs);
  for (const sitting of sittings) desk.takeSitting(sitting);
  // What changed in the roster in the order it was handed over: an absence, then that it is taken back.
  for (const record of envelopes) {
    if (isOfKind("attendance", record)) desk.takeAbsence(record);
    if (isOfKind("delta", record)) desk.takeChange(record);
  }
  for (const sheet of ofKind("sheet")) desk.takeSheet(sheet);
  for (const amendment of ofKind("amendment")) desk.takeAmendment(amendment);
  for (const review of ofKind("review")) desk.takeReview(review);
  for (const upholding of ofKind("upholding")) desk.takeUpholding(upholding);
  for (const settlement of ofKind("settlement")) desk.takeSettlement(settlement);

  const before = contestedIn(deps);
  if (desk.drafts.length > 0) {
    const written = await deps.journal.append(deps.sessions.current(), desk.drafts);
    if (!written.ok) return written;
  }
  const contested = [...contestedIn(deps)].filter((ref) => !before.has(ref)).length;
  return ok({ outcome: "received", received: { ...desk.received(), contested } });
}

/**
 * Who left although their panel signed: whichever of the two came by this stick, both are kept and people are told. It takes two laptops,
 * so nobody looks into sittings that were never handed over.
 */
function contestedIn({ journal: { view } }: CarrierDeps): Set<CandidateRef> {
  return new Set(handedOver(view).flatMap((id) => contestedCandidates(recordsOfSitting(id, view))));
}

type TakenSitting = Pick<SittingRow, "rubric" | "panel" | "substitutions">;

type SignedHere = Pick<Sheet, "id" | "sitting" | "candidate" | "examiner" | "rubric" | "amendments"> & {
  readonly signature: HashId;
  readonly total: Fraction;
};

type ArrivingBatch = Pick<
  BatchRow,
  "id" | "device" | "deviceSeq" | "kind" | "range" | "carried" | "amended" | "covers" | "receipt"
>;

interface OpenedHandOver {
  readonly records: readonly Bytes[];
  readonly sitting: HandedSitting | null;
}

/** Takes record after record and keeps what is to be written. */
async function createDesk(bundle: HashId | null, deps: CarrierDeps) {
  const { journal, env } = deps;
  const { view } = journal;
  const centre = view.read("centre", ONLY);
  invariant(centre, "a person is signed in, so a centre is open");
  const { device: ownDevice, aud, institution, permit: held } = centre;
  const reference = held?.reference;
  const keyset = (await pinnedKeyset(journal)).value;
  const registry = keysetLookup(keyset);
  const standing = (await gatherKept(journal, null)).permit;
  const permits = [standing].flatMap((record) => (record ? permitOf(record, registry) : []));
  const devices = new Map<Kid, TrustedKey>();
  const drafts: EntryDraft[] = [];
  const counts = {
    receipts: 0,
    proofs: 0,
    permits: 0,
    sittings: 0,
    sheets: 0,
    versions: 0,
    amendments: 0,
    reviews: 0,
    settlements: 0,
    changes: 0,
    batches: 0,
    known: 0,
  };
  const refusals = new Map<string, number>();
  const sittings = new Map<SittingId, { row: TakenSitting; refs: Set<string> }>();
  const rubrics = new Map<HashId, HandedSitting["rubric"]>();
  const seen = new Set<string>();
  const ids = new Map<SheetId, string>();
  const from = bundle ?? hashId(env.random(32));
  /** Receipts whose proof is still wanted: those held, and those of this bundle. */
  const wanted: WantedProof[] = [];
  /** Other laptops' batches of amendments, reviews and settlements that are judged, here already or by this bundle. */
  const judged: JudgedRange[] = view
    .rows("batches")
    .flatMap(({ carried, kind, receipt, ...batch }) =>
      carried && kind !== "results" && receipt ? [{ ...batch, ...receipt }] : [],
    );
  const arriving = new Map<HashId, ArrivingBatch>();
  const rows = new Map<CandidateRef, CandidateRow>();
  let handed: SittingId | null = null;

  const refuseOne = (code: string) => void refusals.set(code, (refusals.get(code) ?? 0) + 1);
  const rubricOf = (hash: HashId) => rubrics.get(hash) ?? view.read("rubrics", hash)?.rubric;
  /** Keys of people of this centre on any of its laptops, the newest permit first. */
  const people: KeyLookup = (kid) => {
    const person = permits.flatMap((permit) => permit.people).find((one) => one.kid === kid);
    if (!person || keyId(hexToBytes(person.pub)) !== kid) return undefined;
    return { kid, pub: person.pub, roles: person.roles };
  };
  const personOf = (kid: Kid) => permits.flatMap((permit) => permit.people).find((one) => one.kid === kid);
  const sittingOf = (id: SittingId) => {
    const row = view.read("sittings", id);
    if (!row) return sittings.get(id);
    const refs = view.rowsOf("candidates", id);
    return { row, refs: new Set<string>(refs.map(({ ref }) => ref)) };
  };

  return {
    drafts,
    refuse: refuseOne,

    takePermits: (records: readonly Bytes[]) => {
      const found = records.flatMap((record) =>
        permitOf(record, registry).map((permit) => ({ permit, record })),
      );
      for (let i = found.length; i < records.length; i++) refuseOne("wire.signature-invalid");
      // Whatever it says of keys is signed by the registry, so an older one is believed for older sheets.
      permits.push(...found.map(({ permit }) => permit));
      permits.sort((a, b) => b.window.from - a.window.from);
      const newest = found
        .filter(({ permit }) => permit.devices.includes(ownDevice) && permit.centre === institution.id)
        .sort((a, b) => b.permit.window.from - a.permit.window.from)[0];
      if (!newest || newest.permit.window.from <= (held?.from ?? 0)) {
        counts.known += found.length;
        return;
      }
      const draft = permitDraft(newest.record, keyset);
      if (!draft.ok) {
        refuseOne(draft.error.code);
        return;
      }
      drafts.push(draft.value);
      counts.permits += 1;
    },

    takeEnrolments: (records: readonly Bytes[]) => {
      for (const record of records) {
        const enrolment = verifyRecord("enrolment", record, registry);
        if (!enrolment.ok || enrolment.value.value.institution.id !== institution.id) {
          refuseOne(enrolment.ok ? "share.other-centre" : enrolment.error.code);
          continue;
        }
        const { kid, pub } = enrolment.value.value.device;
        devices.set(kid, { kid, pub, roles: ["device"] });
      }
    },

    takeReceipts: (records: readonly Bytes[]) => {
      for (const record of records) {
        const peeked = peekRecord("receipt", record);
        const named = peeked.ok ? peeked.value.value.batch : undefined;
        const batch = named && (view.read("batches", named) ?? arriving.get(named));
        // Nobody's batch here, or held already: nothing to learn.
        if (!batch || batch.receipt || seen.has(batch.id)) {
          counts.known += 1;
          continue;
        }
        const { id, device, deviceSeq } = batch;
        const receipt = verifyReceipt(record, { batch: id, device, deviceSeq }, registry);
        if (!receipt.ok) {
          refuseOne(receipt.error.code);
          continue;
        }
        seen.add(id);
        drafts.push({ body: receiptToBody(batch, receipt.value, view), attachments: [record] });
        const { verdict, notes } = receipt.value.value;
        if (batch.carried && batch.kind !== "results")
          judged.push({ device, range: batch.range, verdict, notes });
        counts.receipts += 1;
        wanted.push({ batch: id, hash: receipt.value.hash, receipt: receipt.value.value });
      }
    },

    takeProofs: async (proofs: readonly Bytes[]) => {
      if (proofs.length === 0) return;
      const held = await receiptsWithoutProof(journal);
      const taken = takeProofs(proofs, [...held, ...wanted], view, logKeysOf(keyset));
      drafts.push(...taken.drafts);
      counts.proofs += taken.proven;
      for (const code of taken.refused) refuseOne(code);
    },

    /** What a hand-over holds; for another object, nothing. */
    open: async (object: Bytes): Promise<Result<OpenedHandOver, Refusal>> => {
      const named = handOverOf(object);
      const row = named && view.read("sittings", named.sitting);
      if (!named || (row && named.kind === "code")) {
        if (named) counts.known += 1;
        return ok({ records: [], sitting: null });
      }
      if (named.kind === "code") {
        const opened = await askCode(object, deps);
        return opened.ok ? ok({ records: opened.value.papers, sitting: opened.value }) : opened;
      }
      const key = row && (await shareKeyOf(row, journal));
      const records = key && openRecords(object, key);
      if (!records) refuseOne(row ? "share.wrong" : "share.unknown-sitting");
      else handed = named.sitting;
      return ok({ records: records ?? [], sitting: null });
    },

    takeSitting,
    takeAbsence,
    takeChange,
    takeSheet,
    takeAmendment,
    takeReview,
    takeUpholding: (record: Bytes) => take(takeUpholding(record, settling())),
    takeSettlement: (record: Bytes) => take(takeSettlement(record, settling())),

    takeBatches: (records: readonly Bytes[], objects: ReadonlyMap<HashId, Bytes>) => {
      for (const record of records) takeBatch(record, objects);
    },

    received: (): Omit<Received, "contested"> => ({
      bundle,
      ...counts,
      refused: [...refusals].map(([code, count]) => ({ code, count })),
    }),
  };

  function takeSitting({ roster: record, rubric, key }: HandedSitting): void {
    const roster = verifyRecord("roster", record, people);
    if (!roster.ok) {
      refuseOne(roster.error.code);
      return;
    }
    const { value, hash } = roster.value;
    if (value.exam.rubric !== rubricHash(rubric)) {
      refuseOne("share.mismatch");
      return;
    }
    const device = personOf(value.by.kid)?.device;
    if (!device) {
      refuseOne("wire.key-unknown");
      return;
    }
    const sitting = sittingIn(value, rubric);
    const candidates = value.candidates.map((candidate) => candidateIn(candidate, sitting));
    if (!view.read("rubrics", sitting.rubric))
      drafts.push({ body: { kind: "rubric.added", hash: sitting.rubric, rubric } });
    drafts.push({
      body: {
        kind: "sitting.received",
        sitting,
        candidates,
        roster: { hash, source: value.source },
        trainers: trainersOf(value, rubric, reference),
        from: device,
        bundle: from,
      },
      attachments: [record, key],
    });
    rubrics.set(sitting.rubric, rubric);
    sittings.set(value.exam.id, {
      row: { ...sitting, substitutions: [] },
      refs: new Set(candidates.map(({ ref }) => ref)),
    });
    counts.sittings += 1;
  }

  function takeAbsence(record: Bytes): void {
    const absence = verifyRecord("attendance", record, people);
    if (!absence.ok) {
      refuseOne(absence.error.code);
      return;
    }
    const trouble = placeAbsence(absence.value, record);
    if (trouble !== null) refuseOne(trouble);
  }

  /** Null when it was taken, or was here already; or when it was taken back since. */
  function placeAbsence({ value, hash }: VerifiedRecord<"attendance">, record: Bytes): string | null {
    const { exam, candidate: who, seq, at } = value;
    const device = personOf(value.by.kid)?.device;
    const row = rowOf(exam.id, who.ref);
    if (!device || !view.read("sittings", exam.id)) return "share.unknown-sitting";
    if (!row) return "candidate.unknown";
    if (device === ownDevice || seen.has(hash) || row.absence?.hash === hash || hasArrived(row)) {
      counts.known += 1;
      return null;
    }
    if (row.absence) return "candidate.absent";
    if (leavingOf(row)) return "candidate.left";
    if (view.rowsOf("sheets", exam.id).some(({ candidate }) => candidate === who.ref))
      return "candidate.has-sheet";
    seen.add(hash);
    const body = { sitting: exam.id, candidate: who.ref, seq, hash, at, from: device, bundle: from };
    drafts.push({ body: { kind: "absence.received", ...body }, attachments: [record] });
    rows.set(who.ref, { ...row, absence: { seq, hash, at, from: device } });
    counts.changes += 1;
    return null;
  }

  function takeChange(record: Bytes): void {
    const peeked = peekRecord("delta", record);
    if (!peeked.ok) {
      refuseOne(peeked.error.code);
      return;
    }
    const signed = verifyDelta(peeked.value, people, (kid) => personOf(kid)?.id);
    if (!signed.ok) {
      refuseOne(signed.error.code);
      return;
    }
    const trouble = placeChange(peeked.value, signed.value, record);
    if (trouble !== null) refuseOne(trouble);
  }

  /** Null when it was taken, or was here already. One that does not fit the roster as it stands here is for people to clear up. */
  function placeChange(
    { value, hash }: PeekedRecord<"delta">,
    { leader, confirmer }: DeltaSigners<PersonId>,
    record: Bytes,
  ): string | null {
    const { exam, change, reason, seq, at, by, confirmedBy } = value;
    const device = personOf(by.kid)?.device;
    if (!device || !view.read("sittings", exam.id)) return "share.unknown-sitting";
    const refs = changedBy(change);
    const changed = refs.flatMap((ref) => rowOf(exam.id, ref) ?? []);
    if (changed.length < refs.length) return "candidate.unknown";
    const isHere = changed.some(({ changes }) => changes.some((one) => one.hash === hash));
    if (device === ownDevice || seen.has(hash) || isHere) {
      counts.known += 1;
      return null;
    }
    const misfit = misfitOf(change, changed);
    if (misfit !== null) return misfit;
    seen.add(hash);
    const office = confirmedBy.role;
    const said = { reason, seq, hash, at, leader, confirmedBy: confirmer, office, from: device };
    drafts.push({
      body: { kind: "roster.change-received", sitting: exam.id, change, ...said, bundle: from },
      attachments: [record],
    });
    for (const row of changed) rows.set(row.ref, afterChange(row, change, said));
    counts.changes += 1;
    return null;
  }

  /** A candidate as the records of this bundle leave them so far. */
  function rowOf(sitting: SittingId, ref: CandidateRef): CandidateRow | undefined {
    const row = rows.get(ref) ?? view.read("candidates", ref);
    return row?.sitting === sitting ? row : undefined;
  }

  function takeSheet(record: Bytes): void {
    const sheet = verifyRecord("sheet", record, people);
    if (!sheet.ok) {
      refuseOne(sheet.error.code);
      return;
    }
    const trouble = placeSheet(sheet.value, record);
    if (trouble !== null) refuseOne(trouble);
  }

  /** Null when it was taken, or was here already. */
  function placeSheet({ value, hash }: VerifiedRecord<"sheet">, record: Bytes): string | null {
    const { exam, candidate, sheetId, items, overtimeMs, vetoes, note, total, started, finished, seq } =
      value;
    const pictures = [...new Set(value.evidence.map((one) => one.hash))];
    const signer = personOf(value.by.kid);
    const sitting = sittingOf(exam.id);
    const rubric = rubricOf(exam.rubric);
    if (!signer || !sitting || !rubric || sitting.row.rubric !== exam.rubric) return "share.unknown-sitting";
    if (!sitting.refs.has(candidate.ref)) return "candidate.unknown";
    if (!isOnPanel(sitting.row, signer.id)) return "sitting.not-on-panel";
    const rival = view
      .rowsOf("sheets", exam.id)
      .find((one) => one.candidate === candidate.ref && one.examiner === signer.id);
    const isHere = rival?.signature?.hash === hash || view.read("versions", hash) !== undefined;
    if (isHere || seen.has(hash) || signer.device === ownDevice) {
      counts.known += 1;
      return null;
    }
    const inputs = sheetItemsToInputs(items);
    if (!areRight({ items: inputs, vetoes, overtimeMs }, total, rubric)) return "share.total-mismatch";
    const place = `${candidate.ref} ${signer.id}`;
    const isAlone = rival === undefined && !seen.has(place);
    seen.add(hash);
    seen.add(place);
    const id = idHere(sheetId, place, hash);
    ids.set(id, place);
    drafts.push({
      body: {
        kind: "sheet.received",
        sheet: {
          id,
          sitting: exam.id,
          candidate: candidate.ref,
          examiner: signer.id,
          rubric: exam.rubric,
          items: inputs,
          vetoes,
          overtimeMs,
          note,
          // Pictures stay on their own laptop and go to the registry from there; what is named is kept for flags.
          evidence: [],
          startedAt: started,
        },
        signature: { seq, hash, total, at: finished },
        pictures,
        from: signer.device,
        bundle: from,
        counts: isAlone,
      },
      attachments: [record],
    });
    counts[isAlone ? "sheets" : "versions"] += 1;
    return null;
  }

  /**
   * A sheet from paper has the serial of its blank, and a blank can be copied: what would come in another sheet's place is called by
   * its record here. Amendments and decisions name records anyway.
   */
  function idHere(id: SheetId, place: string, hash: HashId): SheetId {
    const placeOf = (row: Pick<Sheet, "candidate" | "examiner">) => `${row.candidate} ${row.examiner}`;
    const there = view.read("sheets", id) ?? view.read("transcriptions", id);
    const taken = there ? placeOf(there) : ids.get(id);
    return taken === undefined || taken === place ? id : SheetId.parse(ofRecord(hash));
  }

  function takeAmendment(record: Bytes): void {
    const peeked = peekRecord("amendment", record);
    if (!peeked.ok) {
      refuseOne(peeked.error.code);
      return;
    }
    const signed = verifyAmendment(peeked.value, people, (kid) => personOf(kid)?.id);
    if (!signed.ok) {
      refuseOne(signed.error.code);
      return;
    }
    const trouble = placeAmendment(peeked.value, signed.value, record);
    if (trouble !== null) refuseOne(trouble);
  }

  /** Null when it was taken, or was here already. */
  function placeAmendment(
    { value, hash }: PeekedRecord<"amendment">,
    { author, approver }: Amenders<PersonId>,
    record: Bytes,
  ): string | null {
    const { exam, candidate, target, basis, seq, reason, text, at, by, approvedBy } = value;
    const device = personOf(by.kid)?.device;
    const known = signedSheets(exam.id).find((one) => one.signature === target);
    const rubric = rubricOf(exam.rubric);
    if (!device || !rubric || !known) return "share.unknown-sheet";
    const isOfSheet =
      known.sitting === exam.id && known.candidate === candidate.ref && known.rubric === exam.rubric;
    if (!isOfSheet || known.examiner !== author) return "share.mismatch";
    if (known.amendments.some((one) => one.hash === hash) || seen.has(hash) || device === ownDevice) {
      counts.known += 1;
      return null;
    }
    const { items, overtimeMs, vetoes, note, total } = value.new;
    const marks = { items: sheetItemsToInputs(items), overtimeMs, vetoes, note };
    if (!areRight(marks, total, rubric)) return "share.total-mismatch";
    seen.add(hash);
    const refused = saidBefore({ from: device, seq }, judged);
    drafts.push({
      body: {
        ...{
          kind: "amendment.received",
          target,
          sheet: known.id,
          sitting: exam.id,
          from: device,
          bundle: from,
        },
        amendment: {
          ...{ seq, hash, basis, reason, text, marks, total, at },
          ...{ approvedBy: approver, office: approvedBy.role },
        },
        ...(refused ? { refused } : {}),
      },
      attachments: [record],
    });
    counts.amendments += 1;
    return null;
  }

  function takeReview(record: Bytes): void {
    const peeked = peekRecord("review", record);
    if (!peeked.ok) {
      refuseOne(peeked.error.code);
      return;
    }
    const signed = verifyReview(peeked.value, people, (kid) => personOf(kid)?.id);
    if (!signed.ok) {
      refuseOne(signed.error.code);
      return;
    }
    const trouble = placeReview(peeked.value, signed.value, record);
    if (trouble !== null) refuseOne(trouble);
  }

  /** Null when it was taken, or was here already. Whether it still stands follows from what counts here. */
  function placeReview(
    { value, hash }: PeekedRecord<"review">,
    { person, second }: Reviewers<PersonId>,
    record: Bytes,
  ): string | null {
    const { exam, subject, basis, follows, seq, flags, decision, reason, question, at, by } = value;
    const device = personOf(by.kid)?.device;
    const sitting = sittingOf(exam.id);
    if (!device || !sitting || sitting.row.rubric !== exam.rubric) return "share.unknown-sitting";
    if (subject.kind !== "sitting" && !sitting.refs.has(subject.candidate)) return "candidate.unknown";
    const looked = signedSheets(exam.id).filter((one) =>
      isLookedAt(subject, { candidate: one.candidate, hash: one.signature }),
    );
    if (subject.kind === "sheet" && looked.length === 0) return "share.unknown-sheet";
    if (view.read("reviews", hash) || seen.has(hash) || device === ownDevice) {
      counts.known += 1;
      return null;
    }
    const former = follows === undefined ? undefined : knownReview(follows);
    if (follows !== undefined && !former) return "review.unknown-former";
    const seconding = second !== null && value.second ? { person: second, office: value.second.role } : null;
    const allowed = checkReviewers({
      ...{ decision, replaced: former?.decision ?? null, by: person },
      // Whether it settles two records that contradict each other follows from what lies here; one person's word does not.
      isContradicted: false,
      second: seconding,
      panel: everOnPanel(sitting.row),
      examiners: looked.map(({ examiner }) => examiner),
    });
    if (!allowed.allowed) return "review.not-independent";
    seen.add(hash);
    const refused = saidBefore({ from: device, seq }, judged);
    drafts.push({
      body: {
        kind: "review.received",
        review: {
          ...{ hash, seq, sitting: exam.id, subject, basis, follows: follows ?? null, flags, decision },
          ...{ reason, question: question ?? null, person, at },
          second: seconding,
        },
        ...(refused ? { refused } : {}),
        ...{ from: device, bundle: from },
      },
      attachments: [record],
    });
    counts.reviews += 1;
    return null;
  }

  function knownReview(hash: HashId): Pick<Review, "decision"> | undefined {
    const arriving = drafts.flatMap(({ body }) =>
      body.kind === "review.received" && body.review.hash === hash ? [body.review] : [],
    );
    return view.read("reviews", hash) ?? arriving[0];
  }

  /** What a divergent panel said and settled is read elsewhere; this is what it asks of the bundle and of the journal. */
  function settling(): SettlementDesk {
    return {
      ...{ people, personOf, sittingOf, bundle: from },
      candidateOf: rowOf,
      policy: () => permits[0]?.reference.policy,
      saidBefore: (device, seq) => saidBefore({ from: device, seq }, judged),
      isKnown: (device, hash) => device === ownDevice || seen.has(hash),
      sheetsOf: (sitting, candidate) =>
        signedSheets(sitting)
          .filter((sheet) => sheet.candidate === candidate)
          .map(({ amendments, ...sheet }) => ({
            ...sheet,
            amendments: [
              ...amendments,
              ...drafts.flatMap(({ body }) =>
                body.kind === "amendment.received" && body.target === sheet.signature ? [body.amendment] : [],
              ),
            ],
          })),
    };
  }

  function take(taken: Taken): void {
    if (taken === "known") counts.known += 1;
    else if ("refused" in taken) refuseOne(taken.refused);
    else {
      const { body } = taken;
      if (body.kind === "upholding.received") seen.add(body.statement);
      if (body.kind === "settlement.received") seen.add(body.hash);
      drafts.push(taken);
      counts.settlements += 1;
    }
  }

  /** Every signed sheet of a sitting that lies here, versions beside among them, and those of this bundle. */
  function signedSheets(sitting: SittingId): SignedHere[] {
    const standing = view.rowsOf("sheets", sitting);
    const versions = view.rows("versions").filter(({ sheet }) => sheet.sitting === sitting);
    const beside = versions.map(({ sheet }) => ({
      ...sheet,
      // The row that shows a version keeps its own name.
      id:
        standing.find((one) => one.candidate === sheet.candidate && one.examiner === sheet.examiner)?.id ??
        sheet.id,
    }));
    const here = [...standing, ...beside].flatMap(({ signature, ...sheet }) =>
      signature ? [{ ...sheet, signature: signature.hash, total: signature.total }] : [],
    );
    const arriving = drafts.flatMap(({ body }) =>
      body.kind === "sheet.received" && body.sheet.sitting === sitting
        ? [{ ...body.sheet, amendments: [], signature: body.signature.hash, total: body.signature.total }]
        : [],
    );
    return [...here, ...arriving];
  }

  function takeBatch(record: Bytes, objects: ReadonlyMap<HashId, Bytes>): void {
    const peeked = peekRecord("batch", record);
    // One's own batch that comes home, or one that lies here: nothing is taken from it, so nothing has to be proven.
    if (peeked.ok && (peeked.value.value.device === ownDevice || view.read("batches", peeked.value.hash))) {
      counts.known += 1;
      return;
    }
    const lookup: KeyLookup = (kid) => devices.get(kid) ?? people(kid);
    const batch = verifyRecord("batch", record, lookup);
    if (!batch.ok) {
      refuseOne(batch.error.code);
      return;
    }
    const { value, hash } = batch.value;
    if (view.read("batches", hash) || arriving.has(hash) || value.device === ownDevice) {
      counts.known += 1;
      return;
    }
    // Pictures are too large for a journal; their own laptop owes them to the registry.
    const results = value.objects.filter(({ role }) => role !== "evidence");
    const bytes = results.flatMap(({ wire, size }) => {
      const object = objects.get(wire);
      return object?.length === size ? [object] : [];
    });
    if (value.aud !== aud || value.centre !== institution.id) {
      refuseOne("share.other-centre");
      return;
    }
    if (handed === null) {
      refuseOne("share.unknown-sitting");
      return;
    }
    if (bytes.length < results.length) {
      refuseOne("share.batch-incomplete");
      return;
    }
    const { device, deviceSeq, kind } = value;
    const range = { first: value.range.first, last: value.range.last };
    arriving.set(hash, {
      ...{
        id: hash,
        device,
        deviceSeq,
        kind,
        range,
        carried: true,
        amended: [],
        covers: [handed],
        receipt: null,
      },
    });
    drafts.push({
      body: {
        kind: "batch.carried",
        batch: hash,
        device,
        deviceSeq,
        sitting: handed,
        range,
        ...(value.kind === "amendments" ? { amends: true as const } : {}),
        ...(value.kind === "reviews" ? { reviews: true as const } : {}),
        ...(value.kind === "settlements" ? { settlements: true as const } : {}),
        sheets: value.sheets,
        absent: value.attendance,
        objects: results,
        bundle: from,
      },
      attachments: [record, ...bytes],
    });
    counts.batches += 1;
  }
}

/** Whole by the rubric, and worth what was signed for. */
function areRight(
  { items, vetoes, overtimeMs }: Pick<SheetMarks, "items" | "vetoes" | "overtimeMs">,
  total: Fraction,
  rubric: Rubric,
): boolean {
  return (
    checkItems(rubric, items, { complete: true }).ok &&
    checkVetoes(vetoes, rubric).ok &&
    compare(totalOf(rubric, items, overtimeMs).total, total) === 0
  );
}

function permitOf(record: Bytes, registry: KeyLookup): PermitRecord[] {
  const permit = verifyRecord("permit", record, registry);
  return permit.ok ? [permit.value.value] : [];
}

/** The code is typed in main's window until it opens the sitting, or the person gives up. */
async function askCode(object: Bytes, { confirm }: CarrierDeps): Promise<Result<HandedSitting, Refusal>> {
  return confirm.ask(null, { kind: "share-code" }, (typed): Promise<Result<HandedSitting, Refusal>> => {
    const key = readShareCode(typed);
    if (!key.ok) return Promise.resolve(key);
    const opened = openSitting(object, key.value);
    return Promise.resolve(opened ? ok(opened) : refuse({ code: "share.wrong" }));
  });
}

function sittingIn(
  { exam, day, perRotation, panel, supervisor, observed, mitigation }: RosterRecord,
  { occupation, direction, level }: HandedSitting["rubric"],
): Sitting {
  return {
    id: exam.id,
    day,
    occupation,
    direction,
    level,
    rubric: exam.rubric,
    panel,
    perRotation,
    supervisor,
    observed,
    mitigation,
  };
}

/** As the laptop that prepared it shows them: masked, the full number in the signed roster alone (rulings 17). */
function candidateIn(
  { ref, no, name, idNumber, ticketNo }: RosterRecord["candidates"][number],
  sitting: Sitting,
): Candidate {
  const rotation = Math.ceil(no / sitting.perRotation);
  return { ref, sitting: sitting.id, no, rotation, name, idMasked: maskId(idNumber), ticketNo };
}

/** Who taught a candidate approves no result of it (R80): asked again here, with this laptop's permit. */
function trainersOf(
  { day, panel, perRotation, supervisor, mitigation, candidates }: RosterRecord,
  rubric: HandedSitting["rubric"],
  reference: ReferencePack | undefined,
): PersonId[] {
  if (!reference) return [];
  const numbered = candidates.map(({ no, idNumber }) => ({ no, idHash: idHash(reference.salt, idNumber) }));
  return [
    ...reviewSitting(
      {
        ...{ day, rubric, perRotation, panel, supervisor, mitigation, reference },
        candidates: numbered,
        people: [],
      },
      digest,
    ).trainers,
  ];
}

/** Sixteen bytes of a record's hash, written as ids are. */
function ofRecord(hash: HashId): string {
  return bytesToBase64url(hashIdToDigest(hash).subarray(0, 16));
}
