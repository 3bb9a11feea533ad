// What an operator asks of the index: sums, and lists for one page, each with a limit that comes after all that leaves a row
// out. A day end is millions of rows, so everything that can be added up is added up there.
import { z } from "zod";
import {
  CandidateRef,
  Day,
  Fraction,
  HashId,
  InstantMs,
  InstitutionId,
  Kid,
  PersonId,
  SittingId,
} from "#shared/base";
import { FlagCode, ReviewDecision, ReviewSubject, VisitReport } from "#shared/exam";
import type { Sql } from "./sql.ts";
import { json, Stored } from "./stored.ts";

const Count = z.int();

const SentRow = z.object({
  institution: InstitutionId,
  device: Kid,
  batches: Count,
  accepted: Count,
  quarantined: Count,
  waiting: Count,
  last: InstantMs,
});
const SetAsideRow = z.object({
  institution: InstitutionId,
  device: Kid,
  batch: HashId,
  accepted_at: InstantMs,
  record: Stored,
});
const SittingRow = z.object({
  institution: InstitutionId,
  sitting: SittingId,
  day: Day.nullable(),
  panel: Count,
  candidates: Count,
  absent: Count,
  left: Count,
  sheets: Count,
  held: Count,
});
const ContradictionRow = z.object({
  institution: InstitutionId,
  sitting: SittingId,
  day: Day.nullable(),
  candidate: CandidateRef,
  sheets: Count,
});
const PanelRow = z.object({
  institution: InstitutionId,
  sitting: SittingId,
  day: Day.nullable(),
  candidate: CandidateRef,
  spread: json(Fraction),
  sheets: Count,
  /** How many members said that they keep their sheet, and how many could not be asked; null while nobody settled it. */
  said: Count.nullable(),
  unasked: Count.nullable(),
});
const ComingRow = z.object({ batch: HashId, manifest: Stored });
const OwedRow = z.object({
  institution: InstitutionId,
  device: Kid,
  batch: HashId,
  wire: HashId,
  size: Count,
});
const GapRow = z.object({ institution: InstitutionId, device: Kid, missing: Count });
const DeviceRow = z.object({ institution: InstitutionId, device: Kid });

const DecisionRow = z.object({
  institution: InstitutionId,
  device: Kid,
  sitting: SittingId,
  day: Day.nullable(),
  place: Count,
  seq: Count,
  hash: HashId,
  subject: json(ReviewSubject),
  basis: HashId,
  follows: HashId.nullable(),
  flags: json(z.array(FlagCode)),
  decision: ReviewDecision,
  second: z.string().nullable(),
  words: z.string().nullable(),
  accepted_at: InstantMs,
});

const VisitRow = z.object({
  institution: InstitutionId,
  device: Kid,
  sitting: SittingId,
  day: Day.nullable(),
  hash: HashId,
  person: PersonId,
  yes: Count,
  unseen: Count,
  found: json(z.array(VisitReport.shape.answers.element)),
  problems: z.string(),
  suggestions: z.string(),
  accepted_at: InstantMs,
});

export type VisitRow = z.infer<typeof VisitRow>;
export type DecisionRow = z.infer<typeof DecisionRow>;
export type PanelRow = z.infer<typeof PanelRow>;
export type SentRow = z.infer<typeof SentRow>;
export type ContradictionRow = z.infer<typeof ContradictionRow>;
export type SittingRow = z.infer<typeof SittingRow>;

/** The first lines of a list, and how many it has beyond them. */
export interface Listed<T> {
  readonly rows: readonly T[];
  readonly unlisted: number;
}

/** Nobody reads more lines than this. */
export const LINES = 200;
/** Objects on the disk that are asked about for one page; the batches they belong to are listed whole. */
const OWED_OBJECTS = 2_000;

/** What the newest receipt of a batch says: a later one counts what the first had to hold. */
const LATER = `left join lateral (select verdict, accepted, quarantined, record from later_receipts
  where batch = r.batch order by place desc limit 1) l on true`;
const newest = (column: "verdict" | "accepted" | "quarantined" | "record") =>
  `coalesce(l.${column}, r.${column})`;

/** The panel owes such a candidate nothing. */
const LEAVING = "d.kind in ('withdrawal', 'unexamined')";

const DECIDED = `select v.institution, b.device, v.sitting, v.place, v.seq, v.hash, v.subject, v.basis, v.follows, v.flags,
    v.decision, v.second, v.words, b.accepted_at, count(*) over () as total,
    (select max(s.day) from sittings s where s.institution = v.institution and s.sitting = v.sitting) as day
  from reviews v join batches b on b.id = v.batch`;

export function operatorQueries(db: Pick<Sql, "query">) {
  /** `text` says in each row how many rows there are, as `total`. */
  const list = async <S extends z.ZodType>(
    row: S,
    text: string,
    values: readonly unknown[] = [],
    after = 0,
  ): Promise<Listed<z.output<S>>> => {
    const found = await db.query(z.intersection(row, z.object({ total: Count })), text, values);
    return { rows: found, unlisted: found[0] ? found[0].total - after - found.length : 0 };
  };
  /** The lines that come after so many: where a list is thinned out by what no query knows. */
  const listAfter = <S extends z.ZodType>(row: S, text: string, after: number) =>
    list(row, `${text} limit ${LINES} offset $1`, [after], after);

  return {
    /** By laptop, the latest first: what it sent from `from` until `to`. */
    sentBetween: (from: InstantMs, to: InstantMs) =>
      list(
        SentRow,
        `select d.institution, b.device, count(*) as batches, coalesce(sum(${newest("accepted")}), 0) as accepted,
           coalesce(sum(${newest("quarantined")}), 0) as quarantined,
           sum(case when r.batch is null then 1 else 0 end) as waiting, max(b.accepted_at) as last,
           count(*) over () as total
         from batches b join devices d on d.kid = b.device left join receipts r on r.batch = b.id ${LATER}
         where b.accepted_at >= $1 and b.accepted_at < $2
         group by d.institution, b.device order by last desc, b.device limit ${LINES}`,
        [from, to],
      ),
    /** The same of all laptops together. */
    sumBetween: async (from: InstantMs, to: InstantMs) =>
      (
        await db.query(
          z.object({ batches: Count, accepted: Count }),
          `select count(*) as batches, coalesce(sum(${newest("accepted")}), 0) as accepted
           from batches b left join receipts r on r.batch = b.id ${LATER}
           where b.accepted_at >= $1 and b.accepted_at < $2`,
          [from, to],
        )
      )[0] ?? { batches: 0, accepted: 0 },
    /** Batches of which something does not count, the latest first, with the newest receipt of each. */
    setAside: () =>
      list(
        SetAsideRow,
        `select d.institution, b.device, b.id as batch, b.accepted_at, ${newest("record")} as record,
           count(*) over () as total
         from receipts r ${LATER} join batches b on b.id = r.batch join devices d on d.kid = b.device
         where (r.verdict <> 'accepted' or r.quarantined > 0)
           and (${newest("verdict")} <> 'accepted' or ${newest("quarantined")} > 0)
         order by b.reg_seq desc limit ${LINES}`,
      ),
    /** Sittings that were prepared and of which sheets have not come: candidates who are there times those who mark each. */
    openSittings: () =>
      list(
        SittingRow,
        `select *, count(*) over () as total from (
           select s.institution, s.sitting, max(s.day) as day, max(s.panel) as panel,
           (select count(*) from roster_candidates c where c.institution = s.institution and c.sitting = s.sitting)
             as candidates,
           (select count(*) from absences a where a.institution = s.institution and a.sitting = s.sitting
             and not exists (select 1 from deltas d where d.institution = a.institution and d.sitting = a.sitting
               and d.candidate = a.candidate and d.absence = a.hash)) as absent,
           (select count(distinct d.candidate) from deltas d where d.institution = s.institution
             and d.sitting = s.sitting and ${LEAVING}) as "left",
           (select count(*) from sheets x where x.institution = s.institution and x.sitting = s.sitting
             and not exists (select 1 from deltas d where d.institution = x.institution and d.sitting = x.sitting
               and d.candidate = x.candidate and ${LEAVING})) as sheets,
           (select count(*) from held_sheets h where h.institution = s.institution and h.sitting = s.sitting
             and not exists (select 1 from released_sheets r where r.hash = h.hash)) as held
         from sittings s group by s.institution, s.sitting) t
         where sheets < (candidates - absent - "left") * panel order by day desc, institution, sitting limit ${LINES}`,
      ),
    /** Who left, and whom their whole panel has signed for as well; settled or not. */
    contradictions: (after: number) =>
      listAfter(
        ContradictionRow,
        `select *, count(*) over () as total from (
           select d.institution, d.sitting, d.candidate, max(s.day) as day, max(s.panel) as panel,
             (select count(*) from sheets x where x.institution = d.institution and x.sitting = d.sitting
               and x.candidate = d.candidate) as sheets
           from deltas d join sittings s on s.institution = d.institution and s.sitting = d.sitting
           where ${LEAVING} group by d.institution, d.sitting, d.candidate) t
         where sheets >= panel order by day desc, institution, sitting, candidate`,
        after,
      ),
    /** Panels whose sheets, as they count now, lie too far apart: those that nobody settled first. */
    divergentPanels: (after: number) =>
      listAfter(
        PanelRow,
        `select *, count(*) over () as total from (
           select v.institution, v.sitting, v.candidate, v.spread, t.said, t.unasked,
             array_length(string_to_array(v.records, ' '), 1) as sheets,
             (select max(s.day) from sittings s where s.institution = v.institution and s.sitting = v.sitting) as day
           from divergences v left join lateral (
             select said, unasked from settlements t where t.institution = v.institution and t.sitting = v.sitting
               and t.candidate = v.candidate and t.records = v.records order by place desc, seq desc limit 1) t on true
           where v.records = (select string_agg(c.record, ' ' order by c.record collate "C") from (
             select coalesce((select a.hash from amendments a where a.target = x.hash
                 and not exists (select 1 from amendments n where n.basis = a.hash) limit 1), x.hash) as record
             from (select hash, institution, sitting, candidate from sheets
               union all select hash, institution, sitting, candidate from held_sheets h
                 where not exists (select 1 from released_sheets r where r.hash = h.hash)) x
             where x.institution = v.institution and x.sitting = v.sitting and x.candidate = v.candidate) c)) p
         order by (said is not null), day desc, institution, sitting, candidate`,
        after,
      ),
    /**
     * Offered, not accepted, and not among the whole ones that wait. An offer that was noted while its batch was being accepted
     * stays behind, and is none.
     */
    coming: (waiting: ReadonlySet<HashId>) =>
      list(
        ComingRow,
        `select batch, manifest, count(*) over () as total from offers o
         where not exists (select 1 from batches b where b.id = o.batch) and o.batch <> all($1::text[])
         order by batch limit ${LINES}`,
        [[...waiting]],
      ),
    /** Photographs of accepted batches that the registry has not stated to have in full; each batch with all of its own. */
    owedEvidence: async () => {
      const rows = await db.query(
        z.object({ ...OwedRow.shape, total: Count }),
        `select t.institution, t.device, t.batch, e.wire, e.size, t.total from (
           select d.institution, b.device, b.id as batch, b.reg_seq, count(*) over () as total,
             sum(n.objects) over (order by b.reg_seq) - n.objects as before
           from batches b join devices d on d.kid = b.device
             join (select batch, count(*) as objects from evidence_objects group by batch) n on n.batch = b.id
           where not exists (select 1 from evidence_statements s where s.batch = b.id)
           order by b.reg_seq limit ${LINES}) t
         join evidence_objects e on e.batch = t.batch
         where t.before < ${OWED_OBJECTS} order by t.reg_seq, e.wire`,
      );
      const batches = new Set(rows.map(({ batch }) => batch));
      return { rows, unlisted: (rows[0]?.total ?? 0) - batches.size };
    },
    /** What supervisors decided, the latest first. */
    decisions: () => list(DecisionRow, `${DECIDED} order by v.place desc, v.seq desc limit ${LINES}`),
    /** What they left to whoever runs the registry, whether it stands or not. */
    escalations: (after: number) =>
      listAfter(
        DecisionRow,
        `${DECIDED} where v.decision = 'escalate' order by v.place desc, v.seq desc`,
        after,
      ),
    /** What supervisors saw on site, the latest first. */
    visits: () =>
      list(
        VisitRow,
        `select v.institution, b.device, v.sitting, v.hash, v.person, v.yes, v.unseen, v.found, v.problems, v.suggestions,
           b.accepted_at, count(*) over () as total,
           (select max(s.day) from sittings s where s.institution = v.institution and s.sitting = v.sitting) as day
         from visits v join batches b on b.id = v.batch order by v.place desc, v.seq desc limit ${LINES}`,
      ),
    /** Laptops whose numbering says that batches before the last one are missing. */
    gaps: () =>
      list(
        GapRow,
        `select *, count(*) over () as total from (
           select d.institution, b.device, max(b.device_seq) - count(*) as missing from batches b
           join devices d on d.kid = b.device where not b.fork group by d.institution, b.device) t
         where missing > 0 order by institution, device limit ${LINES}`,
      ),
    /** Enrolled, in force, and never heard of since. */
    silent: () =>
      list(
        DeviceRow,
        `select institution, kid as device, count(*) over () as total from devices d
         where not exists (select 1 from batches b where b.device = d.kid)
           and kid not in (select kid from revocations)
           and not exists (select 1 from devices n where n.continues = d.kid) order by institution, kid limit ${LINES}`,
      ),
    frozen: () =>
      list(
        DeviceRow,
        `select d.institution, f.device, count(*) over () as total
         from frozen_devices f join devices d on d.kid = f.device
         order by d.institution, f.device limit ${LINES}`,
      ),
  };
}
