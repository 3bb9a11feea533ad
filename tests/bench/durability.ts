// How long a mark takes from the wish to the answer "it is on the disk" (number, chain, seal, append, flush, answer), in
// the real app and beside what bounds it, in turns in one run and one profile: an empty round trip over the bridge, a
// raw write and fdatasync of as many bytes in main, and a strict IndexedDB put of the same row in the window.
import type { Page } from "@playwright/test";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { startSheet } from "../support/day-steps.ts";
import { launchApp } from "../support/drive-app.ts";
import { percentile, rounded, type Measured } from "../support/measured.ts";
import { goMarking, prepareSmallDay } from "../support/small-day.ts";
import { bytesOfAMark, sampleFlush } from "./raw-flush.ts";

const TURNS = 12;
const SAMPLES = 50;

interface Samples {
  readonly mark: number[];
  readonly bridge: number[];
  readonly flush: number[];
  readonly put: number[];
}

export async function durabilityBench(): Promise<Measured> {
  const registry = await startDemoRegistry();
  const app = await launchApp({ registryUrl: registry.url });
  try {
    const day = await prepareSmallDay(app, 1);
    await goMarking(app, day);
    await startSheet(app, 1);
    await app.window.evaluate(() => {
      // Nobody marks within the drawing of the mark before: each sample begins when the window is at rest.
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
      Reflect.set(globalThis, "atRest", async () => {
        for (const wait of [frame, frame, idle]) await wait();
      });
    });
    // Warms up what the first calls pay for, too.
    const bytes = await bytesOfAMark(app.profile, SAMPLES, () => sampleMarks(app.window, SAMPLES));
    const samples: Samples = { mark: [], bridge: [], flush: [], put: [] };
    for (let turn = 0; turn < TURNS; turn++) {
      samples.mark.push(...(await sampleMarks(app.window, SAMPLES)));
      samples.bridge.push(...(await sampleBridge(app.window, SAMPLES)));
      samples.flush.push(...(await sampleFlush(app.electron, app.profile, bytes, SAMPLES)));
      samples.put.push(...(await samplePut(app.window, SAMPLES)));
    }
    return report(samples, bytes);
  } finally {
    await app.close();
    await registry.close();
  }
}

function report({ mark, bridge, flush, put }: Samples, bytes: number): Measured {
  const p50 = (all: readonly number[]) => percentile(all, 0.5);
  const bound = p50(bridge) + p50(flush);
  const overBound = p50(mark) / bound;
  const overPut = p50(mark) / p50(put);
  const three = (name: string, all: readonly number[]) =>
    Object.fromEntries(
      [50, 95, 99].map((p) => [`${name}P${String(p)}Ms`, rounded(percentile(all, p / 100), 3)]),
    );
  return {
    name: "durability",
    figures: {
      samples: mark.length,
      bytesOfAMark: bytes,
      ...three("mark", mark),
      ...three("bridge", bridge),
      ...three("flush", flush),
      ...three("strictPut", put),
      overRoundTripAndFlush: rounded(overBound),
      overStrictPut: rounded(overPut),
    },
    goals: {
      bound: {
        goal: `p50 of a mark at most 1.25 of round trip + raw flush: ${String(rounded(overBound))}`,
        met: overBound <= 1.25,
      },
      put: {
        goal: `p50 of a mark below a strict IndexedDB put: ${String(rounded(overPut))}`,
        met: overPut < 1,
      },
    },
  };
}

/** Every second mark is taken back, so that each one is a change; the window's own copy is level before the next. */
function sampleMarks(window: Page, count: number): Promise<number[]> {
  return window.evaluate(async (samples) => {
    interface Bridge {
      call(name: string, input: unknown): Promise<{ ok: boolean; value: { entries: string } }>;
    }
    const { call } = Reflect.get(globalThis, "bridge") as Bridge;
    const sheet = await new Promise<string>((resolve, reject) => {
      const opening = indexedDB.open("jiangping");
      opening.onerror = () => reject(new Error("no store"));
      opening.onsuccess = () => {
        const keys = opening.result.transaction("sheets").objectStore("sheets").getAllKeys();
        keys.onsuccess = () => {
          opening.result.close();
          resolve(keys.result[0] as string);
        };
      };
    });
    const isLevel = async (seq: number) => {
      const saved = () =>
        Number(document.querySelector<HTMLElement>("[data-testid=saved-count]")?.dataset["value"]);
      while (saved() < seq) await new Promise((resolve) => requestAnimationFrame(resolve));
    };
    const atRest = Reflect.get(globalThis, "atRest") as () => Promise<void>;
    const taken: number[] = [];
    for (let i = 0; i < samples; i++) {
      const input = i % 2 === 0 ? { kind: "DEDUCT", picked: [] } : null;
      const from = performance.now();
      const answer = await call("journal.append", { intents: [{ kind: "mark.set", sheet, item: 1, input }] });
      taken.push(performance.now() - from);
      if (!answer.ok) throw new Error(JSON.stringify(answer));
      const [written] = JSON.parse(answer.value.entries) as { entry: { seq: number } }[];
      await isLevel(written?.entry.seq ?? 0);
      await atRest();
    }
    return taken;
  }, count);
}

function sampleBridge(window: Page, count: number): Promise<number[]> {
  return window.evaluate(async (samples) => {
    const { call } = Reflect.get(globalThis, "bridge") as {
      call(name: string, input: unknown): Promise<unknown>;
    };
    const atRest = Reflect.get(globalThis, "atRest") as () => Promise<void>;
    const taken: number[] = [];
    for (let i = 0; i < samples; i++) {
      const from = performance.now();
      await call("app.describe", {});
      taken.push(performance.now() - from);
      await atRest();
    }
    return taken;
  }, count);
}

function samplePut(window: Page, count: number): Promise<number[]> {
  return window.evaluate(async (samples) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const store = await done(indexedDB.open("jiangping"));
    const rows: unknown[] = await done(store.transaction("sheets").objectStore("sheets").getAll());
    store.close();
    const opening = indexedDB.open("bench");
    opening.onupgradeneeded = () => opening.result.createObjectStore("rows");
    const bench = await done(opening);
    const atRest = Reflect.get(globalThis, "atRest") as () => Promise<void>;
    const taken: number[] = [];
    for (let i = 0; i < samples; i++) {
      const from = performance.now();
      const transaction = bench.transaction("rows", "readwrite", { durability: "strict" });
      transaction.objectStore("rows").put(rows[0], "sheet");
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      taken.push(performance.now() - from);
      await atRest();
    }
    bench.close();
    return taken;
  }, count);
}
