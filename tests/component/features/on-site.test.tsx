// Supervision on site (R23): the room is only looked at, the checklist is answered by the keyboard alone and lies in the journal at once,
// and what was signed is listed; nobody else has a checklist.
import { afterEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { PersonId } from "#shared/base";
import { onSiteChecklist } from "#shared/rules";
import { setLocale } from "../../../renderer/i18n/index.ts";
import { aVisitedDay, answerAll, LEADER, MEMBER, OFFICE, VISITOR } from "../../support/visited-day.ts";
import { candidateRef, sheetId, signSheet } from "../../support/journal-builders.ts";
import { closeStores, drawApp, type DrawnApp } from "./draw.tsx";
import { tabTo } from "./keys.ts";

afterEach(closeStores);

const { items } = onSiteChecklist();
const item = (code: string) => page.getByTestId(`visit-item-${code}`);
const drawRoom = (day: ReturnType<typeof aVisitedDay>, person: PersonId = VISITOR): Promise<DrawnApp> =>
  drawApp(day.journal, person, { place: { kind: "onsite", sitting: day.sitting } });
const intents = ({ main }: DrawnApp) =>
  main.calls
    .filter(({ name }) => name === "journal.append")
    .map(({ input }) => (input as { intents: unknown[] }).intents);
const value = (id: string) => page.getByTestId(id);
const isAt = (testId: string) => (focused: Element) => focused.closest(`[data-testid="${testId}"]`) !== null;

describe("[R23] the room", () => {
  test("shows each candidate's state, the time of what is under way, and who of the panel declared", async () => {
    const day = aVisitedDay();
    signSheet(day, 1, LEADER);
    signSheet(day, 1, MEMBER);
    const body = {
      sheet: sheetId(900),
      sitting: day.sitting,
      candidate: candidateRef(2),
      rubric: day.rubric,
    };
    day.journal.append({ kind: "sheet.opened", ...body }, MEMBER);
    day.journal.append({ kind: "sheet.paused", sheet: sheetId(900), reason: { kind: "power" } }, MEMBER);
    const { sitting, candidate } = body;
    day.journal.append({ kind: "leader.called", call: sheetId(901), sitting, candidate }, MEMBER);
    await drawRoom(day);
    await expect.element(value("visit-state-signed")).toHaveAttribute("data-value", "1");
    await expect.element(value("visit-state-marking")).toHaveAttribute("data-value", "1");
    const rows = page.getByTestId("visit-workplaces");
    await expect.element(rows).toHaveTextContent(/02 阿依古丽·买买提第 1 组评分中0 \/ 2.*暂停：停电/);
    await expect.element(value("visit-panel")).toHaveTextContent(/林知微组长已声明/);
    // It is to look at: the call waits for the panel, and nothing is entered from here.
    await expect.element(value("room-calls")).toHaveTextContent("等候应答");
    for (const id of ["room-incident", "call-answer"])
      expect(page.getByTestId(id).elements(), id).toEqual([]);
  });

  test("is offered to supervisors and the office on the day's card, and to nobody of the panel", async () => {
    const day = aVisitedDay();
    await drawApp(day.journal, VISITOR);
    await page.getByTestId(`day-onsite-${day.sitting}`).click();
    await expect.element(value("visit-checklist")).toBeVisible();
    await closeStores();
    await drawRoom(day, OFFICE);
    await expect.element(value("visit-records")).toBeVisible();
    expect(value("visit-checklist").elements()).toEqual([]);
    await closeStores();
    await drawRoom(day, LEADER);
    // A remembered place that is not theirs leads home.
    await expect.element(page.getByTestId(`day-room-${day.sitting}`)).toBeVisible();
    expect(page.getByTestId(`day-onsite-${day.sitting}`).elements()).toEqual([]);
  });
});

describe("[R23] the checklist", () => {
  test("is answered by the keyboard alone, each answer an entry at once, and taken back with U", async () => {
    const drawn = await drawRoom(aVisitedDay());
    await expect.element(value("visit-checklist")).toBeVisible();
    await tabTo(isAt("visit-answer-panel-present"));
    await userEvent.keyboard(" ");
    await expect.element(item("panel-present")).toHaveAttribute("data-answer", "yes");
    await userEvent.keyboard("{ArrowRight}");
    await expect.element(item("panel-present")).toHaveAttribute("data-answer", "no");
    expect(intents(drawn).at(-1)).toMatchObject([
      { kind: "visit.answer", item: "panel-present", answer: { answer: "no" } },
    ]);
    await userEvent.keyboard("u");
    await expect.element(item("panel-present")).toHaveAttribute("data-answer", "yes");
    await userEvent.keyboard("u");
    await expect.element(item("panel-present")).toHaveAttribute("data-answer", "");
    await expect.element(value("visit-undo")).toBeDisabled();
    // Nothing further to take back: no entry.
    const before = intents(drawn).length;
    await userEvent.keyboard("u");
    expect(intents(drawn)).toHaveLength(before);
  });

  test("an answer and U in one breath take back that answer and no other", async () => {
    const drawn = await drawRoom(aVisitedDay());
    await expect.element(value("visit-checklist")).toBeVisible();
    await tabTo(isAt("visit-answer-panel-present"));
    await userEvent.keyboard(" {ArrowRight}u");
    const written = () =>
      intents(drawn).map((those) => (those as { answer?: { answer: string } }[])[0]?.answer?.answer);
    await expect.poll(written).toEqual(["yes", "no", "yes"]);
    await expect.element(item("panel-present")).toHaveAttribute("data-answer", "yes");
  });

  test("words and an answer in one breath both stay, whichever comes first", async () => {
    const day = aVisitedDay();
    const { main } = await drawRoom(day);
    const last = () => day.journal.entries.at(-1)?.entry.body;
    const holdWriting = () => {
      let release: () => void = () => undefined;
      main.hold = new Promise((resolve) => (release = resolve));
      return () => {
        main.hold = null;
        release();
      };
    };
    await item("safety").getByText("否", { exact: true }).click();
    await value("visit-words-safety").fill("没有灭火器");
    let goOn = holdWriting();
    await item("safety").getByText("没看到", { exact: true }).click();
    goOn();
    await expect
      .poll(last)
      .toMatchObject({ item: "safety", answer: { answer: "unseen", words: "没有灭火器" } });
    goOn = holdWriting();
    await item("safety").getByText("否", { exact: true }).click();
    await value("visit-words-safety").fill("灭火器过期");
    await userEvent.keyboard("{Tab}");
    goOn();
    await expect.poll(last).toMatchObject({ item: "safety", answer: { answer: "no", words: "灭火器过期" } });
    await expect.element(value("visit-words-safety")).toHaveValue("灭火器过期");
  });

  test("keeps words when their field is left, and u in a text is a letter", async () => {
    const drawn = await drawRoom(aVisitedDay());
    await item("safety").getByText("否", { exact: true }).click();
    const words = value("visit-words-safety");
    await words.fill("no extinguisher, u");
    await userEvent.keyboard("u");
    expect(intents(drawn)).toHaveLength(1);
    await userEvent.keyboard("{Tab}");
    await expect
      .poll(() => intents(drawn).at(-1))
      .toMatchObject([
        { kind: "visit.answer", item: "safety", answer: { answer: "no", words: "no extinguisher, uu" } },
      ]);
    await expect.element(words).toHaveValue("no extinguisher, uu");
  });

  test("stands after the laptop locked, and after another start; what was being typed waits for its owner", async () => {
    const day = aVisitedDay();
    const { main } = await drawRoom(day);
    await item("identity").getByText("没看到", { exact: true }).click();
    await expect.element(item("identity")).toHaveAttribute("data-answer", "unseen");
    await value("visit-problems").fill("噪声大");
    main.lock();
    await expect.element(page.getByTestId("lock-screen")).toBeVisible();
    main.person = VISITOR;
    main.locked = null;
    main.emit("session.changed", {});
    await expect.element(value("visit-problems")).toHaveValue("噪声大");
    await expect.element(item("identity")).toHaveAttribute("data-answer", "unseen");
    await value("visit-problems").click();
    await userEvent.keyboard("{Tab}");
    await expect
      .poll(() => day.journal.entries.at(-1)?.entry.body)
      .toMatchObject({ kind: "visit.remarked", text: "噪声大" });
    await closeStores();
    await drawRoom(day);
    await expect.element(value("visit-problems")).toHaveValue("噪声大");
    await expect.element(value("visit-done")).toHaveAttribute("data-value", "1");
  });

  test("is emptied after a question, and stands again when that is taken back", async () => {
    await drawRoom(aVisitedDay());
    await expect.element(value("visit-clear")).toBeDisabled();
    await item("order").getByText("是", { exact: true }).click();
    await item("safety").getByText("是", { exact: true }).click();
    await value("visit-clear").click();
    await value("visit-clear-dialog-act").click();
    await expect.element(value("visit-done")).toHaveAttribute("data-value", "0");
    await value("visit-undo").click();
    await expect.element(value("visit-done")).toHaveAttribute("data-value", "2");
    await expect.element(item("order")).toHaveAttribute("data-answer", "yes");
  });

  test("that cannot be written says why, and keeps what was typed", async () => {
    const { main } = await drawRoom(aVisitedDay());
    main.refusals.set("journal.append", { code: "journal.full" });
    await value("visit-suggestions").fill("增配灭火器");
    await userEvent.keyboard("{Tab}");
    await expect.element(value("visit-note-refused")).toBeVisible();
    await expect.element(value("visit-suggestions")).toHaveValue("增配灭火器");
  });
});

describe("[R23] the signature", () => {
  test("waits for every answer and for words to a no, says which is missing, and lists what was signed", async () => {
    const day = aVisitedDay();
    const drawn = await drawRoom(day);
    await expect.element(value("visit-sign")).toBeDisabled();
    await expect.element(value("visit-lacks")).toHaveTextContent(`还有 ${String(items.length)} 项没有回答`);
    answerAll(day);
    drawn.main.emit("journal.appended", { seq: day.journal.entries.length, hasReserve: true });
    await item("safety").getByText("否", { exact: true }).click();
    await expect.element(value("visit-lacks")).toHaveTextContent("第 12 项选了“否”");
    await value("visit-words-safety").fill("没有灭火器");
    await userEvent.keyboard("{Tab}");
    await expect.element(value("visit-sign")).toBeEnabled();
    await value("visit-sign").click();
    await expect.element(value("visit-said")).toHaveTextContent("已签名，随当天成绩封存上报。");
    await expect.element(value("visit-done")).toHaveAttribute("data-value", "0");
    await expect
      .element(value("visit-records-list"))
      .toHaveTextContent(/韦月桂是 12 · 否 1 · 没看到 0.*没有灭火器等当天封存/);
    await setLocale(drawn.words, "en");
    await expect
      .element(value("visit-records-list"))
      .toHaveTextContent(/yes 12 · no 1 · not seen 0.*waits for the day’s seal/);
    await page.getByTestId("nav-day").click();
    await expect.element(page.getByTestId(`day-visits-${day.sitting}`)).toBeVisible();
  });

  test("that is declined or refused says so in the rule's own words, and the list stands", async () => {
    const day = aVisitedDay();
    answerAll(day);
    const { main } = await drawRoom(day);
    main.refusals.set("visit.sign", {
      code: "visit.blocked",
      facts: { rule: "R23", code: "supervision.term", person: VISITOR, day: "2026-11-23" },
    });
    await value("visit-sign").click();
    await expect.element(value("visit-refused")).toHaveTextContent(/^R23 .*韦月桂/);
    await expect.element(value("visit-done")).toHaveAttribute("data-value", String(items.length));
  });

  test("nothing signed yet is said, and what main cannot read can be asked again", async () => {
    const day = aVisitedDay();
    await drawRoom(day);
    await expect.element(value("visit-records")).toHaveTextContent("还没有签名的记录");
    await closeStores();
    const again = await drawApp(day.journal, VISITOR);
    again.main.refusals.set("visit.list", { code: "role.not-supervising" });
    await page.getByTestId(`day-onsite-${day.sitting}`).click();
    await expect.element(value("visit-list-refused")).toBeVisible();
    again.main.refusals.delete("visit.list");
    await page.getByText("再读一次").click();
    await expect.element(value("visit-checklist")).toBeVisible();
  });
});
