// The director of a drill: one step after the other, each with processes of its own in a scratch folder, each judged by
// judge.ts. It can be left alone and it can be stopped; whatever happens, its processes end and its folder goes.
import { mkdir, readdir, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { bytesToHex, type Bytes } from "#shared/base";
import type { DrillResult, DrillStep } from "#shared/exam";
import {
  judgeClock,
  judgeDead,
  judgeFull,
  judgeKills,
  judgeNetwork,
  judgeStick,
  judgeStore,
  notTried,
  type Acknowledged,
  type Verdict,
} from "./judge.ts";
import type { Report, ReportOf, Task } from "./messages.ts";

/** A process of the drill, started and not yet asked anything. */
export interface DrillProcess {
  ask(task: Task): void;
  onReport(listener: (report: Report) => void): void;
  /** At once and without a word, as a power cut or a task manager does it. */
  kill(): Promise<void>;
  /** Resolves when it has gone, for whatever reason. */
  readonly gone: Promise<void>;
}

export interface DirectorParts {
  /** A folder nobody else uses, on the disk the journal is on; made by the drill, and gone after it. */
  readonly scratch: string;
  readonly startProcess: (profile: string) => DrillProcess;
  readonly random: (length: number) => Bytes;
  /** In [0, 1): when the next blow falls. */
  readonly chance: () => number;
  readonly mono: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly reserveBytes: number;
}

export interface Drill {
  /** Where the copy goes that is pulled: a folder of its own on the centre's stick, or null for one on this disk. */
  readonly stick: string | null;
  readonly kills: number;
  readonly steps: readonly DrillStep[];
}

export interface DrillProgress {
  readonly step: DrillStep | null;
  readonly results: readonly DrillResult[];
}

export interface RunningDrill {
  /** The steps, in order; those after a stop were not tried. */
  readonly done: Promise<DrillResult[]>;
  stop(): void;
}

const LONGEST_MS = 60_000;
const BLOW_MS = { least: 30, most: 450 };
const PULLS = 2;

export function startDrill(
  drill: Drill,
  parts: DirectorParts,
  onProgress: (progress: DrillProgress) => void,
): RunningDrill {
  const alive = new Set<DrillProcess>();
  let isStopped = false;
  const stage: Stage = {
    drill,
    parts,
    key: bytesToHex(parts.random(32)),
    start: () => {
      if (isStopped) throw new Stopped();
      const started = parts.startProcess(join(parts.scratch, "profile"));
      alive.add(started);
      void started.gone.then(() => alive.delete(started));
      return started;
    },
  };

  const run = async (): Promise<DrillResult[]> => {
    const results: DrillResult[] = [];
    try {
      await clearScratch(parts.scratch);
      await mkdir(parts.scratch, { recursive: true, mode: 0o700 });
      for (const step of drill.steps) {
        onProgress({ step: isStopped ? null : step, results: [...results] });
        const startedAt = parts.mono();
        const verdict = isStopped ? notTried() : await tryStep(step, stage, () => isStopped);
        results.push({ step, ...verdict, durationMs: Math.max(0, Math.round(parts.mono() - startedAt)) });
      }
      onProgress({ step: null, results: [...results] });
      return results;
    } finally {
      await Promise.all([...alive].map((one) => one.kill()));
      await clearScratch(parts.scratch);
      if (drill.stick !== null) await clearScratch(drill.stick);
    }
  };
  return {
    done: run(),
    stop: () => {
      isStopped = true;
      for (const one of alive) void one.kill();
    },
  };
}

/** What a drill leaves behind when the laptop goes off in the middle of it is gone at the next start. */
export async function clearScratch(scratch: string): Promise<void> {
  await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
}

interface Stage {
  readonly drill: Drill;
  readonly parts: DirectorParts;
  readonly key: string;
  readonly start: () => DrillProcess;
}

class Stopped extends Error {}
/** The process of a step ended before its report, or never made one. */
class Died extends Error {}

async function tryStep(step: DrillStep, stage: Stage, isStopped: () => boolean): Promise<Verdict> {
  try {
    return await STEPS[step](stage);
  } catch (error) {
    if (isStopped() || error instanceof Stopped) return notTried();
    if (error instanceof Died) return judgeDead(step !== "killed" && step !== "wiped");
    throw error;
  }
}

const STEPS: Record<DrillStep, (stage: Stage) => Promise<Verdict>> = {
  killed: async (stage) => {
    const place = placeOf("killed", stage);
    const acknowledged: Acknowledged[] = [];
    for (let kill = 0; kill < stage.drill.kills; kill++)
      acknowledged.push(...(await markAndKill(place, stage)));
    const { hashes } = await ask({ do: "read", ...place }, "found", stage);
    return judgeKills(stage.drill.kills, acknowledged, hashes);
  },

  full: async (stage) => {
    const task = { do: "full", ...placeOf("full", stage), reserveBytes: stage.parts.reserveBytes } as const;
    const report = await ask(task, "full", stage);
    const { bavail, bsize } = await statfs(stage.parts.scratch);
    return judgeFull(report, bavail * bsize);
  },

  wiped: async (stage) => {
    const task = { do: "store", ...placeOf("killed", stage) } as const;
    const before = await ask(task, "store", stage);
    const files = await wipe(join(stage.parts.scratch, "profile", "IndexedDB"));
    return judgeStore(before, files, await ask(task, "store", stage));
  },

  clock: async (stage) => judgeClock(await ask({ do: "clock", ...placeOf("clock", stage) }, "clock", stage)),

  network: async (stage) =>
    judgeNetwork(await ask({ do: "network", ...placeOf("network", stage) }, "network", stage)),

  stick: async (stage) => {
    const stick = stage.drill.stick ?? join(stage.parts.scratch, "stick");
    const task = { do: "stick", ...placeOf("carried", stage), stick, pulls: PULLS } as const;
    return judgeStick(await ask(task, "stick", stage));
  },
};

function placeOf(name: string, { parts, key }: Stage): { folder: string; key: string } {
  return { folder: join(parts.scratch, name), key };
}

/** One round: opens what the last blow left, marks, and is struck down at a moment nobody chose. */
async function markAndKill(
  place: { folder: string; key: string },
  { start, parts }: Stage,
): Promise<Acknowledged[]> {
  const started = start();
  const acknowledged: Acknowledged[] = [];
  const blowMs = BLOW_MS.least + parts.chance() * (BLOW_MS.most - BLOW_MS.least);
  const struck = new Promise<void>((resolve, reject) => {
    const stopTimer = parts.after(LONGEST_MS, () => reject(new Died("it never began")));
    started.onReport((report) => {
      if (report.report === "ready") started.ask({ do: "mark", ...place });
      if (report.report === "acknowledged") {
        const { seq, hash, unflushed } = report;
        // The clock of the blow starts with the first mark that was saved: a slow disk must have something to lose.
        if (acknowledged.length === 0) {
          stopTimer();
          parts.after(blowMs, () => void started.kill().then(resolve));
        }
        acknowledged.push({ seq, hash, unflushed });
      }
      if (report.report === "failed") reject(new Died(report.code));
    });
    void started.gone.then(resolve);
  });
  try {
    await struck;
  } finally {
    await started.kill();
  }
  return acknowledged;
}

/** A fresh process, one task, its report; then the process goes. */
async function ask<K extends Report["report"]>(
  task: Task,
  wanted: K,
  { start, parts }: Stage,
): Promise<ReportOf<K>> {
  const started = start();
  try {
    return await new Promise<ReportOf<K>>((resolve, reject) => {
      const stopTimer = parts.after(LONGEST_MS, () => reject(new Died("too long")));
      const end = (act: () => void) => {
        stopTimer();
        act();
      };
      started.onReport((report) => {
        if (report.report === "ready") started.ask(task);
        else if (report.report === wanted) end(() => resolve(report as ReportOf<K>));
        else if (report.report === "failed") end(() => reject(new Died(report.code)));
      });
      void started.gone.then(() => end(() => reject(new Died("gone"))));
    });
  } finally {
    await started.kill();
  }
}

/** Throws the store's files away behind Chromium's back; answers how many there were. */
async function wipe(folder: string): Promise<number> {
  const files = await countFiles(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  return files;
}

/** Folder by folder: the oldest runtime we keep to (Node 18.15) does not list what lies deeper. */
async function countFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  let files = 0;
  for (const entry of entries) files += entry.isDirectory() ? await countFiles(join(folder, entry.name)) : 1;
  return files;
}
