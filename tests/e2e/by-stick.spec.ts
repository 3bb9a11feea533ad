// Two laptops of one centre and a registry that neither can reach: a sitting, its sheets, both batches and both receipts travel
// by stick alone, and the panel's sheets stand together (S12, P8, rulings 3, protocol A9).
import { expect, test } from "@playwright/test";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleFile } from "../../registry/carrier/bundle-file.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { openLaptop, sealSitting, signInOn, type DemoLaptop } from "../support/demo-laptop.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { prepareSitting, signOut } from "../support/day-steps.ts";
import { shot, shots } from "../support/looks.ts";
import { copyToStick, openSticks, receiveFrom, shareSitting } from "../support/stick-steps.ts";
import { ADMINISTRATOR, LEADER, markAndSign, sampleRubric, writeRoster } from "../support/small-day.ts";

test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const EXAMINER = "p-05";

let registry: RunningRegistry;
let here: DemoLaptop;
let there: DemoLaptop;
let stick: string;

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  stick = await mkdtemp(path.join(tmpdir(), "jiangping-stick-"));
  here = await openLaptop(registry.url);
  there = await openLaptop(registry.url);
});

test.afterAll(async () => {
  await Promise.all([here.app.close(), there.app.close()]);
  await registry.close();
});

/** What the board says of every owed sheet, and of each laptop; nothing of a sum that does not come out. */
async function board({ app: { window } }: DemoLaptop) {
  await window.getByTestId("nav-day").click();
  await window.locator("[data-testid^=day-board-]").first().click();
  const value = async (state: string) =>
    Number(await window.getByTestId(`board-${state}`).getAttribute("data-value"));
  await expect(window.getByTestId("board-sum")).toBeVisible();
  const [expected, signed, opened, absent, excused, missing] = await Promise.all(
    ["expected", "signed", "opened", "absent", "excused", "missing"].map(value),
  );
  const laptops = window.getByTestId("board-laptops").locator("tbody tr");
  return {
    counts: { expected, signed, opened, absent, excused, missing },
    unsettled: await window.getByTestId("board-unsettled").locator("tbody tr").allTextContents(),
    laptops: await Promise.all(
      (await laptops.all()).map(async (row) => (await row.locator("th,td").allTextContents()).slice(0, 6)),
    ),
  };
}

const nothing = { signed: 0, opened: 0, absent: 0, excused: 0, missing: 0 };

test("[S12] a sitting goes to the other laptop under a code on paper, and its candidates are there by name", async () => {
  await signInOn(here, ADMINISTRATOR);
  const rosterFile = await writeRoster(1);
  const panel = [LEADER, EXAMINER];
  await prepareSitting(here.app, { panel, leader: LEADER, pin: here.pinOf(ADMINISTRATOR), rosterFile });
  await openSticks(here.app);
  const { file, code } = await shareSitting(here.app, stick, async () => {
    await shot(here.app.confirm, "share-code");
  });
  await shots(here.app, "sticks-copied");
  expect((await readFile(file)).includes("王建国")).toBe(false);

  await signInOn(there, ADMINISTRATOR);
  await openSticks(there.app);
  await shots(there.app, "sticks-empty");
  const brought = await receiveFrom(there.app, file, code);
  expect(await brought("sittings")).toBe("1");
  await shots(there.app, "sticks-received-sitting");
  await signOut(there.app);
});

test("[S12] a sheet signed there is checked on arrival here, and the panel's sheets stand together", async () => {
  await signInOn(there, EXAMINER);
  await there.app.window.locator("[data-testid^=day-mark-]").first().click();
  await markAndSign(
    there.app,
    { pinOf: (person) => there.pinOf(person), rubric: sampleRubric() },
    1,
    4,
    EXAMINER,
  );
  await signOut(there.app);
  await signInOn(there, ADMINISTRATOR);
  // The leader's laptop is not here: what is missing is said, and the day closes only with the reason.
  const seen = await board(there);
  expect(seen.counts).toEqual({ ...nothing, expected: 2, signed: 1, missing: 1 });
  expect(seen.unsettled).toHaveLength(1);
  expect(seen.unsettled[0]).toContain("本机从未见过");
  expect(seen.laptops).toEqual([["本机", "1", "没有备份介质", "0", "0", "0"]]);
  await shots(there.app, "board-missing");
  await sealSitting(there, { batch: 1, missing: 1 });
  await openSticks(there.app);
  const file = await copyToStick(there.app, stick, "stick-share-sheets");

  await openSticks(here.app);
  const brought = await receiveFrom(here.app, file);
  expect([await brought("sheets"), await brought("batches")]).toEqual(["1", "1"]);
  await expect(here.app.window.getByTestId("received-state")).toHaveAttribute("data-counts", "true");
  await shots(here.app, "sticks-received-sheets");
  await signOut(here.app);
  await signInOn(here, LEADER);
  await here.app.window.locator("[data-testid^=day-mark-]").first().click();
  await markAndSign(here.app, { pinOf: (person) => here.pinOf(person), rubric: sampleRubric() }, 1);
  await signOut(here.app);
  await signInOn(here, ADMINISTRATOR);
  const both = await board(here);
  expect(both.counts).toEqual({ ...nothing, expected: 2, signed: 2 });
  expect(both.unsettled).toEqual([]);
  expect(both.laptops.map(([, onDisk]) => onDisk)).toEqual(["1", "1"]);
  await sealSitting(here, { batch: 1, missing: 0 });
  await expect(here.app.window.getByTestId("closing-mark")).not.toBeEmpty();
});

test("[P8] [SY4] both batches go to the registry on one stick, and the receipts come back the same way", async () => {
  await openSticks(here.app);
  await expect(here.app.window.getByTestId("stick-waiting")).toHaveAttribute("data-count", "2");
  const file = await copyToStick(here.app, stick, "stick-export");
  await expect(here.app.window.getByTestId("stick-waiting")).toHaveAttribute("data-count", "2");
  const { account, answer } = await registry.takeBundle(bundleFile(file));
  expect(account.batches.map(({ state }) => state)).toEqual(["final", "final"]);
  const back = path.join(stick, "BACK.ertb");
  await writeFile(back, answer.bytes);
  expect(await (await receiveFrom(here.app, back))("receipts")).toBe("2");
  await here.app.window.getByTestId("nav-day").click();
  await here.app.window.locator("[data-testid^=day-close-]").first().click();
  for (const batch of await here.app.window.getByTestId("batch-state").all())
    await expect(batch).toHaveAttribute("data-state", "acknowledged");
  await expect(here.app.window.getByTestId("receipt-note")).toHaveCount(0);
  await shots(here.app, "closing-carried");
  // Sealed and receipted, of both laptops.
  const seen = await board(here);
  expect(seen.laptops.map((row) => row.slice(3, 5))).toEqual([
    ["1", "1"],
    ["1", "1"],
  ]);
  await shots(here.app, "board-receipted");

  await openSticks(here.app);
  const onward = await copyToStick(here.app, stick, "stick-share-sheets");
  await openSticks(there.app);
  expect(await (await receiveFrom(there.app, onward))("receipts")).toBe("1");
  expect([...here.app.troubles, ...there.app.troubles]).toEqual([]);
});
