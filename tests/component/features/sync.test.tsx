// The screen of the exchange with the registry: it says where each batch is, why it waits, and never more than is known.
import { afterEach, describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { LogOrigin } from "#shared/base";
import type { LinkState } from "#shared/ipc";
import type { EntryBody } from "#shared/journal";
import { Sync } from "../../../renderer/features/sync/index.ts";
import {
  anOpenedCentre,
  aPreparedDay,
  clockAt,
  holdReceipt,
  personId,
  sealDay,
  signSheet,
  testHash,
} from "../../support/journal-builders.ts";
import { aSendProgress } from "../../support/send-progress.ts";
import { closeStores, draw } from "./draw.tsx";

afterEach(closeStores);

const idle: LinkState = { contact: null, isContacting: false, trouble: null, halted: null };

function aSealedDay() {
  const day = aPreparedDay({ candidates: 1, panel: 1 });
  signSheet(day, 1);
  return { day, batch: sealDay(day) };
}

const stage = () => page.getByTestId("sync-stage");

describe("each batch", () => {
  test("with none, the screen says what will be here", async () => {
    await draw(anOpenedCentre(), personId(4), <Sync onSticks={() => undefined} />);
    await expect.element(page.getByText("还没有封存的批次")).toBeVisible();
    await expect.element(page.getByTestId("sync-contact")).toHaveTextContent("还没有联系过");
  });

  test("that nobody asked to send waits without blame, and goes when asked", async () => {
    const { day, batch } = aSealedDay();
    const { main } = await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    await expect.element(stage()).toHaveAttribute("data-stage", "sealed");
    await expect.element(page.getByText("还没有人要求送。不必今天送，可以改天。")).toBeVisible();
    await page.getByTestId("sync-send").click();
    await expect.poll(() => main.calls.find(({ name }) => name === "outbox.send")?.input).toEqual({ batch });
  });

  test("shows bytes as the registry counts them, and stored only with a receipt", async () => {
    const { day, batch } = aSealedDay();
    const { main, store } = await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    await expect.element(stage()).toHaveAttribute("data-stage", "sealed");
    main.progress(aSendProgress(batch));
    const bar = page.getByTestId("sync-progress");
    await expect.element(bar).toHaveAttribute("aria-valuenow", "1024");
    await expect.element(bar).toHaveTextContent("登记中心已记 1 KB / 4 KB");
    // Everything was handed over and nothing is confirmed: no full bar, and nobody is told it is stored.
    main.progress(aSendProgress(batch, { phase: "awaiting-receipt", bytesSent: 4096 }));
    await expect.element(bar).not.toHaveAttribute("aria-valuenow");
    await expect.element(stage()).toHaveAttribute("data-stage", "sending");
    holdReceipt(day, batch);
    await store.catchUp();
    await expect.element(stage()).toHaveAttribute("data-stage", "stored");
  });

  test("[S5] says in words why it waits, what is safe and when it goes on", async () => {
    const { day, batch } = aSealedDay();
    day.journal.append({ kind: "send.troubled", batch, code: "send.no-answer", final: false });
    const { main } = await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    const waits = page.getByTestId("sync-waits");
    await expect.element(waits).toHaveTextContent("没有送到：登记中心没有回应");
    await expect.element(waits).toHaveTextContent("1 份成绩已存本机。");
    main.progress(aSendProgress(batch, { phase: "waiting", trouble: "send.no-answer", nextTryMs: 65_000 }));
    await expect.element(waits).toHaveTextContent("1:05 后自动再试");
  });

  test("that is parked is tried again tomorrow, and can be sent by hand", async () => {
    const { day, batch } = aSealedDay();
    day.journal.append({ kind: "send.troubled", batch, code: "send.refused-often", final: true });
    await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    await expect.element(page.getByTestId("sync-waits")).toHaveTextContent("明天会再试一次");
    await expect.element(page.getByTestId("sync-send")).toBeVisible();
  });

  test("[S10] that a restored registry lost and was given again says so", async () => {
    const { day, batch } = aSealedDay();
    holdReceipt(day, batch);
    const { receipt } = day.journal.view.read("batches", batch)!;
    const { verdict, sheets, notes, regSeq, acceptedAt } = receipt!;
    day.journal.append({
      kind: "receipt.renewed",
      batch,
      receipt: testHash("another"),
      verdict,
      sheets,
      notes,
      regSeq,
      acceptedAt,
    });
    await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    await expect.element(page.getByText("登记中心曾丢失这一批，已重送 1 次，先前的回执都留着")).toBeVisible();
  });
});

describe("the link", () => {
  test("is tested with a real exchange, and the figures are said", async () => {
    const { day } = aSealedDay();
    const { main } = await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    await page.getByTestId("sync-test").click();
    await expect.element(page.getByText("往返 812 毫秒；每秒 2 KB（实送 2 KB）")).toBeVisible();
    main.refusals.set("outbox.testLink", { code: "registry.unreachable" });
    await page.getByTestId("sync-test").click();
    await expect.element(page.getByTestId("sync-test-refused")).toHaveTextContent("没有联系上登记中心");
    await expect.element(page.getByText("往返 812 毫秒")).not.toBeInTheDocument();
  });

  test("that gave no answer says what is safe; another registry's is a danger", async () => {
    const { day } = aSealedDay();
    const { main } = await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    main.link = { ...idle, trouble: "send.no-answer" };
    main.emit("outbox.link", {});
    await expect.element(page.getByTestId("sync-contact-trouble")).toHaveTextContent("没有核对成");
    main.link = { ...idle, halted: "halt.wrong-registry" };
    main.emit("outbox.link", {});
    await expect.element(page.getByTestId("sync-halted")).toHaveTextContent("自动发送已停");
    await expect.element(page.getByTestId("sync-contact-trouble")).not.toBeInTheDocument();
  });
});

describe("what stands between the laptop and its registry", () => {
  const head = (trouble: "head.ahead" | "head.frozen"): EntryBody => ({
    kind: "head.compared",
    lastSeq: 9,
    lastBatch: testHash("theirs"),
    behind: [],
    trouble,
  });

  test.each<[string, EntryBody[], string]>([
    ["an old copy of the disk", [head("head.ahead")], "本机可能是旧的副本"],
    ["a frozen device", [head("head.frozen")], "登记中心已冻结本机"],
  ])("%s is said once, with what is safe", async (_name, bodies, words) => {
    const { day } = aSealedDay();
    for (const body of bodies) day.journal.append(body);
    await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    await expect.element(page.getByTestId("sync-lock")).toHaveTextContent(words);
    await expect.element(page.getByTestId("sync-lock")).toHaveTextContent("没有删改");
  });

  test("[P18] a revoked laptop is told, and another one's revocation is none of its business", async () => {
    const { day } = aSealedDay();
    const { device } = day.journal.view.read("centre", "only")!;
    const listed = (kid: typeof device, version: number) => ({
      kid,
      kind: "device" as const,
      reason: "lost" as const,
      effective: clockAt(1).wall,
      version,
    });
    const other = listed(`${device.slice(0, -1)}${device.endsWith("0") ? "1" : "0"}` as typeof device, 1);
    day.journal.append({ kind: "revocations.held", revocations: [other] });
    const { store } = await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    await expect.element(stage()).toBeVisible();
    await expect.element(page.getByTestId("sync-lock")).not.toBeInTheDocument();
    day.journal.append({ kind: "revocations.held", revocations: [other, listed(device, 2)] });
    await store.catchUp();
    await expect.element(page.getByTestId("sync-lock")).toHaveTextContent("登记中心已注销本机");
  });
});

describe("[SY29] [SY31] the public log", () => {
  const log = LogOrigin.parse("registry.test/results/2026");

  test("a batch is called proven only with a proof, and says where it stands", async () => {
    const { day, batch } = aSealedDay();
    const { store } = await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    holdReceipt(day, batch);
    await store.takeIn(day.journal.entries.slice(-1));
    await expect.element(stage()).toHaveAttribute("data-stage", "stored");
    await expect.element(page.getByText("还没有，会自动取回")).toBeVisible();
    const receipt = day.journal.view.read("batches", batch)?.receipt?.hash ?? testHash("0");
    day.journal.append({ kind: "batch.anchored", batch, receipt, log, index: 6, size: 9 });
    await store.takeIn(day.journal.entries.slice(-1));
    await expect.element(stage()).toHaveAttribute("data-stage", "proven");
    await expect.element(page.getByText(`登记中心公开日志第 7 条，共 9 条（${log}）`)).toBeVisible();
  });

  test("a log that was changed is said above everything, and stays said in a milder way once it fits again", async () => {
    const { day } = aSealedDay();
    const dispute = {
      kind: "log.disputed",
      code: "checkpoint.split-view",
      log,
      kept: 12,
      offered: 15,
    } as const;
    day.journal.append(dispute);
    const { store } = await draw(day.journal, personId(4), <Sync onSticks={() => undefined} />);
    const notice = page.getByTestId("sync-dispute");
    await expect.element(notice).toHaveTextContent("登记中心的公开日志与本机见过的不是同一份");
    await expect.element(notice).toHaveTextContent("12 条时的签名与现在 15 条的对不上");
    const checkpoint = { log, size: 15, root: `${"A".repeat(43)}=`, note: "bm90ZQ==" };
    day.journal.append({ kind: "checkpoint.held", checkpoint, change: "grown" });
    await store.takeIn(day.journal.entries.slice(-1));
    await expect.element(notice).toHaveTextContent("此后日志又对上了");
  });
});
