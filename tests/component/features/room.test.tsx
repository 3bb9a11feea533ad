// The room record: what changed in the roster is asked for in whole sentences only, stays filled in while nobody signs, and is read
// by everybody; a blind panel reads numbers.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import type { PersonId } from "#shared/base";
import { Marking } from "../../../renderer/features/marking/index.ts";
import { Room } from "../../../renderer/features/room/index.ts";
import {
  aPreparedDay,
  candidateRef,
  markAbsent,
  nextSeq,
  personId,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, draw, rowsOf } from "./draw.tsx";

const HALF_PAST_TEN = Date.parse("2026-11-23T10:30:00+08:00");

beforeEach(() => {
  // Only what o'clock it is stands still: minutes ago are counted from it.
  vi.useFakeTimers({ toFake: ["Date"], now: HALF_PAST_TEN });
});
afterEach(async () => {
  vi.useRealTimers();
  await closeStores();
});

const [LEADER, SECOND, ADMINISTRATOR, SUPERVISOR] = [1, 2, 4, 70].map(personId) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];

function aDay(): PreparedDay {
  const day = aPreparedDay({ panel: 3 });
  day.journal.append({
    kind: "person.added",
    person: { id: SUPERVISOR, name: "韦月桂", roles: ["supervisor"] },
    stated: { examiner: [], supervisor: null },
  });
  return day;
}

const drawRoom = (day: PreparedDay, who = LEADER) =>
  draw(day.journal, who, <Room {...rowsOf(day, who)} clocks={() => null} paper={null} onLeave={vi.fn()} />);

function withdraw({ journal, sitting }: PreparedDay, no: number): void {
  const seq = nextSeq(journal);
  journal.append({
    ...{ kind: "roster.changed", sitting, seq, hash: testHash(`delta ${seq}`), reason: "身体不适" },
    change: { kind: "withdrawal", candidate: candidateRef(no) },
    ...{ leader: LEADER, confirmedBy: SUPERVISOR, office: "supervisor" },
  });
}

const asked = (calls: readonly { readonly name: string; readonly input: unknown }[]) =>
  calls.filter(({ name }) => name === "roster.requestChange").map(({ input }) => input);
const field = (name: string) => page.getByTestId(`roster-change-${name}`);
const pick = async (name: string, option: string) => {
  await field(name).click();
  await page.getByRole("option", { name: option }).click();
};

test("absences and changes are read by anybody with their reason and both names; only an office may change", async () => {
  const day = aDay();
  markAbsent(day, 2);
  withdraw(day, 3);
  await drawRoom(day, SECOND);
  const list = page.getByTestId("room-changes-list");
  await expect.element(list).toHaveTextContent("02 阿依古丽·买买提缺考");
  await expect.element(list).toHaveTextContent("03 䂮䶮中途离场身体不适林知微（组长）、韦月桂（督导员）");
  expect(page.getByTestId("room-change").elements()).toEqual([]);
});

test("nothing is asked of main before candidate, reason and second person are there; who it is stands below the number", async () => {
  const day = aDay();
  markAbsent(day, 2);
  const { main } = await drawRoom(day);
  await page.getByTestId("room-change").click();
  await expect.element(field("act")).toBeDisabled();
  await field("no").fill("99");
  await expect.element(page.getByText("没有找到考生")).toBeVisible();
  await field("no").fill("2");
  await expect.element(field("no-who")).toHaveTextContent("02 阿依古丽·买买提 · 第 1 组");
  await field("reason").fill("路上堵车");
  await expect.element(field("act")).toBeDisabled();
  await pick("confirmer", "韦月桂 · 督导员");
  await field("act").click();
  expect(asked(main.calls)).toEqual([
    {
      ...{ sitting: day.sitting, reason: "路上堵车", confirmer: SUPERVISOR },
      change: { kind: "arrival", candidate: candidateRef(2) },
    },
  ]);
  await expect.element(page.getByTestId("room-said")).toHaveTextContent("已签名记入");
  expect(day.journal.view.read("candidates", candidateRef(2))).toMatchObject({
    absence: null,
    changes: [{ kind: "arrival", reason: "路上堵车" }],
  });
});

test("of a failed workplace everybody of the rotation is meant, until somebody is left out", async () => {
  const day = aDay();
  markAbsent(day, 7);
  const { main } = await drawRoom(day, ADMINISTRATOR);
  await page.getByTestId("room-change").click();
  await pick("kind", "工位故障，改到别组");
  await pick("rotation", "第 2 组");
  await pick("to", "第 3 组");
  expect(field("those-7").elements()).toEqual([]);
  await field("those-8").click();
  await field("reason").fill("窑炉停电");
  await pick("confirmer", "陈简 · 考务管理员");
  await field("act").click();
  expect(asked(main.calls)).toMatchObject([
    { change: { kind: "relocation", candidates: [candidateRef(6)], to: 3 }, confirmer: ADMINISTRATOR },
  ]);
  await expect.element(page.getByTestId("room-changes-list")).toHaveTextContent("第 2 组 → 第 3 组");
  const rotationOf = (no: number) => day.journal.view.read("candidates", candidateRef(no))?.rotation;
  expect([6, 7, 8].map(rotationOf)).toEqual([3, 2, 2]);
});

test("what was filled in stays while nobody signs, and the reason it was refused is said", async () => {
  const day = aDay();
  const { main } = await drawRoom(day);
  main.refusals.set("roster.requestChange", { code: "roster.same-rotation" });
  await page.getByTestId("room-change").click();
  await pick("kind", "互换分组");
  await field("no").fill("1");
  await field("other").fill("2");
  await field("reason").fill("工位高度");
  await pick("confirmer", "韦月桂 · 督导员");
  await field("act").click();
  await expect.element(field("refused")).toHaveTextContent("考生已在这一组");
  await expect.element(field("reason")).toHaveValue("工位高度");
  await expect.element(field("other")).toHaveValue("2");
});

test("an incident is whole with what, whom where it is a breach, and what was done; then it is handed to main as it stands", async () => {
  const day = aDay();
  await drawRoom(day, SECOND);
  await page.getByTestId("room-incident").click();
  const part = (name: string) => page.getByTestId(`incident-${name}`);
  await part("kind").click();
  await page.getByRole("option", { name: "违纪" }).click();
  await part("tier").click();
  await page.getByRole("option", { name: "C2 · 本部分按作弊取消" }).click();
  await part("what").fill("夹带资料");
  await part("done").fill("收走资料");
  await expect.element(part("act")).toBeDisabled();
  await part("nos").fill("3，99");
  await expect.element(page.getByText("没有找到考生")).toBeVisible();
  await part("nos").fill("3，1");
  await part("ago").fill("5");
  await part("act").click();
  await expect.element(page.getByTestId("room-said")).toHaveTextContent("已签名记入");
  const incidents = day.journal.view.rows("incidents");
  expect(incidents.map(({ person, report }) => ({ person, report }))).toEqual([
    {
      person: SECOND,
      report: {
        ...{ kind: "breach", tier: "C2", candidates: [candidateRef(3), candidateRef(1)], staff: [] },
        ...{ happenedAt: HALF_PAST_TEN - 5 * 60_000, what: "夹带资料", done: "收走资料" },
      },
    },
  ]);
  const list = page.getByTestId("room-incidents-list");
  await expect.element(list).toHaveTextContent("10:25");
  await expect.element(list).toHaveTextContent("收走资料");
});

test("an open call is answered by the leader, and read by everybody afterwards", async () => {
  const day = aDay();
  day.journal.wish({ kind: "leader.call", sitting: day.sitting, candidate: candidateRef(2) }, SECOND);
  await drawRoom(day);
  await page.getByTestId("call-text").fill("已到场");
  await page.getByTestId("call-answer").click();
  await expect.element(page.getByTestId("room-calls")).toHaveTextContent("林知微 已应答 已到场");
  expect(day.journal.view.rows("calls")).toMatchObject([
    { caller: SECOND, candidate: candidateRef(2), answer: { person: LEADER, text: "已到场" } },
  ]);
});

test("[R45] an examiner of a blind panel reads numbers in the room record", async () => {
  const day = aDay();
  const row = day.journal.view.read("sittings", day.sitting);
  if (!row) throw new Error("a sitting");
  markAbsent(day, 2);
  const { me } = rowsOf(day, SECOND);
  const blind = { ...row, observed: false };
  await draw(
    day.journal,
    SECOND,
    <Room me={me} sitting={blind} clocks={() => null} paper={null} onLeave={vi.fn()} />,
  );
  await expect.element(page.getByTestId("room-changes-list")).toHaveTextContent("作品 02");
  await expect.element(page.getByTestId("room-changes-list")).not.toHaveTextContent("阿依古丽");
});

test("[R51] on the desk whoever left says so, offers no sheet, and is not counted; a swap is found in its new rotation", async () => {
  const day = aDay();
  withdraw(day, 3);
  const { journal, sitting } = day;
  const seq = nextSeq(journal);
  const moves = [
    { candidate: candidateRef(1), from: 1, to: 2 },
    { candidate: candidateRef(6), from: 2, to: 1 },
  ] as const;
  journal.append({
    ...{ kind: "roster.changed", sitting, seq, hash: testHash("swap"), reason: "工位高度" },
    change: { kind: "swap", moves: [{ ...moves[0] }, { ...moves[1] }] },
    ...{ leader: LEADER, confirmedBy: SUPERVISOR, office: "supervisor" },
  });
  await draw(
    day.journal,
    SECOND,
    <Marking
      {...rowsOf(day, SECOND)}
      candidate={candidateRef(3)}
      onCandidate={vi.fn()}
      beside={() => null}
    />,
  );
  await expect.element(page.getByTestId("candidate-3")).toHaveAttribute("data-state", "left");
  await expect.element(page.getByTestId("has-left")).toHaveTextContent("身体不适");
  expect(page.getByTestId("sheet-start").elements()).toEqual([]);
  await expect.element(page.getByText("0 / 7")).toBeVisible();
  const order = [...document.querySelectorAll("[data-testid^=candidate-]")].map((one) =>
    one.getAttribute("data-testid"),
  );
  expect(order).toEqual([2, 3, 4, 5, 6, 1, 7, 8].map((no) => `candidate-${no}`));
});
