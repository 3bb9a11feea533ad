// The judgement of a batch that is already stored: which records count, and a note for each that does not. Pure: what
// the registry knows comes in as `known`. It refuses nothing; what does not count is kept and named (protocol A6).
import {
  NO_HASH,
  unreachable,
  type CandidateRef,
  type HashId,
  type InstantMs,
  type Kid,
  type PersonId,
  type SittingId,
} from "#shared/base";
import { digest, idHash } from "#shared/crypto";
import {
  changedBy,
  countAnswers,
  isLeaving,
  type Checklist,
  type Person,
  type ReferencePack,
  type Rubric,
  type VisitReport,
} from "#shared/exam";
import {
  checkItems,
  checkReviewers,
  checkScope,
  checkVetoes,
  onSiteChecklist,
  reviewEffect,
  reviewSitting,
  standingReview,
  totalOf,
} from "#shared/rules";
import {
  basisOver,
  contradictedOf,
  isLookedAt,
  isOfSubject,
  recordToText,
  sheetItemsToInputs,
  verifyAmendment,
  verifyDelta,
  verifyIncident,
  verifyPanelChange,
  verifyPeeked,
  statementsIn,
  verifyReview,
  verifySettlement,
  wasBasis,
  type AmendmentError,
  type BatchManifest,
  type DeltaError,
  type KeyLookup,
  type LookedOverTime,
  type Members,
  type PanelChangeRecord,
  type PeekedRecord,
  type PermitRecord,
  type ReviewError,
  type ReviewRecord,
  type RosterRecord,
  type SettlementError,
  type SheetRecord,
  type VerifyError,
} from "#shared/wire";
import { ownRecord } from "../store/stored.ts";
import type {
  HeldSheet,
  JudgedAbsence,
  JudgedAmendment,
  JudgedDivergence,
  JudgedReview,
  JudgedDelta,
  JudgedIncident,
  JudgedRoster,
  JudgedSettlement,
  JudgedSheet,
  JudgedVisit,
  JudgedVouch,
} from "./entries.ts";
import type { OpenedBatch, OpenedRecord, OpenRefusal } from "./open-batch.ts";
import {
  divergenceIn,
  figuresOf,
  judgeSettlement,
  leadersAt,
  type LeaderChange,
  type Panel,
  type PanelSheet,
} from "./settlements.ts";

/** A batch of the same device that the registry holds, as far as its neighbours care. */
export interface Neighbour {
  readonly id: HashId;
  readonly first: number;
  readonly last: number;
  readonly head: HashId;
  readonly prev: HashId;
}

export interface Known {
  /** Was this key revoked when the batch was accepted? */
  isRevoked(kid: Kid): boolean;
  /** The device was frozen by an earlier fork, or this very batch is one. */
  readonly isFrozen: boolean;
  readonly isFork: boolean;
  readonly isOwnCentre: boolean;
  /** When the registry took the batch, by its own clock: the only one a permit is held against (T15). */
  readonly acceptedAt: InstantMs;
  /** A panel leader whose key was not revoked signed the manifest beside the device; the gate has verified it. */
  readonly isCosigned: boolean;
  /** Whether a sitting that an earlier batch prepared has a leader. */
  isLed(sitting: SittingId): boolean;
  isBuildKnown(build: HashId): boolean;
  /** The device and those whose work it goes on with, newest first. */
  readonly lineage: readonly Kid[];
  readonly before: Neighbour | undefined;
  readonly after: Neighbour | undefined;
  /** The first batch of the device that goes on with this one's work. */
  readonly successor: Neighbour | undefined;
  permit(hash: HashId): PermitRecord | undefined;
  /** What the register says today, hashed with the salt of that permit: a conflict may have become known since. */
  reference(permit: PermitRecord): ReferencePack;
  readonly people: readonly Person[];
  rubric(hash: HashId): Rubric | undefined;
  /** A key that was vouched for in an earlier batch of this sitting. */
  vouch(sitting: SittingId, kid: Kid): Vouch | undefined;
  /** The changes of this sitting's panel that came in earlier batches. */
  panelChanges(sitting: SittingId): readonly PanelChangeRecord[];
  /** The rubric a candidate was entered for, when a roster of that sitting named them. */
  candidate(sitting: SittingId, ref: CandidateRef): HashId | undefined;
  /** The rubric that the roster of this sitting names; undefined where no roster of it has come. */
  rubricOfSitting(sitting: SittingId): HashId | undefined;
  /** The record of an absence that stands. */
  absence(sitting: SittingId, ref: CandidateRef): HashId | undefined;
  /** There was one, and it may have been taken back. */
  wasAbsent(sitting: SittingId, ref: CandidateRef): boolean;
  /** Who left before the panel was done, and on which device that was signed. */
  leaving(sitting: SittingId, ref: CandidateRef): { readonly device: Kid } | undefined;
  isMarked(sitting: SittingId, ref: CandidateRef, examiner: PersonId | null): boolean;
  /** A sheet that counts, by its hash, and the record that says how: itself or its last amendment. */
  sheet(hash: HashId): Amendable | undefined;
  /** The sheets of a candidate, those among them that are held, each with everything that counted of it. */
  panel(sitting: SittingId, ref: CandidateRef): readonly PanelSheet[];
  /** How many mark each candidate of a sitting that an earlier batch prepared. */
  members(sitting: SittingId): number | undefined;
  /** Who leads by its roster, undefined where that was not kept; and what changes of panel say of it. */
  leaders(sitting: SittingId): {
    readonly roster: PersonId | null | undefined;
    readonly changes: readonly LeaderChange<Kid>[];
  };
  /** Everything that counts of a sitting, of which a supervisor decided something: its sheets and its absences. */
  countedOf(sitting: SittingId): CountedSitting;
}

export interface CountedSitting {
  readonly sheets: readonly CountedSheet[];
  /** They count when their signer's key is enrolled. */
  readonly held: readonly CountedSheet[];
  readonly absences: readonly { readonly candidate: CandidateRef; readonly hash: HashId }[];
  /** Who left before the panel was done. */
  readonly leavings: readonly { readonly candidate: CandidateRef; readonly hash: HashId }[];
  /** How many mark each candidate. */
  readonly members: number;
  /** Decisions that were taken before, oldest first. */
  readonly reviews: readonly Omit<JudgedReview, "seq" | "words">[];
}

/** With every record that counted of it once. */
export type CountedSheet = Amendable & LookedOverTime;

export interface Amendable {
  readonly sitting: SittingId;
  readonly candidate: CandidateRef;
  readonly examiner: PersonId;
  readonly effective: HashId;
}

export type Vouch = Pick<JudgedVouch, "kid" | "pub" | "person">;

export interface Note {
  readonly seq: number;
  readonly code: string;
}

export interface Judgement {
  readonly verdict: "accepted" | "quarantined";
  readonly notes: readonly Note[];
  readonly freezes: boolean;
  readonly rosters: readonly JudgedRoster[];
  readonly absences: readonly JudgedAbsence[];
  readonly deltas: readonly JudgedDelta[];
  readonly incidents: readonly JudgedIncident[];
  readonly visits: readonly JudgedVisit[];
  readonly sheets: readonly JudgedSheet[];
  readonly vouches: readonly JudgedVouch[];
  /** Signed by a key that was vouched for and is not enrolled: kept, and not counted yet. */
  readonly held: readonly HeldSheet[];
  readonly amendments: readonly JudgedAmendment[];
  readonly reviews: readonly JudgedReview[];
  readonly divergences: readonly JudgedDivergence[];
  readonly settlements: readonly JudgedSettlement[];
}

/** `pause` lets other requests run: two thousand signatures take seconds. */
export async function judgeBatch(
  manifest: BatchManifest,
  opened: OpenedBatch | OpenRefusal["code"],
  known: Known,
  pause: () => Promise<void>,
): Promise<Judgement> {
  if (known.isRevoked(manifest.device)) return quarantine("key-revoked", false);
  if (known.isFork) return quarantine("device-fork", true);
  if (known.isFrozen) return quarantine("device-frozen", false);
  if (!known.isOwnCentre) return quarantine("centre-unknown", false);
  const permit = known.permit(manifest.permit);
  if (!permit) return quarantine("permit-unknown", false);
  if (!isInForce(permit, known)) return quarantine("permit-expired", false);
  if (!known.isBuildKnown(manifest.app.build)) return quarantine("build-unknown", false);
  if (typeof opened === "string") return quarantine(opened, false);
  // What a laptop that was given up seals later is kept for people to see; the one that goes on has the chain.
  if (known.successor && manifest.range.last >= known.successor.first)
    return quarantine("device-replaced", false);
  const broken = brokenSeam(manifest, opened.records, known);
  if (broken) return quarantine(broken, false);
  if (!known.isCosigned && isLedByAny(opened, known)) return quarantine("approval-missing", false);
  return judgeRecords(manifest, opened, known, pause);
}

function quarantine(code: string, freezes: boolean): Judgement {
  return {
    verdict: "quarantined",
    notes: [{ seq: 0, code }],
    freezes,
    rosters: [],
    absences: [],
    deltas: [],
    incidents: [],
    visits: [],
    sheets: [],
    vouches: [],
    held: [],
    amendments: [],
    reviews: [],
    divergences: [],
    settlements: [],
  };
}

/** A leader closes the day with their own signature, wherever a panel has one (rulings 6). */
function isLedByAny({ records, shared }: OpenedBatch, known: Known): boolean {
  const rosters = [...records, ...shared].filter((record) => record.kind === "roster");
  return (
    rosters.some(({ value }) => value.panel.some(({ leader }) => leader)) ||
    records.some(({ value }) => known.isLed(value.exam.id))
  );
}

/**
 * A permit is held against the moment the registry took the batch. What the laptop's clock says proves nothing about when
 * a sheet was signed, so whatever comes after the window is kept for people to decide about (T8, T15).
 */
function isInForce({ window }: PermitRecord, { acceptedAt }: Pick<Known, "acceptedAt">): boolean {
  return window.from <= acceptedAt && acceptedAt <= window.to;
}

/** Does this batch continue the one before it, and does the one after it, if it came first, continue this one? */
function brokenSeam(
  { prevBatch, range, deviceSeq }: BatchManifest,
  records: readonly OpenedRecord[],
  { before, after, lineage }: Known,
): "sequence-gap" | "chain-broken" | undefined {
  const isFirst = deviceSeq === 1 && (lineage.length === 1 || prevBatch === NO_HASH);
  if (isFirst && (range.first !== 1 || prevBatch !== NO_HASH)) return "chain-broken";
  if (before) {
    if (range.first > before.last + 1) return "sequence-gap";
    if (range.first !== before.last + 1 || prevBatch !== before.id) return "chain-broken";
    if (records[0]?.value.prev !== before.head) return "chain-broken";
  }
  return after && after.first !== range.last + 1 ? "chain-broken" : undefined;
}

async function judgeRecords(
  manifest: BatchManifest,
  opened: OpenedBatch,
  known: Known,
  pause: () => Promise<void>,
): Promise<Judgement> {
  const bench = createBench(opened, known);
  const notes: Note[] = [];
  let taken = 0;
  // A predecessor that never came does not hold up what is here; the head of the device names it as a gap.
  if ((manifest.deviceSeq > 1 || manifest.prevBatch !== NO_HASH) && !known.before) {
    notes.push({ seq: manifest.range.first, code: "sequence-gap" });
  }
  // Another laptop's roster is believed for its own signature; it stands at no place of this chain.
  for (const record of opened.shared) {
    const code = bench.takeShared(record, manifest);
    if (code !== undefined) notes.push({ seq: 0, code });
  }
  // A sheet may rest on a roster that was signed after it was opened: rosters first, then panels, absences and what takes them
  // back in their own order, sheets.
  for (const kinds of JUDGED_IN_TURN) {
    for (const record of opened.records) {
      if (!kinds.includes(record.kind)) continue;
      const code = bench.take(record, manifest);
      if (code !== undefined) notes.push({ seq: record.value.seq, code });
      if (++taken % TAKEN_AT_ONCE === 0) await pause();
    }
  }
  const { rosters, absences, deltas, incidents, visits, sheets, vouches, held, amendments, reviews } = bench;
  const { settlements } = bench;
  const divergences = bench.divergences();
  const marks = sheets.length + amendments.length + reviews.length + settlements.length;
  const isAnything =
    rosters.length + absences.length + deltas.length + incidents.length + visits.length + marks > 0;
  const counts = manifest.sheets > 0 ? marks > 0 : isAnything;
  notes.sort((a, b) => a.seq - b.seq);
  const verdict = counts ? "accepted" : "quarantined";
  const found = { rosters, absences, deltas, incidents, visits, sheets, vouches, held, amendments, reviews };
  return { verdict, notes, freezes: false, ...found, divergences, settlements };
}

const JUDGED_IN_TURN: readonly (readonly OpenedRecord["kind"][])[] = [
  ["roster"],
  ["panel"],
  ["attendance", "delta"],
  ["incident"],
  ["sheet"],
  ["supervision"],
  ["amendment"],
  ["review"],
  ["settlement"],
];

/** Records between two pauses: a few milliseconds, which no other request minds. */
const TAKEN_AT_ONCE = 16;

type RecordOfKind<K extends OpenedRecord["kind"]> = Extract<OpenedRecord, { kind: K }>;

/** Takes records one after another; each answer is the code of what is wrong, or nothing. */
function createBench(opened: OpenedBatch, known: Known) {
  const rosters: JudgedRoster[] = [];
  const absences: JudgedAbsence[] = [];
  const deltas: JudgedDelta[] = [];
  const incidents: JudgedIncident[] = [];
  const visits: JudgedVisit[] = [];
  const sheets: JudgedSheet[] = [];
  const vouches: JudgedVouch[] = [];
  const held: HeldSheet[] = [];
  const amendments: JudgedAmendment[] = [];
  const reviews: JudgedReview[] = [];
  const settlements: JudgedSettlement[] = [];
  /** Panels whose sheets changed by this batch, by candidate. */
  const panels = new Map<string, Panel & { readonly sitting: SittingId; readonly ref: CandidateRef }>();
  /** What counts of a sheet after the amendments that stood before in this batch. */
  const amended = new Map<HashId, HashId>();
  const prepared = new Map<SittingId, { readonly roster: RosterRecord; readonly rubric: Rubric }>();
  const entered = new Map<string, HashId>();
  /** Absences that stand, by the hash of the record. */
  const absent = new Map<string, HashId>();
  /** Absences of this batch, whether they stand or not: a change may answer each of them. */
  const named = new Map<string, HashId>();
  /** Who left, and since which place in this chain nobody marks them any more. */
  const left = new Map<string, number>();
  const arrived = new Set<string>();
  const marked = new Set<string>();
  /** Sheets nobody may take: a member and a candidate whom R24 to R27 keep apart. */
  const apart = new Set<string>();
  const hashes = new Set<HashId>();
  const rubricOf = (hash: HashId) => opened.rubrics.get(hash)?.rubric ?? known.rubric(hash);
  const candidate = (sitting: SittingId, ref: CandidateRef) =>
    entered.get(`${sitting} ${ref}`) ?? known.candidate(sitting, ref);

  const absenceOf = (sitting: SittingId, ref: CandidateRef) =>
    absent.get(`${sitting} ${ref}`) ?? known.absence(sitting, ref);
  const hasLeft = (sitting: SittingId, ref: CandidateRef) =>
    left.has(`${sitting} ${ref}`) || known.leaving(sitting, ref) !== undefined;

  const found = { rosters, absences, deltas, incidents, visits, sheets, vouches, held, amendments, reviews };
  return { ...found, settlements, take, takeShared, divergences };

  function take(record: OpenedRecord, manifest: BatchManifest): string | undefined {
    if (!known.isBuildKnown(record.value.app.build)) return "build-unknown";
    switch (record.kind) {
      case "roster":
        return takeRoster(record, manifest);
      case "panel":
        return takePanel(record, manifest);
      case "attendance":
        return takeAbsence(record, manifest);
      case "delta":
        return takeDelta(record, manifest);
      case "incident":
        return takeIncident(record, manifest);
      case "supervision":
        return takeVisit(record, manifest);
      case "sheet":
        return takeSheet(record, manifest);
      case "amendment":
        return takeAmendment(record, manifest);
      case "review":
        return takeReview(record, manifest);
      case "settlement":
        return takeSettlement(record, manifest);
      default:
        return unreachable(record);
    }
  }

  function takeRoster(record: RecordOfKind<"roster">, manifest: BatchManifest): string | undefined {
    const signed = verifySigned("roster", record, manifest, known);
    return typeof signed === "string" ? signed : enterRoster(record);
  }

  /** Signed by an administrator on whichever laptop of the centre the permit names. */
  function takeShared(record: RecordOfKind<"roster">, manifest: BatchManifest): string | undefined {
    if (!known.isBuildKnown(record.value.app.build)) return "build-unknown";
    const devices = known.permit(record.value.permit)?.devices ?? [];
    const signed = verifySigned("roster", record, manifest, { ...known, lineage: devices });
    return typeof signed === "string" ? signed : enterRoster(record);
  }

  function enterRoster(record: RecordOfKind<"roster">): string | undefined {
    const { exam, candidates, day, panel } = record.value;
    const rubric = rubricOf(exam.rubric);
    if (!rubric) return "rubric-unknown";
    const refs = candidates.map(({ ref }) => ref);
    if (new Set(refs).size < refs.length) return "duplicate-candidate";
    const judged = judgeSitting(record.value, rubric, known);
    prepared.set(exam.id, { roster: record.value, rubric });
    if (typeof judged === "string") return judged;
    for (const pair of judged) apart.add(pair);
    for (const ref of refs) entered.set(`${exam.id} ${ref}`, exam.rubric);
    rosters.push({
      sitting: exam.id,
      rubric: exam.rubric,
      hash: record.hash,
      candidates: refs,
      day,
      panel: panel.length,
      led: panel.some(({ leader }) => leader),
      leader: panel.find(({ leader }) => leader)?.person ?? null,
    });
    return undefined;
  }

  /** A change of panel: whoever joins is judged by the roster where it is here, and vouched for in any case. */
  function takePanel(record: RecordOfKind<"panel">, manifest: BatchManifest): string | undefined {
    const permit = permitOf(record, manifest, known);
    if (!permit) return "permit-unknown";
    if (!isInForce(permit, known)) return "permit-expired";
    const change = verifyPanelChange(
      record.record,
      permitLookup(permit, known.lineage),
      staffOf(permit, known),
    );
    if (!change.ok)
      return change.error.code.startsWith("panel.") ? "not-vouched" : noteOf(change.error as VerifyError);
    if (change.value.signers.some(({ kid }) => known.isRevoked(kid))) return "key-revoked";
    const { exam, joins, panel } = record.value;
    const sitting = prepared.get(exam.id);
    if (sitting) {
      const people = [...known.people, joins.person];
      const judged = judgeSitting({ ...sitting.roster, panel }, sitting.rubric, { ...known, people });
      if (typeof judged === "string") return judged;
      for (const pair of judged) apart.add(pair);
    }
    vouches.push({
      sitting: exam.id,
      kid: joins.kid,
      pub: joins.pub,
      person: joins.person.id,
      hash: record.hash,
      record: recordToText(record.record),
    });
    return undefined;
  }

  /** By its permit, or by those who vouched for its key. */
  function signerOf(record: RecordOfKind<"sheet">, manifest: BatchManifest): Signer | string {
    const { exam, by } = record.value;
    const signed = verifySigned("sheet", record, manifest, known);
    if (signed !== "key-unknown")
      return typeof signed === "string" ? signed : { ...signed, isEnrolled: true };
    const here = vouches.find((one) => one.sitting === exam.id && one.kid === by.kid);
    const vouch = here ?? known.vouch(exam.id, by.kid);
    if (!vouch) return signed;
    if (known.isRevoked(vouch.kid)) return "key-revoked";
    const { kid, pub, person } = vouch;
    const lookup: KeyLookup = (asked) => (asked === kid ? { kid, pub, roles: ["examiner"] } : undefined);
    const verified = verifyPeeked("sheet", record, lookup);
    return verified.ok ? { person, isEnrolled: false } : noteOf(verified.error);
  }

  function takeAbsence(record: RecordOfKind<"attendance">, manifest: BatchManifest): string | undefined {
    const signed = verifySigned("attendance", record, manifest, known);
    if (typeof signed === "string") return signed;
    const { exam, candidate: who } = record.value;
    const place = `${exam.id} ${who.ref}`;
    if (candidate(exam.id, who.ref) === undefined) return "candidate-not-in-permit";
    named.set(place, record.hash);
    if (absent.has(place) || known.wasAbsent(exam.id, who.ref) || arrived.has(place))
      return "duplicate-candidate";
    if (known.isMarked(exam.id, who.ref, null)) return "candidate-present";
    if (hasLeft(exam.id, who.ref)) return "candidate-left";
    absent.set(place, record.hash);
    absences.push({ sitting: exam.id, candidate: who.ref, hash: record.hash });
    return undefined;
  }

  /** A leader and a second person, over what stands: who was absent, who left. Rotations are the centre's own affair. */
  function takeDelta(record: RecordOfKind<"delta">, manifest: BatchManifest): string | undefined {
    const permit = permitOf(record, manifest, known);
    if (!permit) return "permit-unknown";
    if (!isInForce(permit, known)) return "permit-expired";
    const signed = verifyDelta(record, permitLookup(permit, known.lineage), staffOf(permit, known));
    if (!signed.ok) return noteOf(signed.error);
    if (signed.value.keys.some((kid) => known.isRevoked(kid))) return "key-revoked";
    const { exam, change, seq } = record.value;
    const refs = changedBy(change);
    if (refs.some((ref) => candidate(exam.id, ref) === undefined)) return "candidate-not-in-permit";
    if (refs.some((ref) => hasLeft(exam.id, ref))) return "candidate-left";
    const absence = change.kind === "arrival" ? change.absence : null;
    const isFounded =
      absence === null
        ? refs.every((ref) => absenceOf(exam.id, ref) === undefined)
        : refs.every((ref) => (named.get(`${exam.id} ${ref}`) ?? absenceOf(exam.id, ref)) === absence);
    if (!isFounded) return "delta-unfounded";
    for (const place of refs.map((ref) => `${exam.id} ${ref}`)) {
      if (change.kind === "arrival") {
        absent.delete(place);
        arrived.add(place);
      }
      if (isLeaving(change.kind)) left.set(place, seq);
    }
    deltas.push({
      ...{ seq, hash: record.hash, sitting: exam.id, kind: change.kind, candidates: refs, absence },
    });
    return undefined;
  }

  /** Whoever signed it held the role it names; what it says is theirs to answer for, and changes nobody's result here. */
  function takeIncident(record: RecordOfKind<"incident">, manifest: BatchManifest): string | undefined {
    const permit = permitOf(record, manifest, known);
    if (!permit) return "permit-unknown";
    if (!isInForce(permit, known)) return "permit-expired";
    const signed = verifyIncident(record, permitLookup(permit, known.lineage));
    if (!signed.ok) return noteOf(signed.error);
    if (known.isRevoked(signed.value.kid)) return "key-revoked";
    const { exam, report, seq } = record.value;
    if (report.candidates.some((ref) => candidate(exam.id, ref) === undefined))
      return "candidate-not-in-permit";
    const { kind, tier } = report;
    incidents.push({ seq, hash: record.hash, sitting: exam.id, kind, tier });
    return undefined;
  }

  /** R23: By a supervisor with no part in the panel, about a sitting whose roster is here, answering its checklist item by item. */
  function takeVisit(record: RecordOfKind<"supervision">, manifest: BatchManifest): string | undefined {
    const signed = verifySigned("supervision", record, manifest, known);
    if (typeof signed === "string") return signed;
    const { exam, report, seq } = record.value;
    const roster = rosters.find(({ sitting }) => sitting === exam.id);
    const rubric = roster?.rubric ?? known.rubricOfSitting(exam.id);
    if (rubric === undefined) return "sitting-unknown";
    if (rubric !== exam.rubric) return "rubric-mismatch";
    const { person } = signed;
    if (isOnPanel(exam.id, person, report)) return "reviewer-involved";
    const checklist = onSiteChecklist();
    if (report.checklist !== checklist.id) return "unsupported-version";
    if (!answersList(report, checklist)) return "visit-incomplete";
    const { yes, unseen } = countAnswers(report.answers);
    const found = report.answers.filter(({ answer, words }) => answer === "no" || words !== "");
    const { problems, suggestions } = report;
    visits.push({
      ...{ seq, hash: record.hash, sitting: exam.id, person, yes, unseen, found, problems, suggestions },
    });
    return undefined;
  }

  /** By the record itself, by the roster where it came along, by who took or gave up a place, and by whoever signed a sheet. */
  function isOnPanel(sitting: SittingId, person: PersonId, { panel }: VisitReport): boolean {
    const { sheets: counted, held: waiting } = known.countedOf(sitting);
    const changes = [
      ...known.panelChanges(sitting),
      ...vouches
        .filter((one) => one.sitting === sitting)
        .map(({ record }) => ownRecord("panel", record).value),
    ];
    return [
      ...[panel, prepared.get(sitting)?.roster.panel ?? [], ...changes.map((change) => change.panel)]
        .flat()
        .map((member) => member.person),
      ...changes.map(({ leaves }) => leaves),
      ...[...counted, ...waiting, ...sheets, ...held]
        .filter((one) => one.sitting === sitting)
        .map(({ examiner }) => examiner),
    ].includes(person);
  }

  function takeSheet(record: RecordOfKind<"sheet">, manifest: BatchManifest): string | undefined {
    const examiner = signerOf(record, manifest);
    if (typeof examiner === "string") return examiner;
    const { exam, candidate: who } = record.value;
    const rubric = rubricOf(exam.rubric);
    if (!rubric) return "rubric-unknown";
    const enteredFor = candidate(exam.id, who.ref);
    if (enteredFor === undefined) return "candidate-not-in-permit";
    if (enteredFor !== exam.rubric) return "rubric-mismatch";
    if (!isPresent(exam.id, who.ref)) return "candidate-absent";
    if (isAfterLeaving(record)) return "candidate-left";
    const place = `${exam.id} ${who.ref} ${examiner.person}`;
    if (apart.has(place)) return "examiner-conflicted";
    if (marked.has(place) || hashes.has(record.hash) || known.isMarked(exam.id, who.ref, examiner.person)) {
      return "duplicate-candidate";
    }
    if (!isTotalRight(record.value, rubric)) return "total-mismatch";
    marked.add(place);
    hashes.add(record.hash);
    const judged = {
      seq: record.value.seq,
      hash: record.hash,
      sitting: exam.id,
      candidate: who.ref,
      examiner: examiner.person,
      figures: figuresOf(record.value),
    };
    const { figures } = judged;
    const version = { record: record.hash, figures, isModerated: false };
    changePanel(record.value, rubric, manifest, (before) => [
      ...before,
      { examiner: examiner.person, versions: [version] },
    ]);
    if (examiner.isEnrolled) {
      sheets.push(judged);
      return undefined;
    }
    held.push({ ...judged, kid: record.value.by.kid });
    return "enrolment-pending";
  }

  function isPresent(sitting: SittingId, ref: CandidateRef): boolean {
    return arrived.has(`${sitting} ${ref}`) || absenceOf(sitting, ref) === undefined;
  }

  /** Of one laptop the order is known. What another one signed may have been signed before somebody left, and makes no mark. */
  function isAfterLeaving({ value: { exam, candidate: who, seq } }: RecordOfKind<"sheet">): boolean {
    const since = left.get(`${exam.id} ${who.ref}`);
    if (since !== undefined) return seq > since;
    const leaving = known.leaving(exam.id, who.ref);
    return leaving !== undefined && known.lineage.includes(leaving.device);
  }

  /** Its author and an approver, two people, over what counts now: whoever looked at something older has to look again. */
  function takeAmendment(record: RecordOfKind<"amendment">, manifest: BatchManifest): string | undefined {
    const permit = permitOf(record, manifest, known);
    if (!permit) return "permit-unknown";
    if (!isInForce(permit, known)) return "permit-expired";
    const personOf = (kid: Kid) => permit.people.find((one) => one.kid === kid)?.id;
    const signed = verifyAmendment(record, permitLookup(permit, known.lineage), personOf);
    if (!signed.ok) return noteOf(signed.error);
    if (signed.value.keys.some((kid) => known.isRevoked(kid))) return "key-revoked";
    const { exam, candidate: who, target, basis } = record.value;
    const sheet = known.sheet(target);
    if (sheet?.sitting !== exam.id || sheet.candidate !== who.ref) return "target-unknown";
    if (sheet.examiner !== signed.value.author) return "role-not-allowed";
    const rubric = rubricOf(exam.rubric);
    if (!rubric) return "rubric-unknown";
    if (candidate(exam.id, who.ref) !== exam.rubric) return "rubric-mismatch";
    if (!isTotalRight(record.value.new, rubric)) return "total-mismatch";
    if (basis !== (amended.get(target) ?? sheet.effective)) return "amendment-conflict";
    amended.set(target, record.hash);
    const { new: marks, reason, seq } = record.value;
    const figures = figuresOf(marks);
    const version = { record: record.hash, figures, isModerated: reason === "moderation" };
    changePanel(record.value, rubric, manifest, (before) =>
      before.map((one) =>
        one.versions[0]?.record === target ? { ...one, versions: [...one.versions, version] } : one,
      ),
    );
    amendments.push({ seq, hash: record.hash, target, basis, figures, reason });
    return undefined;
  }

  /**
   * A supervisor's decision about what counts now, after the one that stood until then; with a second signature where it takes a
   * result away or gives it back, and by nobody whose own sheets are looked at. Over what counted before an amendment a question is
   * answered, and a result is taken away as long as nobody has decided about the amended one. It is taken away as well by whoever did
   * not know yet that somebody left whom the whole panel signed for.
   */
  function takeReview(record: RecordOfKind<"review">, manifest: BatchManifest): string | undefined {
    const permit = permitOf(record, manifest, known);
    if (!permit) return "permit-unknown";
    if (!isInForce(permit, known)) return "permit-expired";
    const personOf = staffOf(permit, known);
    const signed = verifyReview(record, permitLookup(permit, known.lineage), personOf);
    if (!signed.ok) return noteOf(signed.error);
    const { person, second, keys } = signed.value;
    if (keys.some((kid) => known.isRevoked(kid))) return "key-revoked";
    const { exam, subject, basis, follows = null, flags, decision, reason, seq } = record.value;
    const counted = known.countedOf(exam.id);
    // A substitute's sheet counts at the laptop already, and here when its key is enrolled.
    const withHeld = { ...counted, sheets: [...counted.sheets, ...counted.held] };
    const found = [counted, withHeld].flatMap((one) => lookedAt(record.value, one) ?? []);
    const looked = found.find((one) => one.basis === basis) ?? found[0];
    if (!looked) return "target-unknown";
    if (subject.kind !== "sitting" && candidate(exam.id, subject.candidate) !== exam.rubric)
      return "rubric-mismatch";
    const about = { sitting: exam.id, subject, basis };
    const before = inOrder([...counted.reviews, ...reviews]);
    const standing = standingReview(before, about);
    if (basis !== looked.basis) {
      const { withholds, next } = reviewEffect(decision);
      const isKnown =
        wasCounted(record.value, withHeld) ||
        (withholds && [counted, withHeld].some((one) => wasCountedWithoutLeavings(record.value, one)));
      if (!(withholds || next === "examiner") || !isKnown) return "review-outdated";
      if (withholds && standingReview(before, { ...about, basis: looked.basis })?.hash !== standing?.hash)
        return "review-conflict";
    }
    if (follows !== (standing?.hash ?? null)) return "review-conflict";
    const office = record.value.second?.role ?? null;
    const may = checkReviewers({
      ...{ decision, replaced: standing?.decision ?? null, by: person },
      isContradicted: subject.kind === "candidate" && looked.contradicted.length > 0,
      second: second === null ? null : { person: second, office },
      panel: counted.sheets.map(({ examiner }) => examiner),
      examiners: looked.examiners,
    });
    if (!may.allowed)
      return may.findings.some(({ code }) => code === "review.second-missing")
        ? "approval-missing"
        : "reviewer-involved";
    const words = decision === "escalate" ? reason : null;
    reviews.push({
      ...{ seq, hash: record.hash, ...about, follows, flags, decision, person, second, words },
    });
    return undefined;
  }

  function membersOf(sitting: SittingId): number | undefined {
    return rosters.find((one) => one.sitting === sitting)?.panel ?? known.members(sitting);
  }

  function panelOf(sitting: SittingId, ref: CandidateRef, rubric: Rubric, manifest: BatchManifest) {
    const members = membersOf(sitting);
    const policy = known.permit(manifest.permit)?.reference.policy;
    const before = panels.get(`${sitting} ${ref}`);
    if (before || members === undefined || policy === undefined) return before;
    return { sitting, ref, sheets: known.panel(sitting, ref), members, rubric, policy };
  }

  function changePanel(
    { exam, candidate: who }: Pick<SheetRecord, "exam" | "candidate">,
    rubric: Rubric,
    manifest: BatchManifest,
    change: (sheets: readonly PanelSheet[]) => readonly PanelSheet[],
  ): void {
    const panel = panelOf(exam.id, who.ref, rubric, manifest);
    if (panel) panels.set(`${exam.id} ${who.ref}`, { ...panel, sheets: change(panel.sheets) });
  }

  /** Of the panels whose sheets came or changed by this batch, those that lie too far apart now. */
  function divergences(): JudgedDivergence[] {
    return [...panels.values()].flatMap((panel) => {
      const found = divergenceIn(panel);
      return found ? [{ sitting: panel.sitting, candidate: panel.ref, ...found }] : [];
    });
  }

  /** The leader's word over what counts now, and inside it every member's, signed on whichever laptop of the centre. */
  function takeSettlement(record: RecordOfKind<"settlement">, manifest: BatchManifest): string | undefined {
    const permit = permitOf(record, manifest, known);
    if (!permit) return "permit-unknown";
    if (!isInForce(permit, known)) return "permit-expired";
    const leaders = { lookup: permitLookup(permit, known.lineage), personOf: staffOf(permit, known) };
    const signed = verifySettlement(record, leaders, membersUnder(record, permit));
    if (!signed.ok) return noteOf(signed.error);
    const { leader, statements, keys } = signed.value;
    if (keys.some((kid) => known.isRevoked(kid))) return "key-revoked";
    const { exam, candidate: who, records, unasked, seq } = record.value;
    const rubric = rubricOf(exam.rubric);
    if (!rubric) return "rubric-unknown";
    const enteredFor = candidate(exam.id, who.ref);
    if (enteredFor === undefined) return "candidate-not-in-permit";
    if (enteredFor !== exam.rubric) return "rubric-mismatch";
    const here = rosters.find((one) => one.sitting === exam.id);
    const { roster, changes } = known.leaders(exam.id);
    const led = leadersAt({ devices: known.lineage, seq }, here ? here.leader : roster, changes);
    if (led && !led.includes(leader)) return "role-not-allowed";
    const panel = panelOf(exam.id, who.ref, rubric, manifest);
    if (!panel) return "target-unknown";
    const wrong = judgeSettlement(record.value, signed.value, panel);
    if (wrong) return wrong;
    settlements.push({
      ...{ seq, hash: record.hash, sitting: exam.id, candidate: who.ref, records, person: leader },
      ...{ said: statements.length, unasked: unasked.length },
    });
    return undefined;
  }

  /** Each statement names the permit it was signed under; a substitute's key may be vouched for and on none. */
  function membersUnder(record: RecordOfKind<"settlement">, permit: PermitRecord): Members<PersonId> {
    const named = (statementsIn(record) ?? []).flatMap(({ value }) => known.permit(value.permit) ?? []);
    const people = [permit, ...named]
      .filter(({ centre }) => centre === permit.centre)
      .flatMap((one) => one.people);
    const { id } = record.value.exam;
    const keyOf = (kid: Kid) => {
      const person = people.find((one) => one.kid === kid);
      if (person) return { id: person.id, key: { kid, pub: person.pub, roles: person.roles } };
      const vouch = known.vouch(id, kid);
      return vouch && { id: vouch.person, key: { kid, pub: vouch.pub, roles: ["examiner" as const] } };
    };
    return { lookup: (kid) => keyOf(kid)?.key, personOf: (kid) => keyOf(kid)?.id };
  }
}

/** Each item of the list once, in its order. */
function answersList({ answers }: VisitReport, { items }: Checklist): boolean {
  return answers.length === items.length && items.every(({ code }, at) => answers[at]?.item === code);
}

/** As they were taken: the first of two that name the same stands. */
export function inOrder<R extends object>(reviews: readonly R[]): (R & { refused: null; heldSeq: number })[] {
  return reviews.map((review, at) => ({ ...review, refused: null, heldSeq: at + 1 }));
}

/** The name of what counts of it now. */
export function basisOfCounted(
  sitting: SittingId,
  subject: ReviewRecord["subject"],
  counted: CountedSitting,
): HashId | undefined {
  return lookedAt({ exam: { id: sitting }, subject }, counted)?.basis;
}

type Basis = Pick<ReviewRecord, "subject" | "basis"> & { readonly exam: { readonly id: SittingId } };

/** Whether this decision speaks of what counted of it here once, before a sheet was amended. */
export function wasCounted(
  { exam, subject, basis }: Basis,
  { sheets, absences, leavings, members }: CountedSitting,
): boolean {
  const own = sheets.filter(({ sitting }) => sitting === exam.id);
  return wasBasis(basis, subject, own, [...absences, ...contradictedOf(leavings, own, members)]);
}

/** The same before it was known that somebody left whom the whole panel signed for: which of the two travels faster makes no difference. */
function wasCountedWithoutLeavings(about: Basis, counted: CountedSitting): boolean {
  const before = { ...counted, leavings: [] };
  return about.basis === basisOfCounted(about.exam.id, about.subject, before) || wasCounted(about, before);
}

/** What counts of it here and who marked it; undefined where nothing of it has come. */
function lookedAt(
  { exam, subject }: { readonly exam: { readonly id: SittingId }; readonly subject: ReviewRecord["subject"] },
  { sheets, absences, leavings, members }: CountedSitting,
): LookedAt | undefined {
  const own = sheets.filter(({ sitting }) => sitting === exam.id);
  const contradicted = contradictedOf(leavings, own, members);
  const basis = basisOver(subject, own, [...absences, ...contradicted]);
  const examiners = own.filter((sheet) => isLookedAt(subject, sheet)).map(({ examiner }) => examiner);
  const about = contradicted.filter(({ candidate }) => isOfSubject(subject, candidate));
  return basis === null ? undefined : { basis, examiners, contradicted: about };
}

interface LookedAt {
  readonly basis: HashId;
  readonly examiners: readonly PersonId[];
  /** Said to have left, and signed for by the whole panel. */
  readonly contradicted: CountedSitting["leavings"];
}

interface Signer {
  readonly person: PersonId;
  /** False: vouched for on site, and on no permit yet. */
  readonly isEnrolled: boolean;
}

/** The laptop's own checks once more, with the register of today: scope refuses the sitting, a conflict the sheet. */
function judgeSitting(
  { exam, day, panel, perRotation, supervisor, mitigation, permit: hash, candidates }: RosterRecord,
  rubric: Rubric,
  known: Known,
): string[] | "permit-unknown" | "scope-refused" {
  const permit = known.permit(hash);
  if (!permit) return "permit-unknown";
  const reference = known.reference(permit);
  const { occupation, direction, level } = rubric;
  if (!checkScope(reference.registration, { occupation, direction, level, day }).allowed)
    return "scope-refused";
  const numbered = candidates.map(({ no, idNumber }) => ({ no, idHash: idHash(reference.salt, idNumber) }));
  const { decision } = reviewSitting(
    {
      ...{ day, rubric, perRotation, panel, supervisor, mitigation, reference },
      candidates: numbered,
      people: known.people,
    },
    digest,
  );
  const refOf = new Map(candidates.map(({ no, ref }) => [no, ref]));
  return decision.findings.flatMap(({ rule, severity, facts: { person, candidate } }) => {
    const ref = typeof candidate === "number" ? refOf.get(candidate) : undefined;
    const isApart =
      severity === "block" && KEEP_APART.includes(rule) && person !== undefined && ref !== undefined;
    return isApart ? [`${exam.id} ${ref} ${String(person)}`] : [];
  });
}

const KEEP_APART = ["R24", "R25", "R26", "R27"];

/** The signer must hold the role on this very device, or on one whose work it goes on with, under the permit that the record itself names. */
function verifySigned<K extends "sheet" | "attendance" | "roster" | "supervision">(
  kind: K,
  record: PeekedRecord<K>,
  manifest: BatchManifest,
  known: Known,
): { readonly person: PersonId } | string {
  const { value } = record;
  const permit = permitOf({ value }, manifest, known);
  if (!permit) return "permit-unknown";
  if (!isInForce(permit, known)) return "permit-expired";
  const verified = verifyPeeked(kind, record, permitLookup(permit, known.lineage));
  if (!verified.ok) return noteOf(verified.error);
  if (verified.value.some(({ kid }) => known.isRevoked(kid))) return "key-revoked";
  const person = permit.people.find(({ kid }) => kid === value.by.kid)?.id;
  return person === undefined ? "key-unknown" : { person };
}

/** The permit that a record names, when it is for this centre and for this device or one it goes on with. */
function permitOf(
  { value }: Pick<OpenedRecord, "value">,
  manifest: BatchManifest,
  known: Known,
): PermitRecord | undefined {
  const permit = known.permit(value.permit);
  const isForDevice = permit?.devices.some((device) => known.lineage.includes(device));
  return permit && isForDevice && permit.centre === manifest.centre ? permit : undefined;
}

/** Whose key it is, of those the register still has: whoever left it vouches for nobody. */
function staffOf(permit: PermitRecord, { people }: Known): (kid: Kid) => PersonId | undefined {
  return (kid) => {
    const id = permit.people.find((one) => one.kid === kid)?.id;
    return people.some((person) => person.id === id) ? id : undefined;
  };
}

/** A permit is the registry's own: each key was held against its name when it was admitted (register/enrolment.ts). */
function permitLookup(permit: PermitRecord, lineage: readonly Kid[]): KeyLookup {
  return (kid) => {
    const person = permit.people.find((one) => one.kid === kid && lineage.includes(one.device));
    return person && { kid, pub: person.pub, roles: person.roles };
  };
}

function noteOf({ code }: VerifyError | AmendmentError | DeltaError | ReviewError | SettlementError): string {
  switch (code) {
    case "settlement.statement-invalid":
    case "settlement.statement-other":
      return "statement-invalid";
    case "amendment.approval-missing":
    case "delta.unconfirmed":
    case "review.second-missing":
      return "approval-missing";
    case "delta.inconsistent":
      return "delta-unfounded";
    case "wire.key-unknown":
      return "key-unknown";
    case "wire.role-not-allowed":
      return "role-not-allowed";
    case "wire.signature-invalid":
    case "wire.signer-mismatch":
      return "signature-invalid";
    case "wire.non-canonical":
      return "non-canonical";
    default:
      return "malformed";
  }
}

type Marks = Pick<SheetRecord, "items" | "overtimeMs" | "vetoes" | "total">;

/** Recomputed from the inputs and the hashed rubric, exactly (rulings 1). */
function isTotalRight(sheet: Marks, rubric: Rubric): boolean {
  const inputs = sheetItemsToInputs(sheet.items);
  if (Object.keys(inputs).length !== sheet.items.length) return false;
  if (!checkItems(rubric, inputs, { complete: true }).ok || !checkVetoes(sheet.vetoes, rubric).ok)
    return false;
  const total = exactTotal(sheet, rubric, inputs);
  return total?.n === sheet.total.n && total.d === sheet.total.d;
}

/** A hostile rubric can drive the arithmetic out of the safe integers; then no total is right. */
function exactTotal(sheet: Marks, rubric: Rubric, inputs: ReturnType<typeof sheetItemsToInputs>) {
  try {
    return totalOf(rubric, inputs, sheet.overtimeMs).total;
  } catch {
    return undefined; // `fraction` refuses parts that are not safe integers
  }
}
