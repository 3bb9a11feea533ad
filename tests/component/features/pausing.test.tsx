// The time of a sheet, stopped and given back at the desk: one key and a reason, by keyboard alone; several sheets at once; and that
// overtime is proposed and never filled in.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { BootId, InstantMs, type ClockReading, type PersonId } from "#shared/base";
import type { Sheet } from "#shared/exam";
import { Room } from "../../../renderer/features/room/index.ts";
import { formatTime } from "../../../renderer/i18n/index.ts";
import { SittingClocks } from "../../../renderer/features/marking/index.ts";
import {
  aPreparedDay,
  candidateRef,
  clockAt,
  everyKindRubric,
  fullInputs,
  personId,
  sheetId,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, compose, draw, MarkingDesk, rowsOf, type Drawn } from "./draw.tsx";

const [LEADER, SECOND] = [1, 2].map(personId) as [PersonId, PersonId];
const MINUTE = 60_000;

let day: PreparedDay;
let desk: Drawn;

afterEach(closeStores);

async function drawDesk(person: PersonId, before: (day: PreparedDay) => void = () => undefined) {
  day = aPreparedDay({ rubric: everyKindRubric(), candidates: 4, panel: 2 });
  before(day);
  desk = await draw(day.journal, person, <MarkingDesk day={day} person={person} height="40rem" />);
  await page.getByTestId("candidate-1").click();
}

async function begin() {
  await page.getByTestId("sheet-start").click();
  await expect.element(page.getByTestId("item-1")).toHaveAttribute("data-open", "true");
}

/** The clock of main stands so many minutes after the newest entry. */
const passes = (minutes: number) => {
  const { wall, mono, boot } = clockAt(day.journal.head().seq);
  const now: ClockReading = {
    wall: InstantMs.parse(wall + minutes * MINUTE),
    mono: mono + minutes * MINUTE,
    boot,
  };
  desk.main.clock = () => now;
  document.dispatchEvent(new Event("visibilitychange"));
};
const sheetOf = (no: number, examiner: PersonId): Sheet => {
  const sheet = day.journal.view
    .rows("sheets")
    .find((one) => one.candidate === candidateRef(no) && one.examiner === examiner);
  if (!sheet) throw new Error("no sheet");
  return sheet;
};
const pausesOf = (no: number, examiner = LEADER) => sheetOf(no, examiner).pauses;
const openFor = ({ journal, sitting, rubric }: PreparedDay, no: number, examiner: PersonId) => {
  const sheet = sheetId(100 + no);
  journal.append({ kind: "sheet.opened", sheet, sitting, candidate: candidateRef(no), rubric }, examiner);
};
const dialog = () => page.getByTestId("pause-dialog");
const clock = () => page.getByTestId("sheet-clock");

describe("one sheet", () => {
  beforeEach(async () => {
    await drawDesk(LEADER);
    await begin();
  });

  test("[R39] P and a digit stop the time with a reason, and P lets it run again", async () => {
    await userEvent.keyboard("p");
    await expect.element(dialog()).toBeVisible();
    await userEvent.keyboard("3");
    await expect.element(dialog()).not.toBeInTheDocument();
    await expect.element(clock()).toHaveAttribute("data-state", "paused");
    expect(pausesOf(1)).toMatchObject([{ reason: { kind: "tool" }, by: LEADER, resumed: null }]);
    await expect.element(page.getByTestId("sheet-paused")).toHaveTextContent("工具、设备或材料故障");
    await userEvent.keyboard("p");
    await expect.element(clock()).toHaveAttribute("data-state", "running");
    expect(pausesOf(1)).toMatchObject([{ resumed: { by: LEADER } }]);
    await expect.element(page.getByTestId("given-back")).toBeVisible();
  });

  test("[R39] another reason is written in words and Enter, which composing does not press", async () => {
    await userEvent.keyboard("p");
    const field = page.getByTestId("pause-text");
    await field.fill("窑炉跳闸 2");
    expect(pausesOf(1)).toEqual([]);
    compose(field.element() as HTMLInputElement, "窑炉跳闸 2");
    for (const event of [{ isComposing: true }, { keyCode: 229 }, { repeat: true }])
      field
        .element()
        .dispatchEvent(
          new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...event }),
        );
    expect(pausesOf(1)).toEqual([]);
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => pausesOf(1)).toMatchObject([{ reason: { kind: "other", text: "窑炉跳闸 2" } }]);
  });

  test("no digit chooses while an input method composes, and Escape stops nothing", async () => {
    await userEvent.keyboard("p");
    await expect.element(page.getByTestId("pause-power")).toHaveFocus();
    for (const event of [{ isComposing: true }, { keyCode: 229 }, { repeat: true }, { ctrlKey: true }])
      document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key: "1", bubbles: true, cancelable: true, ...event }),
      );
    await expect.element(page.getByTestId("pause-other")).toBeDisabled();
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog()).not.toBeInTheDocument();
    expect(pausesOf(1)).toEqual([]);
  });

  test("marks are set while the time stands still; the signature waits for it to run", async () => {
    await userEvent.keyboard("p2");
    await expect.element(clock()).toHaveAttribute("data-state", "paused");
    await userEvent.keyboard("0");
    await expect.poll(() => sheetOf(1, LEADER).items["1"]).toEqual({ kind: "DEDUCT", picked: [] });
    const { id } = sheetOf(1, LEADER);
    for (const [no, input] of Object.entries(fullInputs(everyKindRubric())))
      day.journal.append({ kind: "mark.set", sheet: id, item: Number(no), input }, LEADER);
    await desk.store.catchUp();
    const sign = page.getByTestId("sheet-sign");
    await expect.element(sign).toHaveTextContent("先继续计时");
    await expect.element(sign).toBeDisabled();
    await page.getByTestId("sheet-resume").click();
    await expect.element(sign).toBeEnabled();
  });

  test("a refused pause says why, and the reason may be given again", async () => {
    await userEvent.keyboard("p");
    desk.main.refusals.set("journal.append", { code: "journal.full" });
    await userEvent.keyboard("1");
    await expect.element(page.getByTestId("pause-refused")).toHaveTextContent("磁盘");
    expect(pausesOf(1)).toEqual([]);
    desk.main.refusals.clear();
    await userEvent.keyboard("1");
    await expect.poll(() => pausesOf(1)).toHaveLength(1);
  });

  test("[R39] overtime by the clock is proposed beside the field, filled in by a press and by nothing else", async () => {
    const { minutes } = everyKindRubric();
    passes(minutes - 1);
    await expect.element(page.getByTestId("overtime-by-clock")).not.toBeInTheDocument();
    passes(minutes + 4);
    await expect.element(page.getByTestId("overtime-by-clock")).toHaveTextContent(/超时 [45] 分钟/);
    await expect.element(page.getByTestId("overtime")).toHaveValue("");
    expect(sheetOf(1, LEADER).overtimeMs).toBe(0);
    await page.getByTestId("overtime-take").click();
    await expect.poll(() => sheetOf(1, LEADER).overtimeMs).toBeGreaterThanOrEqual(4 * MINUTE);
  });
});

describe("what the desk shows of it", () => {
  const pausedAfterASecond = (here: PreparedDay) => {
    openFor(here, 1, LEADER);
    here.journal.append({ kind: "sheet.paused", sheet: sheetId(101), reason: { kind: "power" } }, LEADER);
  };

  test("[R39] while it stands still the time used stays, and how long it has stood goes on", async () => {
    await drawDesk(LEADER, pausedAfterASecond);
    passes(20);
    await expect.element(page.getByTestId("sheet-paused")).toHaveTextContent("已停 20:0");
    await expect.element(clock()).toHaveTextContent("用时0:01");
    await expect.element(clock()).not.toHaveTextContent("到时");
  });

  test("[R39] once it runs again the end has moved by what was lost", async () => {
    await drawDesk(LEADER, (here) => {
      pausedAfterASecond(here);
      for (let n = 0; n < 120; n++) here.journal.append({ kind: "session.opened", person: LEADER }, LEADER);
      here.journal.append({ kind: "sheet.resumed", sheet: sheetId(101) }, LEADER);
    });
    passes(0);
    await expect.element(page.getByTestId("given-back")).toHaveTextContent("已补时 2:01");
    await expect.element(clock()).toHaveTextContent("用时0:0");
    const begun = sheetOf(1, LEADER).startedAt.wall;
    const end = begun + everyKindRubric().minutes * MINUTE + 121_000;
    await expect.element(clock()).toHaveTextContent(`${formatTime(end, "zh-CN")} 到时`);
  });

  test("[P16] over a restart it says that the wall clock was all there was, and whether somebody had set it", async () => {
    await drawDesk(LEADER, (here) => openFor(here, 1, LEADER));
    const { wall } = clockAt(0);
    const restarted = {
      wall: InstantMs.parse(wall + 90 * MINUTE),
      mono: 5,
      boot: BootId.parse("f".repeat(16)),
    };
    desk.main.clock = () => restarted;
    document.dispatchEvent(new Event("visibilitychange"));
    const said = page.getByTestId("clock-by-wall");
    await expect.element(said).toHaveTextContent("系统时钟计。");
    day.journal.append({ kind: "clock.changed", state: "changed", against: "journal", byMs: -4_000_000 });
    await desk.store.catchUp();
    await expect.element(said).toHaveTextContent("改动过");
  });
});

describe("several sheets at once", () => {
  test("[R39] an examiner pauses their other open sheets in the same act, and not a colleague's", async () => {
    await drawDesk(SECOND, (here) => {
      openFor(here, 2, SECOND);
      openFor(here, 3, LEADER);
    });
    await begin();
    await userEvent.keyboard("p");
    await expect.element(dialog()).toHaveTextContent("我的其他 1 张");
    await page.getByTestId("pause-others").click();
    const calls = desk.main.calls.length;
    await page.getByTestId("pause-power").click();
    await expect.poll(() => pausesOf(1, SECOND)).toHaveLength(1);
    expect(pausesOf(2, SECOND)).toHaveLength(1);
    expect(pausesOf(3)).toEqual([]);
    expect(desk.main.calls.slice(calls).filter(({ name }) => name === "journal.append")).toHaveLength(1);
    await page.getByTestId("resume-all").click();
    await expect.poll(() => pausesOf(2, SECOND)[0]?.resumed).not.toBeNull();
    expect(pausesOf(1, SECOND)[0]?.resumed).not.toBeNull();
  });

  const drawRoom = async (who: PersonId) => {
    day = aPreparedDay({ rubric: everyKindRubric(), candidates: 4, panel: 2 });
    openFor(day, 1, LEADER);
    openFor(day, 2, SECOND);
    const { me, sitting } = rowsOf(day, who);
    desk = await draw(
      day.journal,
      who,
      <Room
        {...{ me, sitting }}
        clocks={(candidates) => <SittingClocks {...{ me, sitting, candidates }} />}
        paper={null}
        onLeave={() => undefined}
      />,
    );
  };

  test("[R39] the leader pauses every open sheet on this laptop from the room record, and lets all run again", async () => {
    await drawRoom(LEADER);
    await page.getByTestId("pause-all").click();
    await userEvent.keyboard("2");
    await expect.poll(() => [pausesOf(1), pausesOf(2, SECOND)].map(({ length }) => length)).toEqual([1, 1]);
    expect(pausesOf(2, SECOND)[0]).toMatchObject({ reason: { kind: "alarm" }, by: LEADER });
    await expect.element(page.getByTestId("pause-all")).toBeDisabled();
    await page.getByTestId("resume-all").click();
    await expect.poll(() => pausesOf(2, SECOND)[0]?.resumed?.by).toBe(LEADER);
  });

  test("[R45] another examiner sees no more than their own there", async () => {
    await drawRoom(SECOND);
    await page.getByTestId("pause-all").click();
    await userEvent.keyboard("1");
    await expect.poll(() => pausesOf(2, SECOND)).toHaveLength(1);
    expect(pausesOf(1)).toEqual([]);
  });
});
