// What a registry counts about itself. It looks on: decisions as they are written, flushes as they return, answers as they
// leave; no part of acceptance asks it anything.
import type { FileHandle } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { FastifyInstance } from "fastify";
import type { HashId } from "#shared/base";
import type { ReceiptRecord } from "#shared/wire";
import type { WriteEntry } from "../acceptance/write-entry.ts";
import type { Load } from "../routes/guard.ts";
import { ownRecord } from "../store/stored.ts";
import { createInstruments } from "./instruments.ts";

export interface Metrics {
  timedFlush(flush: (file: FileHandle) => Promise<void>): (file: FileHandle) => Promise<void>;
  countedWrite(write: WriteEntry): WriteEntry;
  attach(server: FastifyInstance): void;
  /** What is read when somebody asks, once it is there. */
  watch(sources: MetricSources): void;
  text(): string;
  close(): void;
}

export interface MetricSources {
  readonly load: () => Load;
  /** Batches whose objects are here and whose receipt is not. */
  readonly waiting: () => number;
  readonly journalEntries: () => number;
  /** Leaves under the newest checkpoint. */
  readonly logSize: () => number | undefined;
}

const FLUSH_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const RECEIPT_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(monotonic: () => number): Metrics {
  const instruments = createInstruments();
  const { counter, gauge, total, histogram } = instruments;
  const batches = counter("jiangping_batches_total", "Batches judged, by verdict.");
  const sheets = counter(
    "jiangping_sheets_total",
    "Sheets judged: accepted, quarantined, or released later.",
  );
  const notes = counter("jiangping_quarantine_notes_total", "Notes in receipts, by code.");
  const decisions = counter("jiangping_decisions_total", "Entries of the acceptance journal, by kind.");
  const answers = counter("jiangping_http_answers_total", "Answers, by method, route and status.");
  const flushes = histogram(
    "jiangping_journal_flush_seconds",
    "Time a flush of the journal takes.",
    FLUSH_BOUNDS,
  );
  const receipts = histogram(
    "jiangping_receipt_seconds",
    "From the moment a whole batch is taken to its flushed receipt.",
    RECEIPT_BOUNDS,
  );
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const started = Date.now() / 1000;
  gauge("process_start_time_seconds", "Start of the process, Unix time.", () => started);
  gauge("process_resident_memory_bytes", "Resident memory.", () => process.memoryUsage.rss());
  gauge("jiangping_heap_used_bytes", "JavaScript heap in use.", () => process.memoryUsage().heapUsed);
  total("process_cpu_seconds_total", "Processor time, user and system.", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  gauge("jiangping_event_loop_delay_p99_seconds", "Delay of the event loop, 99th percentile.", () =>
    delay.count > 0 ? delay.percentile(99) / 1e9 : undefined,
  );

  const taken = new Map<HashId, number>();
  const countJudged = (receipt: ReceiptRecord): void => {
    batches.add({ verdict: receipt.verdict });
    sheets.add({ result: "accepted" }, receipt.sheets.accepted);
    sheets.add({ result: "quarantined" }, receipt.sheets.quarantined);
    for (const { code } of receipt.notes) notes.add({ code });
    const since = taken.get(receipt.batch);
    if (since === undefined) return; // taken by an earlier process
    taken.delete(receipt.batch);
    receipts.observe((monotonic() - since) / 1000);
  };

  return {
    timedFlush: (flush) => async (file) => {
      const since = monotonic();
      await flush(file);
      flushes.observe((monotonic() - since) / 1000);
    },
    countedWrite: (write) => async (entry) => {
      if (entry.kind === "batch.accepted") taken.set(entry.batch, monotonic());
      await write(entry);
      decisions.add({ kind: entry.kind });
      if (entry.kind === "batch.judged") countJudged(ownRecord("receipt", entry.receipt.record).value);
      if (entry.kind === "held.accepted") sheets.add({ result: "released" }, entry.sheets.length);
    },
    attach: (server) => {
      server.addHook("onResponse", (request, reply, done) => {
        const route = request.routeOptions.url ?? "none";
        answers.add({ method: request.method, route, status: String(reply.statusCode) });
        done();
      });
    },
    watch: ({ load, waiting, journalEntries, logSize }) => {
      gauge(
        "jiangping_open_requests",
        "Requests received, worked on or answered now.",
        () => load().requests,
      );
      gauge("jiangping_body_bytes", "Bytes of bodies that may be in memory now.", () => load().bodyBytes);
      gauge("jiangping_batches_waiting", "Batches that wait for their judgement.", waiting);
      gauge("jiangping_journal_entries", "Entries in the acceptance journal.", journalEntries);
      gauge("jiangping_log_size", "Leaves of the public log under its newest checkpoint.", logSize);
    },
    text: () => instruments.text(),
    close: () => {
      delay.disable();
    },
  };
}
