// The journal as tables: how each entry is filed, and the questions the registry asks. Filing the same entry twice
// changes nothing.
import { z } from "zod";
import {
  CandidateRef,
  HashId,
  InstantMs,
  InstitutionId,
  Kid,
  PersonId,
  PublicKeyHex,
  SittingId,
  unreachable,
} from "#shared/base";
import { AmendmentReason, ReviewSubject } from "#shared/exam";
import type { BatchManifest } from "#shared/wire";
import {
  Figures,
  JudgedDelta,
  JudgedReview,
  type AcceptanceEntry,
  type EntryOf,
} from "../acceptance/entries.ts";
import type { PlacedEntry } from "../acceptance/journal.ts";
import { atStep } from "../acceptance/steps.ts";
import { operatorQueries } from "./operator-queries.ts";
import type { Database, Sql } from "./sql.ts";
import { json, ownRecord, Stored } from "./stored.ts";

const CodeRow = z.object({
  institution: InstitutionId,
  device: Kid.nullable(),
  enrolment: Stored.nullable(),
});
const DeviceRow = z.object({
  kid: Kid,
  pub: PublicKeyHex,
  institution: InstitutionId,
  frozen: z.boolean(),
  continues: Kid.nullable(),
});
const PersonKeyRow = z.object({ kid: Kid, pub: PublicKeyHex, device: Kid, person: PersonId });
const PermitRow = z.object({ hash: HashId, record: Stored });
const BatchRow = z.object({
  id: HashId,
  device: Kid,
  device_seq: z.int(),
  fork: z.boolean(),
  reg_seq: z.int(),
  first_seq: z.int(),
  last_seq: z.int(),
  head: HashId,
  prev: HashId,
  // PGlite gives a number for a bigint that is a safe integer, and a bigint beyond.
  accepted_at: InstantMs,
  manifest: Stored,
  /** The version of the revocation list when it was accepted: what was revoked later does not touch it. */
  revocations: z.int(),
  receipt: Stored.nullable(),
  evidence: Stored.nullable(),
});
const OfferRow = z.object({ batch: HashId, manifest: Stored });
const RevocationRow = z.object({ version: z.int(), kid: Kid, record: Stored });
const RubricRow = z.object({ hash: HashId, bytes: Stored });
const CandidateRow = z.object({ sitting: SittingId, candidate: CandidateRef, rubric: HashId });
const AbsenceRow = z.object({ sitting: SittingId, candidate: CandidateRef, hash: HashId });
const SheetRow = z.object({ sitting: SittingId, candidate: CandidateRef, examiner: PersonId });
const FIGURES = json(Figures).nullable();
const MarkedRow = SheetRow.extend({ hash: HashId, figures: FIGURES });
const AmendmentRow = z.object({
  target: HashId,
  hash: HashId,
  basis: HashId,
  figures: FIGURES,
  reason: AmendmentReason.nullable(),
});
const ReviewRow = z.object({
  ...JudgedReview.omit({ seq: true, words: true }).shape,
  subject: json(ReviewSubject),
  flags: json(JudgedReview.shape.flags),
});
const DeltaRow = z.object({
  sitting: SittingId,
  candidate: CandidateRef,
  kind: JudgedDelta.shape.kind,
  absence: HashId.nullable(),
  device: Kid,
  hash: HashId,
});
const HeldRow = z.object({ ...MarkedRow.shape, batch: HashId, seq: z.int(), kid: Kid });
const VouchRow = z.object({
  institution: InstitutionId,
  sitting: SittingId,
  kid: Kid,
  pub: PublicKeyHex,
  person: PersonId,
  device: Kid,
  record: Stored,
});
const LedRow = z.object({ sitting: SittingId, leader: PersonId.nullable(), leader_kept: z.boolean() });
const LaterRow = z.object({ hash: HashId, record: Stored });

export type IndexedDevice = z.infer<typeof DeviceRow>;
export type IndexedBatch = z.infer<typeof BatchRow>;
export type IndexedHeldSheet = z.infer<typeof HeldRow>;
export type IndexedPersonKey = z.infer<typeof PersonKeyRow>;

const BATCH = `select b.id, b.device, b.device_seq, b.fork, b.reg_seq, b.first_seq, b.last_seq, b.head, b.prev, b.accepted_at,
  b.manifest, b.revocations, r.record as receipt, e.record as evidence
  from batches b left join receipts r on r.batch = b.id left join evidence_statements e on e.batch = b.id`;

const UNREVOKED = "kid not in (select kid from revocations)";
const DEVICE = `select kid, pub, institution, continues,
  exists (select 1 from frozen_devices f where f.device = kid) as frozen from devices`;

const VOUCH = "select institution, sitting, kid, pub, person, device, record from vouches";
const HELD = `select batch, seq, hash, sitting, candidate, examiner, kid, figures from held_sheets h
  where not exists (select 1 from released_sheets r where r.hash = h.hash)`;

export type Index = ReturnType<typeof createIndex>;

export function createIndex(db: Database, aud: string) {
  const first = async <S extends z.ZodType>(row: S, text: string, values: readonly unknown[]) =>
    (await db.query(row, text, values)).at(0);

  return {
    ...operatorQueries(db),
    close: () => db.close(),

    /** Files entries in the journal's order, all of them or none. */
    apply: (placed: readonly PlacedEntry[]) =>
      db.transaction(async (sql) => {
        for (const { place, entry } of placed) {
          await file(sql, place, entry);
          atStep(`${entry.kind} filing`);
        }
        const last = placed.at(-1);
        if (!last) return;
        await sql.run(
          `insert into filed (place, frame, aud) values ($1, $2, $3)
           on conflict (one) do update set place = excluded.place, frame = excluded.frame`,
          [last.place, last.frame, aud],
        );
      }),
    /** How far the journal is filed; undefined when nothing is. */
    position: () =>
      first(
        z.object({ place: z.int(), frame: z.string(), aud: z.string() }),
        "select place, frame, aud from filed",
        [],
      ),

    code: (hash: HashId) =>
      first(
        CodeRow,
        `select c.institution, u.device, u.enrolment from codes c left join code_uses u on u.hash = c.hash
         where c.hash = $1`,
        [hash],
      ),
    device: (kid: Kid) => first(DeviceRow, `${DEVICE} where kid = $1`, [kid]),
    /** The enrolment a device was given; every code it used gave it the same. */
    enrolmentOf: async (device: Kid) =>
      (
        await first(
          z.object({ enrolment: Stored }),
          "select enrolment from code_uses where device = $1 order by place limit 1",
          [device],
        )
      )?.enrolment,
    devicesOf: (institution: InstitutionId) =>
      db.query(DeviceRow, `${DEVICE} where institution = $1 and ${UNREVOKED} order by kid`, [institution]),
    /** The device that goes on with this one's work. */
    successorOf: (device: Kid) => first(DeviceRow, `${DEVICE} where continues = $1`, [device]),
    personKey: (kid: Kid) =>
      first(PersonKeyRow, "select kid, pub, device, person from person_keys where kid = $1", [kid]),
    keysOn: (device: Kid) =>
      db.query(PersonKeyRow, "select kid, pub, device, person from person_keys where device = $1", [device]),
    /** The newest key of every person on every device. */
    currentKeys: (institution: InstitutionId) =>
      db.query(
        PersonKeyRow,
        `select distinct on (device, person) kid, pub, device, person from person_keys
         where institution = $1 and ${UNREVOKED} order by device, person, place desc`,
        [institution],
      ),
    permit: (hash: HashId) => first(PermitRow, "select hash, record from permits where hash = $1", [hash]),
    latestPermit: (institution: InstitutionId) =>
      first(
        PermitRow,
        "select hash, record from permits where institution = $1 order by place desc limit 1",
        [institution],
      ),

    /** Notes what a batch is going to send; forgotten with the index, repeated by the laptop. */
    offer: (batch: HashId, manifest: string, objects: BatchManifest["objects"]) =>
      db.run(
        `with offered as (insert into offers (batch, manifest) values ($1, $2) on conflict do nothing)
         insert into offered_objects (batch, wire, size)
         select $1, wire, size from unnest($3::text[], $4::int[]) as t (wire, size) on conflict do nothing`,
        [batch, manifest, ...columnsOf(objects, "wire", "size")],
      ),
    offered: (batch: HashId) =>
      first(OfferRow, "select batch, manifest from offers where batch = $1", [batch]),
    /** Offered batches that wait for these bytes, and accepted ones that owe them as evidence. */
    batchesNaming: (wire: HashId) =>
      db.query(
        z.object({ batch: HashId, size: z.int() }),
        `select batch, size from offered_objects where wire = $1
         union select batch, size from evidence_objects where wire = $1`,
        [wire],
      ),

    revocations: () =>
      db.query(RevocationRow, "select version, kid, record from revocations order by version"),
    revocationsVersion: async () =>
      (
        await first(
          z.object({ version: z.int() }),
          "select coalesce(max(version), 0) as version from revocations",
          [],
        )
      )?.version ?? 0,
    isRevoked: async (kid: Kid) =>
      (await first(z.object({ kid: Kid }), "select kid from revocations where kid = $1", [kid])) !==
      undefined,
    revokedKeys: (version: number) =>
      db.query(z.object({ kid: Kid }), "select kid from revocations where version <= $1", [version]),

    batch: (id: HashId) => first(BatchRow, `${BATCH} where b.id = $1`, [id]),
    batchAt: (device: Kid, deviceSeq: number) =>
      first(BatchRow, `${BATCH} where b.device = $1 and b.device_seq = $2 and not b.fork`, [
        device,
        deviceSeq,
      ]),
    batchesOf: (device: Kid) =>
      db.query(BatchRow, `${BATCH} where b.device = $1 and not b.fork order by b.device_seq`, [device]),
    unjudged: () => db.query(BatchRow, `${BATCH} where r.batch is null order by b.reg_seq`),
    nextRegSeq: async () => {
      const last = await first(
        z.object({ last: z.int() }),
        "select coalesce(max(reg_seq), 0) as last from batches",
        [],
      );
      return (last?.last ?? 0) + 1;
    },
    lastReceipt: async (device: Kid) =>
      (
        await first(
          z.object({ hash: HashId }),
          "select hash from receipts where device = $1 order by reg_seq desc limit 1",
          [device],
        )
      )?.hash,

    rubrics: (hashes: readonly HashId[]) =>
      db.query(RubricRow, "select hash, bytes from rubrics where hash = any($1)", [hashes]),
    rosterCandidates: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(
        CandidateRow,
        `select sitting, candidate, rubric from roster_candidates where institution = $1 and sitting = any($2)`,
        [institution, sittings],
      ),
    /** Of these sittings, those whose panel has a leader. */
    ledSittings: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(
        z.object({ sitting: SittingId }),
        "select distinct sitting from sittings where institution = $1 and sitting = any($2) and led",
        [institution, sittings],
      ),
    /** How many mark each candidate of these sittings. */
    panelSizes: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(
        z.object({ sitting: SittingId, members: z.int() }),
        `select sitting, max(panel) as members from sittings where institution = $1 and sitting = any($2)
         group by sitting`,
        [institution, sittings],
      ),
    /** Those that were taken back since among them. */
    absences: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(
        AbsenceRow,
        "select sitting, candidate, hash from absences where institution = $1 and sitting = any($2)",
        [institution, sittings],
      ),
    /** Changes of their rosters, a row for each candidate. */
    deltas: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(
        DeltaRow,
        `select sitting, candidate, kind, absence, device, hash from deltas where institution = $1 and sitting = any($2)`,
        [institution, sittings],
      ),
    vouches: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(VouchRow, `${VOUCH} where institution = $1 and sitting = any($2)`, [institution, sittings]),
    /** Every time this key was vouched for, oldest first. */
    vouchesFor: (kid: Kid) => db.query(VouchRow, `${VOUCH} where kid = $1 order by sitting`, [kid]),
    /** Vouched for and on no permit: who waits to be enrolled. */
    pendingVouches: () =>
      db.query(
        VouchRow,
        `${VOUCH} v where not exists (select 1 from person_keys k where k.kid = v.kid) order by kid, sitting`,
        [],
      ),
    heldSheets: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(HeldRow, `${HELD} and institution = $1 and sitting = any($2)`, [institution, sittings]),
    heldBy: (kid: Kid) => db.query(HeldRow, `${HELD} and kid = $1 order by batch, seq`, [kid]),
    /** Held sheets whose key was enrolled since, for the very person it was vouched for, and whose place is still free. */
    heldOfEnrolled: () =>
      db.query(
        HeldRow,
        `${HELD} and exists (select 1 from person_keys k
           where k.kid = h.kid and k.person = h.examiner and k.institution = h.institution)
         and not exists (select 1 from sheets s where s.institution = h.institution and s.sitting = h.sitting
           and s.candidate = h.candidate and s.examiner = h.examiner) order by batch, seq`,
        [],
      ),
    /** Receipts that came after the first one of a batch, oldest first. */
    laterReceipts: (batch: HashId) =>
      db.query(LaterRow, "select hash, record from later_receipts where batch = $1 order by place", [batch]),
    sheetsNamed: (institution: InstitutionId, hashes: readonly HashId[]) =>
      db.query(
        MarkedRow,
        "select hash, sitting, candidate, examiner, figures from sheets where institution = $1 and hash = any($2)",
        [institution, hashes],
      ),
    /** Of each of these sheets the last amendment, where it has one. */
    amendmentsOf: (targets: readonly HashId[]) =>
      db.query(
        z.object({ target: HashId, hash: HashId }),
        `select a.target, a.hash from amendments a where a.target = any($1)
         and not exists (select 1 from amendments b where b.basis = a.hash)`,
        [targets],
      ),
    /** Every one that counts or counted, of each of these sheets. */
    everyAmendmentOf: (targets: readonly HashId[]) =>
      db.query(
        AmendmentRow,
        "select target, hash, basis, figures, reason from amendments where target = any($1)",
        [targets],
      ),
    /** Who leads these sittings by their rosters; not kept of those that were judged before it was. */
    leadersOf: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(
        LedRow,
        "select sitting, leader, leader_kept from sittings where institution = $1 and sitting = any($2)",
        [institution, sittings],
      ),
    sheets: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(
        MarkedRow,
        "select hash, sitting, candidate, examiner, figures from sheets where institution = $1 and sitting = any($2)",
        [institution, sittings],
      ),
    /** What was decided about these sittings, oldest first. */
    reviewsOf: (institution: InstitutionId, sittings: readonly SittingId[]) =>
      db.query(
        ReviewRow,
        `select hash, sitting, subject, basis, follows, flags, decision, person, second from reviews
         where institution = $1 and sitting = any($2) order by place, seq`,
        [institution, sittings],
      ),
  };
}

async function file(sql: Sql, place: number, entry: AcceptanceEntry): Promise<void> {
  switch (entry.kind) {
    case "log.opened":
    case "draw.committed": // draws are few, and are read from the journal itself (inspection/draws.ts)
    case "draw.revealed":
    case "draw.reported":
      return;
    case "code.issued":
      await sql.run("insert into codes (hash, institution) values ($1, $2) on conflict do nothing", [
        entry.hash,
        entry.institution,
      ]);
      return;
    case "device.enrolled":
      await sql.run(
        "insert into devices (kid, pub, institution, continues) values ($1, $2, $3, $4) on conflict do nothing",
        [entry.device.kid, entry.device.pub, entry.institution, entry.continues ?? null],
      );
      await sql.run(
        "insert into code_uses (hash, device, enrolment, place) values ($1, $2, $3, $4) on conflict do nothing",
        [entry.code, entry.device.kid, entry.enrolment, place],
      );
      return;
    case "keys.admitted":
      await fileKeys(sql, place, entry);
      return;
    case "batch.accepted":
      await fileBatch(sql, entry);
      return;
    case "batch.judged":
      await fileJudgement(sql, place, entry);
      return;
    case "evidence.complete":
      await sql.run(
        "insert into evidence_statements (batch, record) values ($1, $2) on conflict do nothing",
        [entry.batch, entry.statement.record],
      );
      return;
    case "key.revoked":
      await sql.run(
        "insert into revocations (version, kid, record) values ($1, $2, $3) on conflict do nothing",
        [entry.version, entry.kid, entry.revocation.record],
      );
      return;
    case "held.accepted":
      await fileHeldAccepted(sql, place, entry);
      return;
    default:
      unreachable(entry);
  }
}

async function fileKeys(sql: Sql, place: number, entry: EntryOf<"keys.admitted">): Promise<void> {
  for (const { kid, pub, person } of entry.keys) {
    await sql.run(
      `insert into person_keys (kid, pub, device, person, institution, place) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [kid, pub, entry.device, person, entry.institution, place],
    );
  }
  await sql.run(
    "insert into permits (hash, institution, place, record) values ($1, $2, $3, $4) on conflict do nothing",
    [entry.permit.hash, entry.institution, place, entry.permit.record],
  );
}

/** The second batch at one place of a device is a fork: kept beside the first, never instead of it. */
async function fileBatch(sql: Sql, entry: EntryOf<"batch.accepted">): Promise<void> {
  const { device, deviceSeq, range, prevBatch, objects } = ownRecord("batch", entry.manifest).value;
  await sql.run(
    `insert into batches (id, device, device_seq, fork, reg_seq, first_seq, last_seq, head, prev, accepted_at, manifest,
                          revocations)
     values ($1, $2, $3, exists (select 1 from batches where device = $2 and device_seq = $3 and not fork and id <> $1),
             $4, $5, $6, $7, $8, $9, $10, (select coalesce(max(version), 0) from revocations))
     on conflict (id) do nothing`,
    [
      entry.batch,
      device,
      deviceSeq,
      entry.regSeq,
      range.first,
      range.last,
      range.headHash,
      prevBatch,
      entry.acceptedAt,
      entry.manifest,
    ],
  );
  for (const { wire, size, role } of objects) {
    if (role !== "evidence") continue;
    await sql.run(
      "insert into evidence_objects (batch, wire, size) values ($1, $2, $3) on conflict do nothing",
      [entry.batch, wire, size],
    );
  }
  await sql.run(
    "with offered as (delete from offers where batch = $1) delete from offered_objects where batch = $1",
    [entry.batch],
  );
}

async function fileJudgement(
  sql: Sql,
  place: number,
  { batch, receipt, ...judged }: EntryOf<"batch.judged">,
): Promise<void> {
  const { device, verdict, regSeq, sheets, notes } = ownRecord("receipt", receipt.record).value;
  await sql.run(
    `insert into receipts (batch, device, reg_seq, hash, verdict, accepted, quarantined, notes, record)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      batch,
      device,
      regSeq,
      receipt.hash,
      verdict,
      sheets.accepted,
      sheets.quarantined,
      JSON.stringify(notes),
      receipt.record,
    ],
  );
  if (judged.freezes) {
    await sql.run("insert into frozen_devices (device, batch) values ($1, $2) on conflict do nothing", [
      device,
      batch,
    ]);
  }
  for (const { hash, bytes } of judged.rubrics) {
    await sql.run("insert into rubrics (hash, bytes) values ($1, $2) on conflict do nothing", [hash, bytes]);
  }
  const of = "(select institution from devices where kid = $1)";
  for (const { sitting, rubric, candidates, hash, day, panel, led, leader } of judged.rosters) {
    await sql.run(
      `insert into sittings (institution, sitting, rubric, hash, batch, day, panel, led, leader, leader_kept)
       values (${of}, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
      [device, sitting, rubric, hash, batch, day, panel, led, leader ?? null, leader !== undefined],
    );
    await sql.run(
      `insert into roster_candidates (institution, sitting, candidate, rubric)
       select ${of}, $2, candidate, $3 from unnest($4::text[]) as candidate on conflict do nothing`,
      [device, sitting, rubric, candidates],
    );
  }
  if (judged.absences.length > 0) {
    await sql.run(
      `insert into absences (institution, sitting, candidate, hash)
       select ${of}, sitting, candidate, hash
       from unnest($2::text[], $3::text[], $4::text[]) as t (sitting, candidate, hash) on conflict do nothing`,
      [device, ...columnsOf(judged.absences, "sitting", "candidate", "hash")],
    );
  }
  if (judged.deltas.length > 0) {
    const rows = judged.deltas.flatMap(({ candidates, ...delta }) =>
      candidates.map((candidate) => ({ ...delta, candidate })),
    );
    await sql.run(
      `insert into deltas (hash, candidate, kind, absence, device, seq, batch, institution, sitting)
       select hash, candidate, kind, absence, $1, seq, $2, ${of}, sitting
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[])
         as t (hash, candidate, kind, absence, seq, sitting) on conflict do nothing`,
      [device, batch, ...columnsOf(rows, "hash", "candidate", "kind", "absence", "seq", "sitting")],
    );
  }
  await fileSheets(sql, device, batch, judged.sheets);
  if (judged.amendments.length > 0) {
    await sql.run(
      `insert into amendments (hash, target, basis, batch, seq, figures, reason)
       select hash, target, basis, $1, seq, figures, reason
       from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[])
         as t (hash, target, basis, seq, figures, reason) on conflict do nothing`,
      [
        batch,
        ...columnsOf(judged.amendments, "hash", "target", "basis", "seq"),
        judged.amendments.map(figuresText),
        judged.amendments.map(({ reason }) => reason ?? null),
      ],
    );
  }
  for (const { sitting, candidate, records, spread } of judged.divergences) {
    await sql.run(
      `insert into divergences (institution, sitting, candidate, records, spread, batch)
       values (${of}, $2, $3, $4, $5, $6) on conflict do nothing`,
      [device, sitting, candidate, records.join(" "), JSON.stringify(spread), batch],
    );
  }
  for (const { seq, hash, sitting, candidate, records, person, said, unasked } of judged.settlements) {
    await sql.run(
      `insert into settlements (hash, place, batch, seq, institution, sitting, candidate, records, person, said, unasked)
       values ($2, $3, $4, $5, ${of}, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
      [device, hash, place, batch, seq, sitting, candidate, records.join(" "), person, said, unasked],
    );
  }
  for (const { seq, hash, sitting, subject, basis, follows, flags, decision, ...who } of judged.reviews) {
    await sql.run(
      `insert into reviews (hash, place, batch, seq, institution, sitting, subject, basis, follows, flags, decision, person,
         second, words)
       values ($2, $3, $4, $5, ${of}, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`,
      [
        ...[device, hash, place, batch, seq, sitting, JSON.stringify(subject), basis, follows],
        ...[JSON.stringify(flags), decision, who.person, who.second, who.words],
      ],
    );
  }
  for (const { seq, hash, sitting, person, yes, unseen, found, problems, suggestions } of judged.visits) {
    await sql.run(
      `insert into visits (hash, place, batch, seq, institution, sitting, person, yes, unseen, found, problems, suggestions)
       values ($2, $3, $4, $5, ${of}, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
      [
        ...[device, hash, place, batch, seq, sitting, person, yes, unseen, JSON.stringify(found)],
        ...[problems, suggestions],
      ],
    );
  }
  for (const { sitting, kid, pub, person, hash, record } of judged.vouches) {
    await sql.run(
      `insert into vouches (institution, sitting, kid, pub, person, device, hash, record)
       values (${of}, $2, $3, $4, $5, $1, $6, $7) on conflict do nothing`,
      [device, sitting, kid, pub, person, hash, record],
    );
  }
  if (judged.held.length > 0) {
    await sql.run(
      `insert into held_sheets (hash, batch, seq, institution, sitting, candidate, examiner, kid, figures)
       select hash, $2, seq, ${of}, sitting, candidate, examiner, kid, figures
       from unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
         as t (hash, seq, sitting, candidate, examiner, kid, figures) on conflict do nothing`,
      [
        ...[device, batch],
        ...columnsOf(judged.held, "hash", "seq", "sitting", "candidate", "examiner", "kid"),
        judged.held.map(figuresText),
      ],
    );
  }
}

/** Sheets that waited for a key are taken as if they had come with it; a later receipt says so. */
async function fileHeldAccepted(sql: Sql, place: number, entry: EntryOf<"held.accepted">): Promise<void> {
  const { batch, sheets, receipt } = entry;
  const { device, verdict, sheets: counts } = ownRecord("receipt", receipt.record).value;
  await fileSheets(sql, device, batch, sheets);
  await sql.run(
    "insert into released_sheets (hash) select * from unnest($1::text[]) on conflict do nothing",
    columnsOf(sheets, "hash"),
  );
  await sql.run(
    `insert into later_receipts (hash, batch, place, verdict, accepted, quarantined, record)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [receipt.hash, batch, place, verdict, counts.accepted, counts.quarantined, receipt.record],
  );
}

async function fileSheets(
  sql: Sql,
  device: Kid,
  batch: HashId,
  sheets: EntryOf<"batch.judged">["sheets"],
): Promise<void> {
  if (sheets.length === 0) return;
  await sql.run(
    `insert into sheets (hash, batch, seq, institution, sitting, candidate, examiner, figures)
     select hash, $2, seq, (select institution from devices where kid = $1), sitting, candidate, examiner, figures
     from unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[])
       as t (hash, seq, sitting, candidate, examiner, figures) on conflict do nothing`,
    [
      ...[device, batch],
      ...columnsOf(sheets, "hash", "seq", "sitting", "candidate", "examiner"),
      sheets.map(figuresText),
    ],
  );
}

function figuresText({ figures }: { readonly figures?: Figures | undefined }): string | null {
  return figures ? JSON.stringify(figures) : null;
}

/** Rows turned into columns: one statement for all of them. */
function columnsOf<T, K extends keyof T>(rows: readonly T[], ...names: readonly K[]): T[K][][] {
  return names.map((name) => rows.map((row) => row[name]));
}
