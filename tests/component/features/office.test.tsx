// Preparing a sitting, closing the day and signing in, as an administrator sees them.
import { afterEach, describe, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { HashId } from "#shared/base";
import { Closing } from "../../../renderer/features/closing/index.ts";
import { Day } from "../../../renderer/features/day/index.ts";
import { Opening } from "../../../renderer/features/opening/index.ts";
import { Preparation } from "../../../renderer/features/roster/index.ts";
import { SignIn } from "../../../renderer/features/sign-in/index.ts";
import {
  aJournal,
  anOpenedCentre,
  aPreparedDay,
  holdReceipt,
  markAbsent,
  personId,
  sealDay,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { aSendProgress } from "../../support/send-progress.ts";
import { aVisitedDay, OFFICE, signVisit } from "../../support/visited-day.ts";
import { closeStores, draw, drawApp, rowsOf } from "./draw.tsx";

afterEach(closeStores);

describe("preparing a sitting", () => {
  test("every refused row is listed with its number, its column and the reason", async () => {
    const { main } = await draw(
      anOpenedCentre(),
      personId(4),
      <Preparation onPrepared={vi.fn()} onLeave={vi.fn()} asExaminer={() => null} />,
    );
    main.roster = aRoster();
    await page.getByTestId("roster-file").click();
    await expect.element(page.getByTestId("roster-preview")).toBeVisible();
    const refused = page.getByTestId("roster-refused-row").elements();
    expect(refused.map(({ dataset: { row, field, code } }) => ({ row, field, code }))).toEqual([
      { row: "4", field: "idNumber", code: "id.checksum" },
      { row: "7", field: "name", code: "name.missing" },
    ]);
    await expect.element(page.getByText("证件号码校验位不对，可能抄错")).toBeVisible();
    await expect.element(page.getByText("收入 2 人")).toBeVisible();
    await expect.element(page.getByTestId("roster-withheld")).toHaveTextContent("照片");
  });

  test("a file that cannot be read says why and takes nothing", async () => {
    const { main } = await draw(
      anOpenedCentre(),
      personId(4),
      <Preparation onPrepared={vi.fn()} onLeave={vi.fn()} asExaminer={() => null} />,
    );
    main.roster = { outcome: "unreadable", fileName: "x.xls", code: "roster.old-excel" };
    await page.getByTestId("roster-file").click();
    await expect
      .element(page.getByTestId("roster-unreadable"))
      .toHaveAttribute("data-code", "roster.old-excel");
    await expect.element(page.getByTestId("roster-confirm")).toBeDisabled();
  });

  test("a rubric's problems are listed with their place", async () => {
    const { main } = await draw(
      anOpenedCentre(),
      personId(4),
      <Preparation onPrepared={vi.fn()} onLeave={vi.fn()} asExaminer={() => null} />,
    );
    main.rubric = {
      outcome: "invalid",
      fileName: "mine.json",
      problems: [{ path: "items[3].max", code: "rubric.measure-total", facts: { best: "8", max: "9" } }],
    };
    await page.getByTestId("roster-rubric-import").click();
    const problem = page.getByTestId("roster-rubric-problem");
    await expect.element(problem).toHaveAttribute("data-path", "items[3].max");
    await expect.element(page.getByText("各测点的满分相加不等于配分")).toBeVisible();
  });

  test("a declined signature keeps everything that was filled in", async () => {
    const onPrepared = vi.fn();
    const { main } = await draw(
      anOpenedCentre(),
      personId(4),
      <Preparation onPrepared={onPrepared} onLeave={vi.fn()} asExaminer={() => null} />,
    );
    main.roster = aRoster();
    main.refusals.set("sitting.prepare", { code: "person.declined" });
    await page.getByTestId("roster-rubric").first().click();
    await page.getByTestId("roster-panel-p-001").click();
    await page.getByTestId("roster-panel-p-002").click();
    await page.getByTestId("roster-leader-p-001").click();
    await page.getByTestId("roster-demo").click();
    await page.getByTestId("roster-confirm").click();
    await expect.element(page.getByTestId("roster-refused")).toBeVisible();
    expect(onPrepared).not.toHaveBeenCalled();
    main.refusals.clear();
    await page.getByTestId("roster-confirm").click();
    await expect.poll(() => onPrepared.mock.calls.length).toBe(1);
    const asked = main.calls.filter(({ name }) => name === "sitting.prepare");
    expect(asked).toHaveLength(2);
    expect(asked[1]?.input).toMatchObject({
      roster: "token-1",
      draft: {
        perRotation: 5,
        panel: [
          { person: "p-001", leader: true },
          { person: "p-002", leader: false },
        ],
      },
    });
  });
});

test("[R31] a sitting that needs a mitigation is not signed before one is written, and carries it", async () => {
  const { main } = await draw(
    anOpenedCentre(),
    personId(4),
    <Preparation onPrepared={vi.fn()} onLeave={vi.fn()} asExaminer={() => null} />,
  );
  main.roster = aRoster();
  main.findings = [
    {
      rule: "R31",
      severity: "warn",
      code: "separation.mitigation-needed",
      facts: { candidates: 2, external: 1, members: 3 },
    },
  ];
  await page.getByTestId("roster-rubric").first().click();
  await page.getByTestId("roster-panel-p-001").click();
  await page.getByTestId("roster-leader-p-001").click();
  await page.getByTestId("roster-demo").click();
  const field = page.getByTestId("roster-mitigation");
  await expect.element(field).toBeVisible();
  await expect.element(page.getByTestId("roster-confirm")).toBeDisabled();
  await field.fill("督导");
  await expect.element(page.getByTestId("roster-confirm")).toBeDisabled();
  await field.fill("由未授课的考评员主评");
  await page.getByTestId("roster-confirm").click();
  await expect
    .poll(() => main.calls.find(({ name }) => name === "sitting.prepare")?.input)
    .toMatchObject({ draft: { mitigation: "由未授课的考评员主评" } });
});

describe("closing the day", () => {
  test("a missing sheet has to be explained before anything is sealed", async () => {
    const day = aPreparedDay({ candidates: 2, panel: 1 });
    signSheet(day, 1);
    const { sitting } = rowsOf(day, personId(4));
    const { main } = await draw(
      day.journal,
      personId(4),
      <Closing sitting={sitting} flags={null} papers={null} onLeave={vi.fn()} />,
    );
    await expect.element(page.getByTestId("closing-missing")).toHaveAttribute("data-value", "1");
    await page.getByTestId("closing-seal").click();
    await expect.element(page.getByText("有评分表缺少，要写明原因才能封存。")).toBeVisible();
    await page.getByTestId("closing-explanation").fill("   ");
    await page.getByTestId("closing-seal").click();
    expect(main.calls.some(({ name }) => name === "day.seal")).toBe(false);
    await page.getByTestId("closing-explanation").fill("考生中途离场");
    await page.getByTestId("closing-seal").click();
    await expect
      .poll(() => main.calls.find(({ name }) => name === "day.seal")?.input)
      .toEqual({ sitting: day.sitting, explanation: "考生中途离场" });
  });

  test("a batch is acknowledged by a receipt and by nothing else", async () => {
    const day = aPreparedDay({ candidates: 1, panel: 1 });
    signSheet(day, 1);
    const batch = sealDay(day);
    const { sitting } = rowsOf(day, personId(4));
    const { main, store } = await draw(
      day.journal,
      personId(4),
      <Closing sitting={sitting} flags={null} papers={null} onLeave={vi.fn()} />,
    );
    const state = page.getByTestId("batch-state");
    await expect.element(state).toHaveAttribute("data-state", "sealed");
    main.progress(aSendProgress(batch, { phase: "sending", bytesSent: 4096 }));
    await expect.element(state).toHaveAttribute("data-state", "sending");
    main.progress(aSendProgress(batch, { phase: "awaiting-receipt", bytesSent: 4096 }));
    await expect.element(state).toHaveAttribute("data-state", "sending");
    main.progress(aSendProgress(batch, { phase: "waiting", bytesSent: 0 }));
    await expect.element(state).toHaveAttribute("data-state", "sealed");
    holdReceipt(day, batch);
    await store.catchUp();
    await expect.element(state).toHaveAttribute("data-state", "acknowledged");
    await expect.element(page.getByTestId("receipt-stamp")).toBeVisible();
  });

  test("[R23] what a supervisor signed on site since the last batch is still to be sealed, here and at home", async () => {
    const day = aVisitedDay();
    signSheet(day, 1);
    const batch = sealDay(day, "中止");
    const { sitting } = rowsOf(day, OFFICE);
    const closing = <Closing sitting={sitting} flags={null} papers={null} onLeave={vi.fn()} />;
    await draw(day.journal, OFFICE, closing);
    await expect.element(page.getByTestId("batch-state")).toBeVisible();
    expect(page.getByTestId("closing-seal").elements()).toEqual([]);
    await closeStores();
    holdReceipt(day, batch);
    await drawApp(day.journal, OFFICE);
    await expect.element(page.getByText("登记中心已收讫", { exact: true })).toBeVisible();
    await closeStores();
    signVisit(day);
    await drawApp(day.journal, OFFICE, { place: { kind: "closing", sitting: day.sitting } });
    await expect.element(page.getByTestId("closing-seal")).toBeVisible();
    await closeStores();
    await drawApp(day.journal, OFFICE);
    await expect.element(page.getByTestId(/^day-close-/)).toBeVisible();
    expect(page.getByText("登记中心已收讫", { exact: true }).elements()).toEqual([]);
  });

  test("a batch under review is not called acknowledged", async () => {
    const day = aPreparedDay({ candidates: 1, panel: 1 });
    signSheet(day, 1);
    holdOther(day, sealDay(day), "quarantined", { accepted: 0, quarantined: 1, rejected: 0 });
    const { sitting } = rowsOf(day, personId(4));
    await draw(
      day.journal,
      personId(4),
      <Closing sitting={sitting} flags={null} papers={null} onLeave={vi.fn()} />,
    );
    const state = page.getByTestId("batch-state");
    await expect.element(state).toHaveAttribute("data-state", "quarantined");
    await expect.element(state).toHaveTextContent("登记中心已收，待查");
  });

  test("trouble says what happened, what is safe and what comes next", async () => {
    const day = aPreparedDay({ candidates: 1, panel: 1 });
    signSheet(day, 1);
    day.journal.append({ kind: "send.troubled", batch: sealDay(day), code: "send.no-answer", final: false });
    const { sitting } = rowsOf(day, personId(4));
    await draw(
      day.journal,
      personId(4),
      <Closing sitting={sitting} flags={null} papers={null} onLeave={vi.fn()} />,
    );
    const trouble = page.getByTestId("batch-trouble");
    await expect.element(trouble).toHaveTextContent("未发送：登记中心没有回应");
    await expect.element(trouble).toHaveTextContent("1 份成绩已存本机。");
  });
});

describe("the day", () => {
  const ACKNOWLEDGED = "登记中心已收讫";
  const SEALED = "已封存";

  test("is acknowledged when every batch is, and everything signed is in one", async () => {
    const day = aPreparedDay({ candidates: 3, panel: 1 });
    signSheet(day, 1);
    const first = sealDay(day);
    signSheet(day, 2);
    const second = sealDay(day);
    holdReceipt(day, second);
    const { store } = await drawDay(day);
    await expect.element(card()).toHaveTextContent(SEALED);
    await expect.element(card()).not.toHaveTextContent(ACKNOWLEDGED);
    holdReceipt(day, first);
    await store.catchUp();
    await expect.element(card()).toHaveTextContent(ACKNOWLEDGED);
  });

  test.each([
    ["a sheet", (day: PreparedDay) => void signSheet(day, 2)],
    ["an absence", (day: PreparedDay) => markAbsent(day, 2)],
  ])("is neither sealed nor acknowledged with %s signed after the last batch", async (_, sign) => {
    const day = aPreparedDay({ candidates: 2, panel: 1 });
    signSheet(day, 1);
    holdReceipt(day, sealDay(day));
    const { store } = await drawDay(day);
    await expect.element(card()).toHaveTextContent(ACKNOWLEDGED);
    sign(day);
    await store.catchUp();
    await expect.element(card()).not.toHaveTextContent(ACKNOWLEDGED);
    await expect.element(card()).not.toHaveTextContent(SEALED);
  });

  test.each([
    ["quarantined", { accepted: 0, quarantined: 1, rejected: 0 }],
    ["rejected", { accepted: 0, quarantined: 0, rejected: 1 }],
    ["accepted", { accepted: 1, quarantined: 1, rejected: 0 }],
    ["accepted", { accepted: 1, quarantined: 0, rejected: 1 }],
  ] as const)("is not acknowledged by a receipt that says %s with %o", async (verdict, sheets) => {
    const day = aPreparedDay({ candidates: 1, panel: 1 });
    signSheet(day, 1);
    holdOther(day, sealDay(day), verdict, sheets);
    await drawDay(day);
    await expect.element(card()).toHaveTextContent(SEALED);
    await expect.element(card()).not.toHaveTextContent(ACKNOWLEDGED);
  });

  function drawDay(day: PreparedDay) {
    const { me } = rowsOf(day, personId(4));
    return draw(
      day.journal,
      personId(4),
      <Day
        me={me}
        onPaper={vi.fn()}
        onTranscribe={vi.fn()}
        onPractice={vi.fn()}
        onQuality={vi.fn()}
        onSticks={vi.fn()}
        onCheckIn={vi.fn()}
        onPrepare={vi.fn()}
        onMark={vi.fn()}
        onClose={vi.fn()}
        onRoom={vi.fn()}
        onBoard={vi.fn()}
        panel={() => null}
        review={() => null}
        onSite={() => null}
        readiness={null}
      />,
    );
  }

  function card() {
    return page.getByTestId(/^day-sitting-/);
  }
});

describe("opening and signing in", () => {
  test("a registry that does not answer is said in words, and the choice stays", async () => {
    const { main } = await draw(aJournal(), null, <Opening registryUrl={null} />);
    main.refusals.set("centre.tryDemonstration", { code: "registry.unreachable" });
    await page.getByTestId("opening-demo").click();
    await expect.element(page.getByTestId("opening-refused")).toHaveTextContent("没有联系上登记中心");
    await expect.element(page.getByTestId("opening-enrol")).toBeVisible();
  });

  test("a PIN is shown at a demonstration and not at a real centre", async () => {
    const pins = { [personId(1)]: "410728" };
    const session = { person: null, locked: null, needsPassphrase: false };
    await draw(anOpenedCentre(), null, <SignIn session={{ ...session, demoPins: pins }} />);
    await expect.element(page.getByTestId("demo-pin-p-001")).toHaveTextContent("410728");
  });

  test("at a real centre no PIN is shown", async () => {
    await draw(
      anOpenedCentre({ demo: false }),
      null,
      <SignIn session={{ person: null, locked: null, needsPassphrase: true, demoPins: null }} />,
    );
    await expect.element(page.getByTestId("sign-in-person-p-001")).toBeVisible();
    expect(document.querySelector("[data-testid^=demo-pin-]")).toBeNull();
    await userEvent.keyboard("{Tab}");
  });
});

function holdOther(
  day: PreparedDay,
  batch: HashId,
  verdict: "accepted" | "quarantined" | "rejected",
  sheets: { accepted: number; quarantined: number; rejected: number },
): void {
  day.journal.append({
    kind: "receipt.held",
    batch,
    receipt: testHash(`receipt ${batch}`),
    verdict,
    sheets,
    notes: [],
    regSeq: 7,
    acceptedAt: day.journal.entries.at(-1)!.entry.at.wall,
  });
}

function aRoster() {
  return {
    outcome: "preview" as const,
    preview: {
      token: "token-1",
      fileName: "roster.xlsx",
      encoding: "xlsx",
      taken: [
        { row: 2, name: "王建国", idMasked: "990000********0017", ticketNo: null, warnings: [] },
        { row: 3, name: "阿依古丽·买买提", idMasked: "990000********0025", ticketNo: "2026-2", warnings: [] },
      ],
      refused: [
        { row: 4, field: "idNumber", code: "id.checksum" },
        { row: 7, field: "name", code: "name.missing" },
      ],
      blank: 1,
      withheld: [
        {
          rule: "R77",
          severity: "warn" as const,
          code: "personal.column-withheld",
          facts: { heading: "照片", field: "PHOTO" },
        },
      ],
    },
  };
}
