// The tables of the index, in a schema of their own. They hold nothing that the acceptance journal does not hold, except
// the offers of batches whose objects are still coming: a laptop repeats an offer that was forgotten.
// [Note: Nothing is edited] What was decided is only ever inserted; a receipt, a freeze or a used code is a row of its own
// beside what it speaks of. The role that serves requests has no right to update or delete any of it.
import { utf8 } from "#shared/base";
import { hashId } from "#shared/crypto";
import type { Sql } from "./sql.ts";

export const SCHEMA = "registry";
export const ROLE = "jiangping_registry";

const RESULT_TABLES: readonly string[] = [
  `create table if not exists codes (hash text primary key, institution text not null)`,
  `create table if not exists code_uses (
     hash text primary key, device text not null, enrolment text not null, place integer not null)`,
  `create index if not exists code_use_of_device on code_uses (device)`,
  `create table if not exists devices (
     kid text primary key, pub text not null, institution text not null, continues text)`,
  `create index if not exists device_continued on devices (continues)`,
  `create index if not exists devices_of_institution on devices (institution)`,
  `create table if not exists frozen_devices (device text primary key, batch text not null)`,
  `create table if not exists person_keys (
     kid text primary key, pub text not null, device text not null, person text not null, institution text not null,
     place integer not null)`,
  `create index if not exists keys_of_device on person_keys (device)`,
  `create index if not exists keys_of_institution on person_keys (institution)`,
  `create table if not exists permits (
     hash text primary key, institution text not null, place integer not null, record text not null)`,
  `create index if not exists permits_of_institution on permits (institution, place)`,
  `create table if not exists revocations (
     version integer primary key, kid text not null unique, record text not null)`,
  `create table if not exists batches (
     id text primary key, device text not null, device_seq integer not null, fork boolean not null,
     reg_seq integer not null unique, first_seq integer not null, last_seq integer not null, head text not null,
     prev text not null, accepted_at bigint not null, manifest text not null, revocations integer not null)`,
  `create unique index if not exists batch_of_device on batches (device, device_seq) where not fork`,
  `create index if not exists batches_by_time on batches (accepted_at)`,
  `create table if not exists receipts (
     batch text primary key, device text not null, reg_seq integer not null, hash text not null, verdict text not null,
     accepted integer not null, quarantined integer not null, notes text not null, record text not null)`,
  `create index if not exists receipts_of_device on receipts (device, reg_seq)`,
  `create table if not exists evidence_objects (
     batch text not null, wire text not null, size integer not null, primary key (batch, wire))`,
  `create index if not exists evidence_by_wire on evidence_objects (wire)`,
  `create table if not exists evidence_statements (batch text primary key, record text not null)`,
  `create table if not exists rubrics (hash text primary key, bytes text not null)`,
  `create table if not exists roster_candidates (
     institution text not null, sitting text not null, candidate text not null, rubric text not null,
     primary key (institution, sitting, candidate))`,
  `create table if not exists sittings (
     institution text not null, sitting text not null, rubric text not null, hash text not null, batch text not null,
     day text, panel integer not null, led boolean not null, leader text, leader_kept boolean not null,
     primary key (institution, sitting, hash))`,
  `create table if not exists absences (
     institution text not null, sitting text not null, candidate text not null, hash text not null,
     primary key (institution, sitting, candidate))`,
  /** One row for each candidate of a change of roster: it takes this absence back, or ends what the panel owes. */
  `create table if not exists deltas (
     hash text not null, candidate text not null, kind text not null, absence text, device text not null,
     seq integer not null, batch text not null, institution text not null, sitting text not null,
     primary key (hash, candidate))`,
  `create index if not exists deltas_of_sitting on deltas (institution, sitting)`,
  `create table if not exists sheets (
     hash text primary key, batch text not null, seq integer not null, institution text not null, sitting text not null,
     candidate text not null, examiner text not null, figures text,
     unique (institution, sitting, candidate, examiner))`,
  /** One amendment follows another: what counts of a sheet is the one that nothing follows. */
  `create table if not exists amendments (
     hash text primary key, target text not null, basis text not null unique, batch text not null, seq integer not null,
     figures text, reason text)`,
  `create index if not exists amendments_of_sheet on amendments (target)`,
  /** What supervisors decided, in the order it was taken; subject and flags as JSON. */
  `create table if not exists reviews (
     hash text primary key, place integer not null, batch text not null, seq integer not null, institution text not null,
     sitting text not null, subject text not null, basis text not null, follows text, flags text not null,
     decision text not null, person text not null, second text, words text)`,
  `create index if not exists reviews_of_sitting on reviews (institution, sitting)`,
  /** Whole panels that lie too far apart: of each the records that counted, in the order of their hashes, one space between two. */
  `create table if not exists divergences (
     institution text not null, sitting text not null, candidate text not null, records text not null,
     spread text not null, batch text not null, primary key (institution, sitting, candidate, records))`,
  /** What leaders settled, about records that are written the same way. */
  `create table if not exists settlements (
     hash text primary key, place integer not null, batch text not null, seq integer not null, institution text not null,
     sitting text not null, candidate text not null, records text not null, person text not null,
     said integer not null, unasked integer not null)`,
  `create index if not exists settlements_of_candidate on settlements (institution, sitting, candidate)`,
  /** What supervisors saw on site; findings as JSON. */
  `create table if not exists visits (
     hash text primary key, place integer not null, batch text not null, seq integer not null, institution text not null,
     sitting text not null, person text not null, yes integer not null, unseen integer not null, found text not null,
     problems text not null, suggestions text not null)`,
  `create table if not exists vouches (
     institution text not null, sitting text not null, kid text not null, pub text not null, person text not null,
     device text not null, hash text not null, record text not null, primary key (institution, sitting, kid))`,
  `create table if not exists held_sheets (
     hash text primary key, batch text not null, seq integer not null, institution text not null, sitting text not null,
     candidate text not null, examiner text not null, kid text not null, figures text)`,
  /** Held no longer: the key was enrolled, and they are among the sheets. */
  `create table if not exists released_sheets (hash text primary key)`,
  `create table if not exists later_receipts (
     hash text primary key, batch text not null, place integer not null, verdict text not null,
     accepted integer not null, quarantined integer not null, record text not null)`,
  `create index if not exists later_receipts_of_batch on later_receipts (batch, place)`,
];

/** Tables whose every row follows from the journal. */
export const RESULT_TABLE_NAMES: readonly string[] = RESULT_TABLES.flatMap(
  (text) => /^create table if not exists (\w+)/.exec(text)?.[1] ?? [],
);

const PASSING_TABLES: readonly string[] = [
  `create table if not exists offers (batch text primary key, manifest text not null)`,
  `create table if not exists offered_objects (
     batch text not null, wire text not null, size integer not null, primary key (batch, wire))`,
  `create index if not exists offered_by_wire on offered_objects (wire)`,
  /** How far the journal is filed, and whose journal it is. Every version of the registry reads this table: it never changes. */
  `create table if not exists filed (
     one boolean primary key default true check (one), place integer not null, frame text not null, aud text not null)`,
];

/** Names these very tables. An index with other ones is thrown away and filled from the journal, which is what counts. */
export const TABLES_VERSION = hashId(utf8([...RESULT_TABLES, ...PASSING_TABLES].join("\n")));

/** Creates what is missing, as the owner of the database. Roles belong to the whole server, hence the quiet repeat. */
export async function prepareTables(sql: Pick<Sql, "run">): Promise<void> {
  await sql.run(`create schema if not exists ${SCHEMA}`);
  // First of all, so that a start that was cut off is repeated and not taken for another version.
  await sql.run(`comment on schema ${SCHEMA} is '${TABLES_VERSION}'`);
  await sql.run(`set search_path to ${SCHEMA}`);
  for (const table of [...RESULT_TABLES, ...PASSING_TABLES]) await sql.run(table);
  await sql.run(
    `do $$ begin create role ${ROLE} nologin;
     exception when duplicate_object or unique_violation then null; end $$`,
  );
  await sql.run(`do $$ begin grant ${ROLE} to current_user; exception when others then null; end $$`);
  await sql.run(`grant usage on schema ${SCHEMA} to ${ROLE}`);
  await sql.run(`grant select, insert on all tables in schema ${SCHEMA} to ${ROLE}`);
  await sql.run(`grant delete on offers, offered_objects to ${ROLE}`);
  await sql.run(`grant update on filed to ${ROLE}`);
}
