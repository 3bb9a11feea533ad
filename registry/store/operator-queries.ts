// What an operator asks of the index: sums and lists for one page, each with a limit. A day end is millions of rows, so
// everything that can be added up is added up there.
import { z } from "zod";
import { Day, HashId, InstitutionId, Kid, SittingId, type InstantMs } from "#shared/base";
import type { Sql } from "./sql.ts";
import { Stored } from "./stored.ts";

const Count = z.int();

const SentRow = z.object({
  institution: InstitutionId,
  device: Kid,
  batches: Count,
  accepted: Count,
  quarantined: Count,
  waiting: Count,
  last: Count,
});
const SetAsideRow = z.object({
  institution: InstitutionId,
  device: Kid,
  batch: HashId,
  accepted_at: Count,
  sheets: Count,
  record: Stored,
});
const SittingRow = z.object({
  institution: InstitutionId,
  sitting: SittingId,
  day: Day.nullable(),
  panel: Count,
  candidates: Count,
  absent: Count,
  sheets: Count,
  held: Count,
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

export type SentRow = z.infer<typeof SentRow>;
export type SetAsideRow = z.infer<typeof SetAsideRow>;
export type SittingRow = z.infer<typeof SittingRow>;

/** Nobody reads more lines than this; how many there are is said beside them. */
export const LINES = 200;

export function operatorQueries(db: Pick<Sql, "query">) {
  const count = async (text: string, values: readonly unknown[] = []) =>
    (await db.query(z.object({ count: Count }), text, values))[0]?.count ?? 0;

  return {
    /** By laptop, the latest first: what it sent from `from` until `to`. */
    sentBetween: (from: InstantMs, to: InstantMs) =>
      db.query(
        SentRow,
        `select d.institution, b.device, count(*) as batches, coalesce(sum(r.accepted), 0) as accepted,
           coalesce(sum(r.quarantined), 0) as quarantined, sum(case when r.batch is null then 1 else 0 end) as waiting,
           max(b.accepted_at) as last
         from batches b join devices d on d.kid = b.device left join receipts r on r.batch = b.id
         where b.accepted_at >= $1 and b.accepted_at < $2
         group by d.institution, b.device order by last desc, b.device limit ${LINES}`,
        [from, to],
      ),
    /** Batches of which something does not count, the latest first, with the newest receipt of each. */
    setAside: () =>
      db.query(
        SetAsideRow,
        `select d.institution, b.device, b.id as batch, b.accepted_at, r.quarantined as sheets,
           coalesce((select l.record from later_receipts l where l.batch = b.id order by l.place desc limit 1), r.record)
             as record
         from receipts r join batches b on b.id = r.batch join devices d on d.kid = b.device
         where r.verdict <> 'accepted' or r.quarantined > 0 order by b.reg_seq desc limit ${LINES}`,
      ),
    setAsideCount: () =>
      count("select count(*) as count from receipts where verdict <> 'accepted' or quarantined > 0"),
    /** Sittings that were prepared and of which sheets have not come: present candidates times those who mark each. */
    openSittings: () =>
      db.query(
        SittingRow,
        `select * from (select s.institution, s.sitting, max(s.day) as day, max(s.panel) as panel,
           (select count(*) from roster_candidates c where c.institution = s.institution and c.sitting = s.sitting)
             as candidates,
           (select count(*) from absences a where a.institution = s.institution and a.sitting = s.sitting) as absent,
           (select count(*) from sheets x where x.institution = s.institution and x.sitting = s.sitting) as sheets,
           (select count(*) from held_sheets h where h.institution = s.institution and h.sitting = s.sitting
             and not exists (select 1 from released_sheets r where r.hash = h.hash)) as held
         from sittings s group by s.institution, s.sitting) t
         where sheets < (candidates - absent) * panel order by day desc, institution, sitting limit ${LINES}`,
      ),
    /** Offered, and not all of it here. */
    coming: () => db.query(ComingRow, `select batch, manifest from offers order by batch limit ${LINES}`),
    /** Photographs of accepted batches that the registry has not stated to have in full. */
    owedEvidence: () =>
      db.query(
        OwedRow,
        `select d.institution, b.device, e.batch, e.wire, e.size from evidence_objects e
         join batches b on b.id = e.batch join devices d on d.kid = b.device
         where not exists (select 1 from evidence_statements s where s.batch = e.batch)
         order by b.reg_seq, e.wire limit 2000`,
      ),
    /** Laptops whose numbering says that batches before the last one are missing. */
    gaps: () =>
      db.query(
        GapRow,
        `select * from (select d.institution, b.device, max(b.device_seq) - count(*) as missing from batches b
           join devices d on d.kid = b.device where not b.fork group by d.institution, b.device) t
         where missing > 0 order by institution, device limit ${LINES}`,
      ),
    /** Enrolled, in force, and never heard of since. */
    silent: () =>
      db.query(
        DeviceRow,
        `select institution, kid as device from devices d where not exists (select 1 from batches b where b.device = d.kid)
           and kid not in (select kid from revocations)
           and not exists (select 1 from devices n where n.continues = d.kid) order by institution, kid limit ${LINES}`,
      ),
    frozen: () =>
      db.query(
        DeviceRow,
        `select d.institution, f.device from frozen_devices f join devices d on d.kid = f.device
         order by d.institution, f.device limit ${LINES}`,
      ),
    unjudgedCount: () =>
      count(
        "select count(*) as count from batches b where not exists (select 1 from receipts r where r.batch = b.id)",
      ),
  };
}
