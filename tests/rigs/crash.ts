// The crash rig (P1, P4, S1, S2). (a) The journal on a modelled disk that loses, tears and reorders what was not
// flushed, cut at random calls of three workloads; (b) a full disk and a broken one at every write of a sitting; (c) the
// real app killed while marking.
import { createRandom, pickInt, type Random } from "#shared/base";
import { startDemoRegistry } from "../support/demo-registry.ts";
import {
  createFaultDisk,
  type DiskCall,
  type FaultDisk,
  type Remains,
} from "../support/fault-file-system.ts";
import { ACTOR, aDraft, draftsIn, openOn } from "../support/journal-on-disk.ts";
import { killRounds } from "../support/kill-rounds.ts";
import { rounded, type Measured } from "../support/measured.ts";
import type { RigOptions } from "./options.ts";

/** Calls that are made together, each a group of entries by their numbers. */
type Workload = readonly (readonly (readonly number[])[])[];

const workloads: Readonly<Record<string, { calls: Workload; attached: number }>> = {
  // One person marking: one call after the other.
  marks: { calls: Array.from({ length: 12 }, (_, i) => [[i + 1]]), attached: 0 },
  // Marks that arrive together and share a flush.
  together: {
    calls: [
      [[1], [2, 3], [4]],
      [[5, 6, 7], [8]],
      [[9], [10], [11], [12, 13]],
    ],
    attached: 200,
  },
  // Sealing a day: large groups, and a next segment is begun.
  closing: { calls: [[[1, 2]], [[3]], [[4, 5]]], attached: 2 * 1024 * 1024 },
};

export async function crashRig(options: RigOptions): Promise<Measured> {
  const started = Date.now();
  const model = await cutPowerAtRandom(options);
  const broken = await breakEveryWrite();
  const kills = await killReal(options);
  const lost = model.lost + broken.lost + kills.lost.length;
  const phantom = model.phantom + kills.phantom.length;
  for (const fault of [...kills.lost, ...kills.phantom]) options.say(fault);
  return {
    name: "crash",
    figures: {
      seed: options.seed,
      workloads: Object.keys(workloads).join(" "),
      cutsPerWorkload: options.count,
      modelledCuts: model.cuts,
      modelledAcknowledged: model.acknowledged,
      writesOfASitting: SITTING,
      failedWrites: broken.failed,
      sittingsFinished: broken.finished,
      realKills: kills.kills,
      realAcknowledged: kills.acknowledged,
      lost,
      phantom,
      seconds: rounded((Date.now() - started) / 1000, 1),
    },
    goals: {
      lost: { goal: "0 acknowledged entries lost", met: lost === 0 },
      phantom: {
        goal: "0 entries that nobody asked for, were refused or came by halves",
        met: phantom === 0,
      },
      finished: {
        goal: "every sitting can be finished after a full or a broken disk",
        met: broken.finished === broken.failed,
      },
      kills: { goal: "real kills met marks that were acknowledged", met: kills.acknowledged > kills.kills },
    },
  };
}

export interface ModelReport {
  readonly cuts: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly phantom: number;
}

/** `count` cuts of the power for each workload. */
export async function cutPowerAtRandom({ count, seed, say }: RigOptions): Promise<ModelReport> {
  const random = createRandom(seed);
  const sum = { cuts: 0, acknowledged: 0, lost: 0, phantom: 0 };
  for (const [name, { calls, attached }] of Object.entries(workloads)) {
    const callsToDisk = (await live(calls, attached, () => undefined)).disk.trace.length;
    for (let cut = 0; cut < count; cut++) {
      const { found, acknowledged } = await cutOnce(calls, attached, pickInt(1, callsToDisk, random), random);
      sum.cuts += 1;
      sum.acknowledged += acknowledged.length;
      sum.lost += acknowledged.filter((n) => !found.includes(n)).length;
      sum.phantom += phantoms(calls, found, acknowledged);
    }
    say(`${name}: ${String(count)} cuts, ${String(sum.lost)} lost, ${String(sum.phantom)} phantom so far`);
  }
  return sum;
}

/** Runs the workload and takes the disk away at its nth call; what was acknowledged until then must be found again. */
async function cutOnce(calls: Workload, attached: number, nth: number, random: Random) {
  let after: FaultDisk | undefined;
  let known: number[] = [];
  let seen = 0;
  await live(
    calls,
    attached,
    (disk, acknowledged) => {
      seen += 1;
      if (seen !== nth) return;
      after = disk.cutPower(() => someRemains(random));
      known = [...acknowledged];
    },
    // What is asked of a disk that was taken away tells nothing.
    () => after !== undefined,
  );
  const journal = await openOn(after ?? createFaultDisk());
  const found = await draftsIn(journal);
  // The journal must go on from there, and what it takes now must be there at the next start.
  await journal.append(ACTOR, [aDraft(NEXT)]);
  await journal.close();
  const again = await draftsIn(await openOn((after ?? createFaultDisk()).cutPower(() => ({ keep: "none" }))));
  const isContinued = again.length === found.length + 1 && again.at(-1) === NEXT;
  return { found: isContinued ? found : [], acknowledged: known };
}

const NEXT = 999;

async function live(
  calls: Workload,
  attached: number,
  onDiskCall: (disk: FaultDisk, acknowledged: readonly number[]) => void,
  isOver: () => boolean = () => false,
): Promise<{ disk: FaultDisk }> {
  const disk = createFaultDisk();
  const acknowledged: number[] = [];
  disk.watch(() => onDiskCall(disk, acknowledged));
  const journal = await openOn(disk);
  for (const together of calls) {
    if (isOver()) break;
    await Promise.all(
      together.map(async (group) => {
        const attachments = attached > 0 ? [new Uint8Array(attached)] : [];
        const answer = await journal.append(
          ACTOR,
          group.map((n) => aDraft(n, attachments)),
        );
        if (answer.ok) acknowledged.push(...group);
      }),
    );
  }
  return { disk };
}

/** Whatever was on its way is there as a whole group behind what was acknowledged, or not at all. */
function phantoms(calls: Workload, found: readonly number[], acknowledged: readonly number[]): number {
  const groups = calls.flat();
  const rest = found.slice(acknowledged.length);
  const halves = groups.filter((group) => {
    const there = group.filter((n) => found.includes(n)).length;
    return there > 0 && there < group.length;
  });
  const strangers = rest.filter((n) => !groups.some((group) => group.includes(n)));
  const repeated = found.length - new Set(found).size;
  return halves.length + strangers.length + repeated;
}

function someRemains(random: Random): Remains {
  const shape = random();
  if (shape < 0.15) return { keep: "all" };
  if (shape < 0.3) return { keep: "none" };
  if (shape < 0.65) return { keep: "start", bytes: pickInt(0, 2000, random) };
  return { keep: "sectors", pick: () => random() < 0.6 };
}

const SITTING = 40;

/** ENOSPC and EIO, at every write and every flush of a sitting; after a broken disk the app is started again. */
export async function breakEveryWrite(): Promise<{ failed: number; finished: number; lost: number }> {
  const sum = { failed: 0, finished: 0, lost: 0 };
  const faults: readonly (readonly [DiskCall, "ENOSPC" | "EIO"])[] = [
    ["write", "ENOSPC"],
    ["write", "EIO"],
    ["datasync", "ENOSPC"],
    ["datasync", "EIO"],
  ];
  for (const [call, code] of faults)
    for (let nth = 1; nth <= SITTING; nth++) {
      const { acknowledged, found } = await finishSitting(call, code, nth);
      sum.failed += 1;
      sum.lost += acknowledged.filter((n) => !found.includes(n)).length;
      if (Array.from({ length: SITTING }, (_, i) => i + 1).every((n) => found.includes(n))) sum.finished += 1;
    }
  return sum;
}

async function finishSitting(call: DiskCall, code: "ENOSPC" | "EIO", nth: number) {
  const reserveBytes = 4096;
  let disk = createFaultDisk();
  let journal = await openOn(disk, reserveBytes);
  disk.plant({ call, nth, code, partly: 50 });
  const acknowledged: number[] = [];
  for (let n = 1; n <= SITTING; n++) {
    let answer = await journal.append(ACTOR, [aDraft(n)]);
    if (!answer.ok && answer.error.code === "journal.failed") {
      disk = disk.cutPower(() => ({ keep: "all" }));
      journal = await openOn(disk, reserveBytes);
      answer = await journal.append(ACTOR, [aDraft(n)]);
    }
    if (answer.ok) acknowledged.push(n);
  }
  return {
    acknowledged,
    found: await draftsIn(
      await openOn(
        disk.cutPower(() => ({ keep: "none" })),
        reserveBytes,
      ),
    ),
  };
}

/** A tenth as many real kills as modelled cuts: each is two starts of the app. */
async function killReal({ count, seed, say }: RigOptions) {
  const registry = await startDemoRegistry();
  try {
    return await killRounds(registry.url, { rounds: Math.ceil(count / 10), seed }, (round) => {
      if (round % 10 === 0) say(`${String(round)} real kills`);
    });
  } finally {
    await registry.close();
  }
}
