// Ten thousand candidates at one marking desk: the list opens, finds and scrolls to its end; the longest task of the
// page while it does, and its frames. Chromium reports a task from 50 ms on; 0 is none.
import { invariant } from "#shared/base";
import { MOST_CANDIDATES } from "#shared/exam";
import { expect, type Page } from "@playwright/test";
import { openDemonstration, signIn } from "../support/day-steps.ts";
import { launchApp } from "../support/drive-app.ts";
import { preparedSitting } from "../support/many-sittings.ts";
import { percentile, rounded, type Goal } from "../support/measured.ts";
import { openProfileJournal } from "../support/profile-journal.ts";
import { ADMINISTRATOR, LEADER } from "../support/small-day.ts";

const GOAL_MS = 100;
const LONG = { timeout: 120_000 };
const LAST = MOST_CANDIDATES;

export async function longListFigures(registryUrl: string): Promise<{
  profile: string;
  figures: Record<string, number>;
  goals: Record<string, Goal>;
}> {
  const first = await launchApp({ registryUrl });
  const pins = await openDemonstration(first);
  const { profile } = first;
  await first.close();
  await writeSitting(profile);

  const app = await launchApp({ registryUrl, profile });
  await signIn(app, LEADER, pins.get(LEADER) ?? "");
  const { window } = app;
  const candidate = (no: number) => window.getByTestId(`candidate-${String(no)}`);
  const open = await watched(window, async () => {
    await window.locator("[data-testid^=day-mark-]").first().click();
    await expect(candidate(1)).toBeVisible(LONG);
  });
  const find = await watched(window, async () => {
    await window.keyboard.press("/");
    for (const key of String(LAST)) await window.keyboard.press(key);
    await expect(candidate(LAST)).toBeVisible(LONG);
    await window.keyboard.press("Escape");
    await expect(candidate(1)).toBeVisible(LONG);
  });
  const scroll = await watched(window, async () => {
    await scrollToEnd(window);
    await expect(candidate(LAST)).toBeInViewport(LONG);
  });
  await app.close();
  const longest = Math.max(open.longestMs, find.longestMs, scroll.longestMs);
  return {
    profile,
    figures: {
      listCandidates: LAST,
      listOpenMs: Math.round(open.ms),
      listOpenLongestTaskMs: open.longestMs,
      listFindMs: Math.round(find.ms),
      listFindLongestTaskMs: find.longestMs,
      listScrollMs: Math.round(scroll.ms),
      listScrollLongestTaskMs: scroll.longestMs,
      listScrollFrames: scroll.frames.length,
      listScrollFrameP50Ms: rounded(percentile(scroll.frames, 0.5), 1),
      listScrollFrameP95Ms: rounded(percentile(scroll.frames, 0.95), 1),
      listScrollFrameWorstMs: rounded(Math.max(...scroll.frames), 1),
    },
    goals: {
      list: {
        goal: `${LAST.toLocaleString("en")} candidates open, are found in and scroll to their end without a task over ${String(GOAL_MS)} ms: ${String(longest)}`,
        met: longest <= GOAL_MS,
      },
    },
  };
}

/** A sitting of so many is not typed into a screen: its entry is written as main writes it. */
async function writeSitting(profile: string): Promise<void> {
  const journal = await openProfileJournal(profile);
  const [rubric] = journal.view.rows("rubrics");
  invariant(rubric, "a demonstration has rubrics");
  const people = { examiner: LEADER, administrator: ADMINISTRATOR };
  for (const { actor, body } of preparedSitting(LAST, people, rubric.hash)) {
    const written = await journal.append(actor, [{ body }]);
    invariant(written.ok, `the sitting is written, got ${JSON.stringify(written)}`);
  }
  await journal.close();
}

interface Watched {
  readonly ms: number;
  readonly longestMs: number;
  readonly frames: readonly number[];
}

/** Until half a second after it is done: what it left behind counts too. */
async function watched(window: Page, act: () => Promise<void>): Promise<Watched> {
  await window.evaluate(() => {
    const seen = { tasks: [] as number[], frames: [] as number[], isOver: false };
    const observer = new PerformanceObserver((list) =>
      seen.tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ type: "longtask" });
    let last = performance.now();
    const frame = (now: number) => {
      seen.frames.push(now - last);
      last = now;
      if (!seen.isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Reflect.set(globalThis, "watched", seen);
  });
  const from = performance.now();
  await act();
  const ms = performance.now() - from;
  await new Promise((resolve) => setTimeout(resolve, 500));
  return window.evaluate((took) => {
    const seen = Reflect.get(globalThis, "watched") as {
      tasks: number[];
      frames: number[];
      isOver: boolean;
    };
    seen.isOver = true;
    return { ms: took, longestMs: Math.round(Math.max(0, ...seen.tasks)), frames: seen.frames.slice(1) };
  }, ms);
}

/** One screen a frame, as fast as anybody can turn a wheel. */
function scrollToEnd(window: Page): Promise<void> {
  return window.evaluate(async () => {
    const list = document.querySelector("nav:has([data-testid^=candidate-])");
    if (!list) throw new Error("no list");
    while (list.scrollTop + list.clientHeight < list.scrollHeight - 1) {
      list.scrollTop += list.clientHeight;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}
