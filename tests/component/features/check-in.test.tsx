// Check-in on the screen: a candidate is found by typing, by a scanner and by a picture of the slip, and checked by keys alone; the
// desk asks before it opens a sheet for somebody who was not; workplaces are locked, then drawn.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { PersonId } from "#shared/base";
import type { IdCheckSaid } from "#shared/exam";
import { slipText } from "#shared/wire";
import { CheckIn } from "../../../renderer/features/check-in/index.ts";
import { SlipPaper } from "../../../renderer/features/paper/index.ts";
import { setLocale } from "../../../renderer/i18n/index.ts";
import { useSitting } from "../../../renderer/store/index.ts";
import {
  aPreparedDay,
  candidateRef,
  drawInOrder,
  markAbsent,
  personId,
  sittingId,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, draw, drawApp, MarkingDesk, rowsOf } from "./draw.tsx";
import { byTestId, tabTo } from "./keys.ts";
import { aCamera, photographOf } from "./square.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-23T09:30:00+08:00") });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await closeStores();
});

const [LEADER, SECOND] = [1, 2].map(personId) as [PersonId, PersonId];
const SAID: IdCheckSaid = { document: "idCard", matches: true, note: null };
const onRoom = vi.fn();

/** With the sitting as it stands in the store, as the shell has it. */
function Screen({ day, person }: { readonly day: PreparedDay; readonly person: PersonId }) {
  const sitting = useSitting(day.sitting);
  if (!sitting) return null;
  return (
    <CheckIn
      me={rowsOf(day, person).me}
      {...{ sitting, onRoom }}
      slips={(candidate) => <SlipPaper {...{ sitting, candidate }} />}
      onLeave={vi.fn()}
    />
  );
}
const drawCheckIn = (day: PreparedDay, person = LEADER) =>
  draw(day.journal, person, <Screen {...{ day, person }} />);

const at = (id: string) => page.getByTestId(id);
const checksOf = ({ journal }: PreparedDay, no: number) =>
  journal.view.read("candidates", candidateRef(no))?.checks ?? [];
function check({ journal, sitting }: PreparedDay, no: number, said = SAID): void {
  journal.append({ kind: "identity.checked", sitting, candidate: candidateRef(no), ...said }, LEADER);
}

test("[R79] a scanner types the slip and Enter; the document is compared and the candidate checked in by keys alone", async () => {
  const day = aPreparedDay();
  await drawCheckIn(day);
  await expect.element(at("check-in-progress")).toHaveTextContent("已签到 0 / 8");
  await expect.element(at("check-in-find")).toHaveFocus();
  await userEvent.keyboard(`${slipText({ sitting: day.sitting, no: 3 })}{Enter}`);
  await expect.element(at("check-dialog")).toHaveTextContent("03 䂮䶮");
  await expect.element(at("check-dialog")).toHaveTextContent("990000********0003");
  // The same slip read twice confirms nothing.
  await userEvent.keyboard("{Enter}");
  expect(checksOf(day, 3)).toEqual([]);
  await tabTo(byTestId("check-match"));
  await userEvent.keyboard("{Enter}");
  await expect.element(at("check-in-said")).toHaveTextContent("03 䂮䶮：已签到。");
  await expect.element(at("check-in-progress")).toHaveTextContent("已签到 1 / 8");
  await expect.element(at("check-in-find")).toHaveFocus();
  await expect.element(at("check-in-find")).toHaveValue("");
  expect(checksOf(day, 3)).toMatchObject([{ ...SAID, by: LEADER }]);
});

test("a document that does not match needs its reason, stays to be seen, and is followed by another look", async () => {
  const day = aPreparedDay();
  await drawCheckIn(day);
  await at("check-in-find").fill("王建国");
  await userEvent.keyboard("{Enter}");
  await at("check-mismatch").click();
  await expect.element(at("check-mismatch-act")).toBeDisabled();
  await at("check-note").fill("末四位不符");
  await at("check-mismatch-act").click();
  await expect.element(at("check-in-said")).toHaveTextContent("记为证件不符");
  expect(checksOf(day, 1)).toMatchObject([{ matches: false, note: "末四位不符" }]);
  await at("check-in-shown").getByText("证件不符").click();
  await expect.element(at("check-in-list")).toHaveTextContent("末四位不符");
  await page.getByRole("button", { name: "01 王建国" }).click();
  await expect.element(at("check-earlier")).toHaveTextContent("居民身份证 · 证件不符 · 末四位不符");
  await at("check-document").click();
  await page.getByRole("option", { name: "其他证件" }).click();
  await expect.element(at("check-match")).toBeDisabled();
  await at("check-note").fill("户籍证明带照片");
  await at("check-match").click();
  await expect.element(at("check-in-progress")).toHaveTextContent("已签到 1 / 8");
  expect(checksOf(day, 1).at(-1)).toMatchObject({ document: "other", matches: true, note: "户籍证明带照片" });
});

test("what was pressed for the wrong line is taken back; whoever is missing is recorded as absent from here, and a late one is shown the way", async () => {
  const day = aPreparedDay();
  check(day, 1);
  markAbsent(day, 4);
  const { main } = await drawCheckIn(day);
  await at("check-in-find").fill("1");
  await userEvent.keyboard("{Enter}");
  await expect.element(at("check-dialog")).toBeVisible();
  expect(at("check-absent").elements()).toEqual([]);
  await at("check-undo").click();
  await expect.element(at("check-in-progress")).toHaveTextContent("已签到 0 / 7");
  expect(checksOf(day, 1)[0]?.undone?.by).toBe(LEADER);
  await at("check-in-find").fill("2");
  await userEvent.keyboard("{Enter}");
  await at("check-absent").click();
  await expect.element(at("check-in-said")).toHaveTextContent("已记为缺考");
  expect(main.calls.at(-2)).toMatchObject({
    name: "attendance.requestAbsence",
    input: { sitting: day.sitting, candidate: candidateRef(2) },
  });
  await at("check-in-find").fill("4");
  await userEvent.keyboard("{Enter}");
  await expect.element(at("check-dialog")).toHaveTextContent("已记为缺考");
  await page.getByRole("button", { name: "考场情况" }).click();
  expect(onRoom).toHaveBeenCalledOnce();
});

test("what is no slip of this sitting opens nobody and says why; typed names narrow the list, and nobody found is said", async () => {
  const day = aPreparedDay();
  await drawCheckIn(day);
  const field = at("check-in-find");
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard(`${slipText({ sitting: sittingId(2), no: 1 })}{Enter}`);
  await expect.element(page.getByText("这张准考证是另一场的。")).toBeVisible();
  // The scanner types the next one into the same field.
  await expect.element(field).toHaveValue("");
  await userEvent.keyboard("JPA1:WRONG{Enter}");
  await expect.element(page.getByText("没有读出准考证")).toBeVisible();
  await expect.element(field).toHaveValue("");
  await userEvent.keyboard("欧阳");
  await expect.element(at("check-in-list")).toHaveTextContent("04 欧阳修竹");
  expect(page.getByRole("button", { name: "01 王建国" }).elements()).toEqual([]);
  await userEvent.keyboard("没有这个人{Enter}");
  await expect.element(page.getByText("没有找到考生")).toBeVisible();
  // What somebody typed stays, to be mended.
  await expect.element(field).toHaveValue("欧阳没有这个人");
  expect(at("check-dialog").elements()).toEqual([]);
  await userEvent.keyboard("{Escape}JPA1:WRONG{Enter}");
  await userEvent.keyboard(`${slipText({ sitting: day.sitting, no: 3 })}{Enter}`);
  await expect.element(at("check-dialog")).toHaveTextContent("03 䂮䶮");
});

test("a picture of the printed slip opens its candidate; a picture of anything else opens nobody", async () => {
  const day = aPreparedDay();
  await drawCheckIn(day);
  await at("check-in-picture").upload(await photographOf("HTTPS://EXAMPLE.ORG"));
  await expect.element(page.getByText("没有读出准考证")).toBeVisible();
  await at("check-in-picture").upload(await photographOf(slipText({ sitting: day.sitting, no: 5 })));
  await expect.element(at("check-dialog")).toHaveTextContent("05 次仁卓玛");
});

test("[E6] the camera reads a slip that is held before it, once; it is asked of main, and gone when it is put away", async () => {
  const day = aPreparedDay();
  const camera = aCamera();
  camera.show(slipText({ sitting: day.sitting, no: 7 }));
  const { main } = await drawCheckIn(day);
  const asked = () => main.calls.filter(({ name }) => name === "camera.use").map(({ input }) => input);
  await at("check-in-camera").click();
  await expect.element(at("check-dialog")).toHaveTextContent("07 黄婷");
  await at("check-match").click();
  await expect.element(at("check-in-said")).toHaveTextContent("07 黄婷：已签到。");
  await at("check-in-camera").click();
  await expect.poll(asked).toEqual([{ use: { kind: "square" } }, { use: null }]);
  expect(camera.isOff()).toBe(true);
  expect(at("check-dialog").elements()).toEqual([]);
});

test("a camera that is not there is said, and the field is there all the same", async () => {
  vi.spyOn(navigator.mediaDevices, "getUserMedia").mockRejectedValue(
    new DOMException("none", "NotFoundError"),
  );
  await drawCheckIn(aPreparedDay());
  await at("check-in-camera").click();
  await expect.element(at("camera-refused")).toHaveTextContent("没有找到摄像头");
  await at("check-in-find").fill("8");
  await userEvent.keyboard("{Enter}");
  await expect.element(at("check-dialog")).toHaveTextContent("08 周强");
});

test("main's refusal is said and what was filled in stays", async () => {
  const day = aPreparedDay();
  const { main } = await drawCheckIn(day);
  main.refusals.set("journal.append", { code: "journal.full" });
  await at("check-in-find").fill("1");
  await userEvent.keyboard("{Enter}");
  await at("check-mismatch").click();
  await at("check-note").fill("相貌不符");
  await at("check-mismatch-act").click();
  await expect.element(at("check-refused")).toBeVisible();
  await expect.element(at("check-note")).toHaveValue("相貌不符");
});

test("when everybody is there nobody is missing, and the list says so", async () => {
  const day = aPreparedDay({ candidates: 2 });
  check(day, 1);
  check(day, 2);
  await drawCheckIn(day);
  await expect.element(page.getByText("没有未到的考生")).toBeVisible();
  await expect.element(at("check-in-progress")).toHaveTextContent("已签到 2 / 2");
});

test("[R58] the draw is locked, then made with a value named in the room, once; secret and places are shown", async () => {
  const day = aPreparedDay();
  await drawCheckIn(day);
  await at("seats-commit").click();
  await expect.element(at("seats-value")).toBeVisible();
  const commitment = day.journal.view.read("sittings", day.sitting)!.seatDraw!.commitment;
  await expect.element(at("seats")).toHaveTextContent(commitment);
  await expect.element(at("seats")).not.toHaveTextContent("5a5a5a");
  await expect.element(at("seats-draw")).toBeDisabled();
  await at("seats-value").fill("4 2 6");
  await userEvent.keyboard("{Enter}");
  await expect.element(at("seats-sure")).toHaveTextContent("全场只抽一次");
  await at("seats-sure").getByRole("button", { name: "抽签" }).click();
  await expect.element(at("seats-list")).toBeVisible();
  await expect.element(at("seats")).toHaveTextContent("5a".repeat(32));
  expect(at("seats-draw").elements()).toEqual([]);
  const places = day.journal.view.rowsOf("candidates", day.sitting).map(({ place }) => place);
  expect(new Set(places.slice(0, 5).map((place) => place?.no))).toEqual(new Set([1, 2, 3, 4, 5]));
});

test("[R45] whoever marks by number is offered neither place nor names; the office is, in English too", async () => {
  const day = aPreparedDay({ panel: 3 });
  const { words } = await drawApp(day.journal, SECOND, {
    place: { kind: "checkIn", sitting: day.sitting },
  });
  await expect.element(at("check-in-refused")).toHaveTextContent("签到由考评组长、督导员或考务管理员办理");
  await setLocale(words, "en");
  await expect.element(at("check-in-refused")).toHaveTextContent("checks candidates in");
  await closeStores();
  await drawApp(day.journal, SECOND);
  await expect.element(page.getByTestId(/^day-room-/)).toBeVisible();
  expect(page.getByTestId(/^day-check-in-/).elements()).toEqual([]);
  await closeStores();
  // Who leads the panel marks as well: in a sitting that nobody watches, by number.
  const blind = aPreparedDay({ panel: 3, observed: false });
  await drawApp(blind.journal, LEADER, { place: { kind: "checkIn", sitting: blind.sitting } });
  await expect.element(at("check-in-refused")).toHaveTextContent("这一场按编号评分，评分的人看不到姓名");
  expect(at("check-in-find").elements()).toEqual([]);
  await closeStores();
  await drawApp(blind.journal, LEADER);
  await expect.element(page.getByTestId(/^day-room-/)).toBeVisible();
  expect(page.getByTestId(/^day-check-in-/).elements()).toEqual([]);
  await closeStores();
  const office = await drawApp(blind.journal, personId(4));
  await page.getByTestId(/^day-check-in-/).click();
  await setLocale(office.words, "en");
  await expect.element(at("check-in-progress")).toHaveTextContent("0 of 8 checked in");
});

test("[R58] the desk shows the workplace that was drawn", async () => {
  const day = aPreparedDay();
  drawInOrder(day);
  await draw(day.journal, LEADER, <MarkingDesk day={day} person={LEADER} height="800px" />);
  await at("candidate-3").click();
  await expect.element(page.getByRole("heading", { level: 1 })).toHaveTextContent("䂮䶮");
  await expect.element(page.getByText("工位 3", { exact: true })).toBeVisible();
  await at("candidate-7").click();
  await expect.element(page.getByText("工位 2", { exact: true })).toBeVisible();
});

test("[R45] whoever marks by number is not told the workplace: who stood there is known to whoever went by", async () => {
  const day = aPreparedDay({ observed: false });
  drawInOrder(day);
  await draw(day.journal, LEADER, <MarkingDesk day={day} person={LEADER} height="800px" />);
  await at("candidate-3").click();
  await expect.element(page.getByRole("heading", { level: 1 })).toHaveTextContent("作品 03");
  expect(page.getByText(/^工位/).elements()).toEqual([]);
});

test("the desk asks before it starts for somebody who was not checked in, and starts all the same; not where nobody is checked in", async () => {
  const day = aPreparedDay();
  await draw(day.journal, LEADER, <MarkingDesk day={day} person={LEADER} height="800px" />);
  await at("candidate-2").click();
  await at("sheet-start").click();
  await expect.element(at("item-1")).toBeVisible();
  await closeStores();
  check(day, 1);
  check(day, 4, { document: "idCard", matches: false, note: "末四位不符" });
  await draw(day.journal, LEADER, <MarkingDesk day={day} person={LEADER} height="800px" />);
  await at("candidate-4").click();
  await userEvent.keyboard("{Enter}");
  await expect.element(at("unchecked")).toHaveTextContent("欧阳修竹 的证件与名册不符");
  // Enter is on the answer that changes nothing.
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => at("unchecked").elements()).toEqual([]);
  expect(day.journal.view.rowsOf("sheets", day.sitting)).toHaveLength(1);
  await at("candidate-3").click();
  await at("sheet-start").click();
  await expect.element(at("unchecked")).toHaveTextContent("䂮䶮 还没有签到");
  await at("unchecked").getByRole("button", { name: "仍然开始" }).click();
  await expect.element(at("item-1")).toBeVisible();
  await at("candidate-1").click();
  await at("sheet-start").click();
  await expect.poll(() => day.journal.view.rowsOf("sheets", day.sitting)).toHaveLength(3);
  expect(at("unchecked").elements()).toEqual([]);
});

test("at the desk a slip goes to its candidate: by the scanner after /, and another sitting's is refused", async () => {
  const day = aPreparedDay();
  await draw(day.journal, LEADER, <MarkingDesk day={day} person={LEADER} height="800px" />);
  await expect.element(at("candidate-6")).toBeVisible();
  await userEvent.keyboard("/");
  await expect.element(at("find-candidate")).toHaveFocus();
  await userEvent.keyboard(`${slipText({ sitting: day.sitting, no: 6 })}{Enter}`);
  await expect.element(at("candidate-6")).toHaveAttribute("aria-current", "true");
  await expect.element(at("find-candidate")).toHaveValue("");
  await at("find-candidate").click();
  await userEvent.keyboard(`${slipText({ sitting: sittingId(2), no: 1 })}{Enter}`);
  await expect.element(page.getByText("这张准考证是另一场的。")).toBeVisible();
  await expect.element(at("candidate-6")).toHaveAttribute("aria-current", "true");
  await userEvent.keyboard(`${slipText({ sitting: day.sitting, no: 2 })}{Enter}`);
  await expect.element(at("candidate-2")).toHaveAttribute("aria-current", "true");
  await expect.element(at("find-candidate")).toHaveValue("");
});

test("[E6] at the desk a picture of a slip, or a slip before the camera, goes to its candidate; anything else goes to nobody", async () => {
  const day = aPreparedDay();
  const camera = aCamera();
  await draw(day.journal, LEADER, <MarkingDesk day={day} person={LEADER} height="800px" />);
  await at("find-picture").upload(await photographOf(slipText({ sitting: day.sitting, no: 4 })));
  await expect.element(at("candidate-4")).toHaveAttribute("aria-current", "true");
  await at("find-picture").upload(await photographOf("HTTPS://EXAMPLE.ORG"));
  await expect.element(page.getByText("没有读出准考证")).toBeVisible();
  await expect.element(at("candidate-4")).toHaveAttribute("aria-current", "true");
  await at("find-camera").click();
  await expect.element(at("square-camera")).toHaveAttribute("data-state", "on");
  camera.show(slipText({ sitting: day.sitting, no: 7 }));
  await expect.element(at("candidate-7")).toHaveAttribute("aria-current", "true");
  await expect.element(at("square-dialog")).not.toBeInTheDocument();
  await expect.poll(camera.isOff).toBe(true);
});
