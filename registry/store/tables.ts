// The tables of the index. They hold nothing that the acceptance journal does not hold, except the offers of batches
// whose objects are still coming: a laptop repeats an offer that was forgotten.

export const TABLES: readonly string[] = [
  `create table if not exists codes (hash text primary key, institution text not null, device text, enrolment text)`,
  `create table if not exists devices (
     kid text primary key, pub text not null, institution text not null, frozen boolean not null default false,
     continues text)`,
  `create table if not exists person_keys (
     kid text primary key, pub text not null, device text not null, person text not null, institution text not null,
     place integer not null)`,
  `create table if not exists permits (
     hash text primary key, institution text not null, place integer not null, record text not null)`,
  `create table if not exists offers (batch text primary key, manifest text not null)`,
  `create table if not exists offered_objects (
     batch text not null, wire text not null, size integer not null, primary key (batch, wire))`,
  `create index if not exists offered_by_wire on offered_objects (wire)`,
  `create table if not exists batches (
     id text primary key, device text not null, device_seq integer not null, fork boolean not null,
     reg_seq integer not null unique, first_seq integer not null, last_seq integer not null, head text not null,
     prev text not null, accepted_at bigint not null, manifest text not null, revocations integer not null,
     receipt text, receipt_hash text, evidence text)`,
  `create unique index if not exists batch_of_device on batches (device, device_seq) where not fork`,
  `create table if not exists evidence_objects (
     batch text not null, wire text not null, size integer not null, primary key (batch, wire))`,
  `create index if not exists evidence_by_wire on evidence_objects (wire)`,
  `create table if not exists revocations (
     version integer primary key, kid text not null unique, record text not null)`,
  `create table if not exists rubrics (hash text primary key, bytes text not null)`,
  `create table if not exists roster_candidates (
     institution text not null, sitting text not null, candidate text not null, rubric text not null,
     primary key (institution, sitting, candidate))`,
  `create table if not exists absences (
     institution text not null, sitting text not null, candidate text not null, hash text not null,
     primary key (institution, sitting, candidate))`,
  `create table if not exists sheets (
     hash text primary key, batch text not null, seq integer not null, institution text not null, sitting text not null,
     candidate text not null, examiner text not null, unique (institution, sitting, candidate, examiner))`,
  `create table if not exists vouches (
     institution text not null, sitting text not null, kid text not null, pub text not null, person text not null,
     device text not null, hash text not null, record text not null, primary key (institution, sitting, kid))`,
  `create table if not exists held_sheets (
     hash text primary key, batch text not null, seq integer not null, institution text not null, sitting text not null,
     candidate text not null, examiner text not null, kid text not null)`,
  `create table if not exists later_receipts (
     hash text primary key, batch text not null, place integer not null, record text not null)`,
];
