// The app as an ordinary user has it: with Chromium's sandbox really on. Everywhere else the tests may run as root, to whom
// Chromium refuses it. Where a sandbox cannot be had this says `not run here`, and counts as no pass.
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import type { RunningRegistry } from "../../registry/index.ts";
import { openDemonstration, prepareSitting, signIn, signOut } from "../support/day-steps.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { startAsOrdinaryUser, whyNoSandbox, type OrdinaryStart } from "../support/ordinary-user.ts";
import { ADMINISTRATOR, goMarking, LEADER, markAndSign, sampleRubric } from "../support/small-day.ts";

let registry: RunningRegistry;

test.beforeAll(async () => {
  registry = await startDemoRegistry();
});

test.afterAll(async () => {
  await registry.close();
});

test("[E1] [E15] as an ordinary user every window is in Chromium's sandbox, and marks are acknowledged and signed in it", async () => {
  test.setTimeout(120_000);
  const why = await whyNoSandbox();
  if (why !== null) console.log(`not run here: ${why}`);
  test.skip(why !== null, `not run here: ${why ?? ""}`);
  const start: OrdinaryStart = await startAsOrdinaryUser();
  const app = await launchApp({ registryUrl: registry.url, profile: start.profile, program: start.program });
  try {
    const { main, windows } = await processesOf(app);
    expect(main.command).not.toContain("no-sandbox");
    expect(main.uid).toBe(start.uid);
    expect(windows.length).toBeGreaterThanOrEqual(2);
    for (const window of windows) {
      expect(window.command).not.toContain("no-sandbox");
      expect(window.uid).toBe(start.uid);
      // A filter of system calls (2), one more than this machine puts on everybody, and a process world of its own.
      expect(window.seccomp).toBe(2);
      expect(window.filters).toBeGreaterThan(main.filters);
      expect(window.worlds).toBeGreaterThan(main.worlds);
    }
    const pins = await openDemonstration(app);
    const pinOf = (person: string) => pins.get(person) ?? "";
    const day = { pinOf, rubric: sampleRubric() };
    await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
    // The demonstration's own roster: a file of root's would not be readable.
    await prepareSitting(app, { panel: [LEADER], leader: LEADER, pin: pinOf(ADMINISTRATOR) });
    await signOut(app);
    await goMarking(app, day);
    await markAndSign(app, day, 1);
    expect(app.troubles).toEqual([]);
    console.log(
      `sandbox: ${String(windows.length)} windows as user ${String(start.uid)}, Seccomp ${windows.map(({ seccomp }) => String(seccomp)).join(" ")}, one sheet signed`,
    );
  } finally {
    await app.close();
    await start.remove();
  }
});

test("the same look finds no sandbox where Chromium was told to leave it out", async () => {
  test.skip(process.getuid?.() !== 0, "not run here: only root starts without the sandbox");
  const app = await launchApp();
  try {
    const { main, windows } = await processesOf(app);
    expect(main.command).toContain("no-sandbox");
    expect(windows.length).toBeGreaterThanOrEqual(2);
    for (const window of windows) expect(window.filters).toBe(main.filters);
  } finally {
    await app.close();
  }
});

interface Seen {
  readonly command: string;
  readonly uid: number;
  readonly seccomp: number;
  readonly filters: number;
  /** How many process namespaces deep. */
  readonly worlds: number;
}

async function processesOf(app: DrivenApp): Promise<{ main: Seen; windows: Seen[] }> {
  const { main, tabs } = await app.electron.evaluate(({ app: electron }) => ({
    main: process.pid,
    tabs: electron
      .getAppMetrics()
      .filter(({ type }) => type === "Tab")
      .map(({ pid }) => pid),
  }));
  return { main: await look(main), windows: await Promise.all(tabs.map(look)) };
}

async function look(pid: number): Promise<Seen> {
  const status = await readFile(`/proc/${String(pid)}/status`, "utf8");
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1]?.split(/\s+/) ?? [];
  return {
    command: (await readFile(`/proc/${String(pid)}/cmdline`, "utf8")).replaceAll("\0", " "),
    uid: Number(field("Uid")[0]),
    seccomp: Number(field("Seccomp")[0]),
    filters: Number(field("Seccomp_filters")[0]),
    worlds: field("NSpid").length,
  };
}
