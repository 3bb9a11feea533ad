// An outbox on a bench: a journal in memory that holds one enrolled centre and sealed batches, a clock that only the test
// moves, and whatever stands for the network.
import { randomBytes } from "node:crypto";
import { CandidateRef, Day, InstitutionId, PersonId, type Bytes, type HashId } from "#shared/base";
import type { SendProgress } from "#shared/ipc";
import { registryUrlOf } from "../../electron/desk/index.ts";
import {
  createOutbox,
  createSealedBytes,
  type Fetch,
  type OutboxDeps,
  type RegistryTrust,
  type SendingOutbox,
} from "../../electron/outbox/index.ts";
import { createMemoryJournal, type MemoryJournal } from "./desk-harness.ts";
import { hashId } from "#shared/crypto";
import { afterMs } from "./real-timers.ts";
import { aRubric, PERSON, type Laptop, type SealedBatchBytes } from "./wire-builders.ts";
import { rubricHash } from "#shared/wire";

export interface Bench {
  readonly journal: MemoryJournal;
  readonly outbox: SendingOutbox;
  readonly progress: SendProgress[];
  readonly failures: unknown[];
  /** What went to the bug log. */
  readonly reports: unknown[];
  /** Writes a sealed batch into the journal, as the desk does. */
  seal(sealed: SealedBatchBytes): Promise<void>;
  /** The same journal after a restart: nothing of the sending is left but what was written down. */
  restart(): SendingOutbox;
  row(batch: HashId): ReturnType<typeof rowOf>;
  /** Moves the clock and runs what became due. */
  pass(ms: number): void;
  /** Lets a wait be over; while a call runs the clock only creeps, or the call would time out. */
  passWaits(): void;
  /** Ends every wait of a batch, however long, and nothing else. */
  skipWaits(): void;
  now(): number;
}

export async function aBench(
  laptop: Laptop,
  {
    url,
    givenUrl = null,
    fetch,
    trust,
    clock = "moved",
  }: {
    url: string;
    givenUrl?: string | null;
    fetch: Fetch;
    trust: RegistryTrust;
    clock?: "real" | "moved";
  },
): Promise<Bench> {
  const journal = createMemoryJournal();
  await openCentre(journal, laptop, url);
  const timers = clock === "real" ? REAL_TIMERS : createManualTimers();
  const progress: SendProgress[] = [];
  const failures: unknown[] = [];
  const reports: unknown[] = [];
  /** Sealed pictures by their wire hash, as files would hold them. */
  const pictures = new Map<HashId, Bytes>();
  const wall = 1_795_420_000_000;
  const deps: OutboxDeps = {
    journal,
    bytes: createSealedBytes({
      view: journal.view,
      attachments: (seq) => journal.attachments(seq),
      sealedPicture: (wire) => Promise.resolve(pictures.get(wire)),
    }),
    device: () => laptop.keys.device,
    random: (length) => new Uint8Array(randomBytes(length)),
    wall: () => wall + Math.floor(timers.now()),
    fetch,
    timers,
    clock: timers.now,
    chance: () => 0.5,
    trust: () => Promise.resolve(trust),
    onProgress: (made) => progress.push(made),
    onLink: () => undefined,
    registryUrl: (centre) => registryUrlOf(centre, givenUrl),
    report: (error) => reports.push(error),
    fail: (error) => failures.push(error),
  };
  const outbox = createOutbox(deps);
  return {
    journal,
    outbox,
    progress,
    failures,
    reports,
    seal: (sealed) => {
      sealed.manifest.objects.forEach(({ wire, role }, i) => {
        const bytes = sealed.objects[i];
        if (role === "evidence" && bytes) pictures.set(wire, bytes);
      });
      return sealBatch(journal, laptop, sealed);
    },
    restart: () => {
      outbox.close();
      return createOutbox(deps);
    },
    row: (batch) => rowOf(journal, batch),
    pass: timers.pass,
    passWaits: () => {
      const isWaiting = outbox.progress().some(({ phase }) => phase === "waiting");
      timers.pass(isWaiting ? 60_000 : 50);
    },
    skipWaits: () => {
      const waits = outbox
        .progress()
        .flatMap(({ phase, nextTryMs }) => (phase === "idle" ? [] : (nextTryMs ?? [])));
      if (waits.length > 0 && waits.length === outbox.progress().length) timers.pass(Math.min(...waits));
    },
    now: timers.now,
  };
}

function rowOf(journal: MemoryJournal, batch: HashId) {
  const row = journal.view.read("batches", batch);
  if (!row) throw new Error(`no batch ${batch}`);
  return row;
}

async function openCentre(journal: MemoryJournal, laptop: Laptop, url: string): Promise<void> {
  const people = Object.values(PERSON).map((id) => ({
    id: PersonId.parse(id),
    name: "某人",
    roles: ["examiner" as const],
  }));
  const written = await journal.append(null, [
    {
      body: {
        kind: "centre.opened",
        institution: {
          id: InstitutionId.parse("demo-centre"),
          name: { zh: "中心", en: "Centre" },
          demo: true,
        },
        people,
        device: laptop.keys.device.kid,
        aud: laptop.permit.value.aud,
        registry: { url, name: { zh: "登记处", en: "Registry" } },
        keyset: hashId(new Uint8Array([4])),
        storage: "demo-file",
      },
    },
    { body: { kind: "rubric.added", hash: rubricHash(aRubric()), rubric: aRubric() } },
  ]);
  if (!written.ok) throw new Error(written.error.code);
}

async function sealBatch(journal: MemoryJournal, laptop: Laptop, sealed: SealedBatchBytes): Promise<void> {
  const { occupation, direction, level } = laptop.rubric;
  const { manifest, batch } = sealed;
  const ref = manifest.root.slice(-32);
  const sitting = {
    id: laptop.sitting,
    day: Day.parse("2026-11-23"),
    occupation,
    direction,
    level,
    rubric: rubricHash(laptop.rubric),
    panel: [{ person: PERSON.leader, leader: true }],
    perRotation: 5,
    supervisor: null,
    observed: true,
    mitigation: null,
  };
  const candidate = {
    ref: CandidateRef.parse(ref),
    sitting: sitting.id,
    no: 1,
    rotation: 1,
    name: "考生",
    idMasked: "990000********0017",
    ticketNo: "T1",
  };
  const roster = { hash: manifest.root, seq: 1, fileName: "roster.csv", source: manifest.root, refused: 0 };
  // Pictures lie as files beside the journal.
  const attached = sealed.objects.filter((_, at) => manifest.objects[at]?.role !== "evidence");
  const attachments: Bytes[] = [sealed.record, ...attached];
  const written = await journal.append(null, [
    { body: { kind: "sitting.prepared", sitting, candidates: [candidate], roster, trainers: [] } },
    {
      body: {
        kind: "batch.sealed",
        batch,
        sitting: sitting.id,
        covers: [sitting.id],
        deviceSeq: manifest.deviceSeq,
        range: { first: manifest.range.first, last: manifest.range.last },
        sheets: manifest.sheets,
        absent: manifest.attendance,
        missing: 0,
        explanation: "",
        objects: manifest.objects,
      },
      attachments,
    },
  ]);
  if (!written.ok) throw new Error(written.error.code);
}

/** Time as it is; nobody moves it. */
const REAL_TIMERS = {
  now: () => performance.now(),
  after: afterMs,
  pass: () => {
    throw new Error("real time is not moved");
  },
};

function createManualTimers() {
  let time = 1_000_000;
  let pending: { at: number; act: () => void }[] = [];
  return {
    now: () => time,
    after: (ms: number, act: () => void) => {
      const timer = { at: time + ms, act };
      pending.push(timer);
      return () => {
        pending = pending.filter((one) => one !== timer);
      };
    },
    pass: (ms: number) => {
      time += ms;
      for (;;) {
        const due = pending
          .filter(({ at }) => at <= time)
          .sort((a, b) => a.at - b.at)
          .at(0);
        if (!due) return;
        pending = pending.filter((one) => one !== due);
        due.act();
      }
    },
  };
}

/** Waits for a fact, letting everything else run. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const start = performance.now();
  while (!isSo()) {
    if (performance.now() - start > 10_000) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
