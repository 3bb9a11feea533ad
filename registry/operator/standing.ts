// What an operator has to know today, gathered from index and objects: who sent what, what does not count and why, what
// has not come. Laptops and institutions by their own names; of candidates nothing but numbers.
import { InstantMs, instantToDay, invariant, type HashId, type Kid } from "#shared/base";
import type { BatchManifest, ReceiptRecord } from "#shared/wire";
import type { Acceptance } from "../acceptance/accept.ts";
import type { ObjectStore } from "../acceptance/objects.ts";
import type { Index } from "../store/index-of-journal.ts";
import type {
  ContradictionRow,
  Listed,
  PanelRow,
  SentRow,
  SittingRow,
  VisitRow,
} from "../store/operator-queries.ts";
import { ownRecord } from "../store/stored.ts";
import { gatherContradictions, gatherDecisions, gatherPanels, type Decisions } from "./decisions.ts";

export interface StandingDeps {
  readonly index: Index;
  readonly objects: Pick<ObjectStore, "sizeOf">;
  readonly acceptance: Pick<Acceptance, "waiting">;
  readonly clock: () => number;
  readonly checkpoint: () => Checkpoint | null;
}

/** The newest checkpoint of the public log, as it is published. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** Base64, as in the note. */
  readonly root: string;
}

export interface SetAside {
  readonly institution: string;
  readonly device: Kid;
  readonly batch: HashId;
  readonly at: InstantMs;
  /** Sheets of it that do not count; none where the trouble lies in something else. */
  readonly sheets: number;
  readonly notes: readonly { readonly code: string; readonly count: number }[];
}

export interface Owing {
  readonly institution: string;
  readonly device: Kid;
  readonly batch: HashId;
  readonly objects: number;
  readonly bytes: number;
}

export interface Standing {
  readonly at: InstantMs;
  readonly today: { readonly batches: number; readonly accepted: number };
  readonly sent: Listed<SentRow>;
  readonly setAside: Listed<SetAside>;
  readonly decisions: Decisions;
  /** What supervisors saw on site. */
  readonly visits: Listed<VisitRow>;
  readonly contradictions: Listed<ContradictionRow>;
  readonly panels: Listed<PanelRow>;
  readonly sittings: Listed<SittingRow>;
  readonly coming: Listed<Owing>;
  readonly evidence: Listed<Owing>;
  readonly gaps: Awaited<ReturnType<Index["gaps"]>>;
  readonly silent: Awaited<ReturnType<Index["silent"]>>;
  readonly frozen: Awaited<ReturnType<Index["frozen"]>>;
  readonly pendingKeys: number;
  readonly revocations: number;
  /** The batches that acceptance calls waiting; the metrics count the same. */
  readonly waiting: number;
  readonly checkpoint: Checkpoint | null;
}

const DAY_MS = 24 * 3_600_000;

export async function gatherStanding(deps: StandingDeps): Promise<Standing> {
  const { index, objects, acceptance, clock, checkpoint } = deps;
  const at = InstantMs.parse(clock());
  const from = InstantMs.parse(Date.parse(`${instantToDay(at)}T00:00:00+08:00`));
  const to = InstantMs.parse(from + DAY_MS);
  const setAside = await index.setAside();
  const waiting = new Set(acceptance.waiting());
  return {
    at,
    today: await index.sumBetween(from, to),
    sent: await index.sentBetween(from, to),
    setAside: { ...setAside, rows: setAside.rows.map((row) => setAsideOf(row)) },
    decisions: await gatherDecisions(index),
    visits: await index.visits(),
    contradictions: await gatherContradictions(index),
    panels: await gatherPanels(index),
    sittings: await index.openSittings(),
    coming: await comingOf(index, objects, waiting),
    evidence: await owedEvidenceOf(index, objects),
    gaps: await index.gaps(),
    silent: await index.silent(),
    frozen: await index.frozen(),
    pendingKeys: new Set((await index.pendingVouches()).map(({ kid }) => kid)).size,
    revocations: await index.revocationsVersion(),
    waiting: waiting.size,
    checkpoint: checkpoint(),
  };
}

function setAsideOf(row: Awaited<ReturnType<Index["setAside"]>>["rows"][number]): SetAside {
  const receipt: ReceiptRecord = ownRecord("receipt", row.record).value;
  const counts = new Map<string, number>();
  for (const { code } of receipt.notes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return {
    institution: row.institution,
    device: row.device,
    batch: row.batch,
    at: row.accepted_at,
    sheets: receipt.sheets.quarantined,
    notes: [...counts].map(([code, count]) => ({ code, count })),
  };
}

/** What is still missing of each offered batch; nothing, when it came whole and a start lost sight of it: its laptop asks again. */
async function comingOf(
  index: Index,
  objects: StandingDeps["objects"],
  waiting: ReadonlySet<HashId>,
): Promise<Listed<Owing>> {
  const offered = await index.coming(waiting);
  const owing: Owing[] = [];
  for (const { batch, manifest } of offered.rows) {
    const named: BatchManifest = ownRecord("batch", manifest).value;
    const device = await index.device(named.device);
    invariant(device, "an offered batch came from an enrolled device");
    let [missing, bytes] = [0, 0];
    for (const { wire, size, role } of named.objects) {
      if (role === "evidence" || (await objects.sizeOf(wire)) !== undefined) continue;
      missing += 1;
      bytes += size;
    }
    owing.push({ institution: device.institution, device: device.kid, batch, objects: missing, bytes });
  }
  return { ...offered, rows: owing };
}

async function owedEvidenceOf(index: Index, objects: StandingDeps["objects"]): Promise<Listed<Owing>> {
  const owed = await index.owedEvidence();
  const owing = new Map<HashId, Owing>();
  for (const { institution, device, batch, wire, size } of owed.rows) {
    if ((await objects.sizeOf(wire)) !== undefined) continue;
    const known = owing.get(batch) ?? { institution, device, batch, objects: 0, bytes: 0 };
    owing.set(batch, { ...known, objects: known.objects + 1, bytes: known.bytes + size });
  }
  return { ...owed, rows: [...owing.values()] };
}
