// The review desk: flags that explain themselves in their order, and a sheet's story stepped through like a film, by keyboard alone,
// beside the sheet as it stood. A leader sees what lies open to them and changes nothing.
import { flushSync } from "react-dom";
import { afterEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ReviewDesk } from "../../../renderer/features/review/index.ts";
import type { Place } from "../../../renderer/app/place.ts";
import { fraction, type PersonId, type SheetId } from "#shared/base";
import type { VetoCode } from "#shared/exam";
import {
  aPreparedDay,
  candidateRef,
  everyKindRubric,
  fullInputs,
  personId,
  sheetId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, draw, drawApp, rowsOf } from "./draw.tsx";
import { byTestId, chooseByKeys, tabTo } from "./keys.ts";

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await closeStores();
});

const [LEADER, MEMBER, SUPERVISOR] = [personId(1), personId(2), personId(4)] as const;
const rubric = everyKindRubric();
const VETO = rubric.vetoes[0]?.code as VetoCode;

/** Of three candidates one was vetoed by both without a photograph; a clock was changed meanwhile. */
function aDay(): PreparedDay & { readonly vetoed: SheetId } {
  const day = aPreparedDay({ rubric, candidates: 3, panel: 2, supervisor: SUPERVISOR });
  signSheet(day, 2, LEADER, { "3": { kind: "JUDGE", level: 1 } });
  day.journal.append({ kind: "clock.changed", state: "changed", against: "monotonic", byMs: 7_200_000 });
  const vetoed = signSheet(day, 1, LEADER, {}, [VETO]);
  signSheet(day, 1, MEMBER, {}, [VETO]);
  return { ...day, vetoed };
}

const at = (day: PreparedDay, sheet: SheetId | null): Place => ({
  kind: "review",
  sitting: day.sitting,
  sheet,
});
const slider = () => page.getByTestId("film-slider");
const step = () => page.getByTestId("film-step");
const place = () => Number((slider().element() as HTMLInputElement).value);
const key = (keys: string) => userEvent.keyboard(keys);

async function openFilm(day: PreparedDay & { readonly vetoed: SheetId }, person: PersonId = SUPERVISOR) {
  const drawn = await drawApp(day.journal, person, { place: at(day, day.vetoed) });
  await expect.element(slider()).toBeVisible();
  (slider().element() as HTMLElement).focus();
  return drawn;
}

test("[T7] facts come first, and the one chosen says what it is, which entries, how sure and what would clear it", async () => {
  const day = aDay();
  await drawApp(day.journal, SUPERVISOR, { place: at(day, null) });
  await expect.element(page.getByTestId("review-queue")).toBeVisible();
  const rows = () => [...document.querySelectorAll("[data-testid=review-queue] [role=option]")];
  const kinds = rows().map((row) => (row.textContent.includes("事实") ? "fact" : "weighed"));
  expect(kinds).toEqual([...kinds].sort());
  expect(kinds).toContain("fact");
  const veto = page.getByRole("option", { name: "否定项没有照片" }).first();
  await veto.click();
  const card = page.getByTestId("review-flag");
  await expect.element(card).toHaveAttribute("data-code", "veto-without-evidence");
  await expect.element(page.getByTestId("review-says")).toHaveTextContent(`有否定项 ${VETO}`);
  await expect.element(card).toHaveTextContent("规则 R38");
  await expect.element(page.getByTestId("review-sure")).toHaveTextContent("日志里直接记着的事实");
  await expect.element(card).toHaveTextContent(/确认否定项、签名和更正：第 \d+、\d+ 条/);
});

test("the flags are narrowed to a kind and to a person, by keyboard alone", async () => {
  const day = aDay();
  await drawApp(day.journal, SUPERVISOR, { place: at(day, null) });
  const rows = () => document.querySelectorAll("[data-testid=review-queue] [role=option]").length;
  await expect.poll(rows).toBeGreaterThan(2);
  await tabTo(byTestId("review-code"));
  await chooseByKeys("评分时电脑时间被改");
  await expect.poll(rows).toBe(1);
  await expect.element(page.getByTestId("review-moments")).toHaveTextContent("发现电脑时间不符");
  await tabTo(byTestId("review-person"));
  await chooseByKeys("周若水");
  await expect.element(page.getByTestId("review-none-chosen")).toBeVisible();
});

/** One of two flags about vetoes was confirmed. */
function aDecidedDay(): PreparedDay {
  const day = aDay();
  const sheet = day.journal.view.read("sheets", day.vetoed)!;
  const { candidate, signature } = sheet;
  const subject = { kind: "sheet", candidate, sheet: signature!.hash } as const;
  day.journal.append(
    {
      ...{ kind: "review.signed", hash: testHash("review"), seq: 90, sitting: day.sitting, subject },
      ...{ basis: signature!.hash, follows: null, flags: ["veto-without-evidence"], decision: "confirm" },
      ...{ reason: "看过现场", question: null, second: null },
    },
    SUPERVISOR,
  );
  return day;
}

test("[T7] what was decided stands behind what is open, says how, and is listed alone if asked for", async () => {
  const day = aDecidedDay();
  await drawApp(day.journal, SUPERVISOR, { place: at(day, null) });
  await expect.element(page.getByTestId("review-queue")).toBeVisible();
  const rows = () => [...document.querySelectorAll("[data-testid=review-queue] [role=option]")];
  const all = rows().length;
  expect(rows().map((row) => row.textContent.endsWith("确认"))).toEqual(rows().map((_, n) => n === all - 1));
  await tabTo(byTestId("review-standing"));
  await chooseByKeys("已处理（1）");
  await expect.poll(() => rows().length).toBe(1);
  await expect.element(page.getByTestId("review-flag")).toHaveAttribute("data-code", "veto-without-evidence");
  await closeStores();
  await drawApp(day.journal, SUPERVISOR, { place: { kind: "closing", sitting: day.sitting } });
  const counted = page.getByTestId("closing-flags-count");
  await expect.element(counted).toHaveAttribute("data-open", String(all - 1));
  await expect
    .element(page.getByTestId("closing-flag-veto-without-evidence"))
    .toHaveTextContent("1 条未处理");
});

test("[T7] a flag leads to the film of its sheet, which begins at the first entry it is about", async () => {
  const day = aDay();
  await drawApp(day.journal, SUPERVISOR, { place: at(day, null) });
  await page.getByRole("option", { name: "否定项没有照片" }).first().click();
  await page.getByTestId("review-film").first().click();
  await expect.element(step()).toHaveTextContent(`确认否定项 ${VETO}`);
  await expect.element(page.getByTestId("stood-vetoes")).toHaveTextContent(VETO);
  await page.getByTestId("film-flagged-after").click();
  await expect.element(step()).toHaveTextContent("签名，总分 100");
  await page.getByTestId("film-back").click();
  await expect.element(page.getByTestId("review-flag")).toHaveAttribute("data-code", "veto-without-evidence");
});

test("[T7] the film goes by arrows, Home and End, and beside it stands the sheet as it stood then", async () => {
  const day = aDay();
  await openFilm(day);
  await key("{Home}");
  await expect.poll(place).toBe(0);
  await expect.element(page.getByTestId("film-no-sheet")).toBeVisible();
  const marks = () =>
    [...document.querySelectorAll("[data-testid^=item-mark-]")].map((one) => one.textContent).join(" ");
  await key("{ArrowRight}");
  await expect.element(step()).toHaveTextContent("打开评分表");
  expect(marks()).toBe("— — — — —");
  await key("{ArrowRight}");
  await expect.element(step()).toHaveTextContent("第 1 项：— → 不扣分");
  expect(marks()).toBe("20 — — — —");
  await key("{ArrowLeft}");
  await expect.poll(marks).toBe("— — — — —");
  await key("{End}");
  await expect.poll(marks).toBe("20 20 20 20 20");
  await expect
    .element(slider())
    .toHaveAttribute("aria-valuetext", expect.stringMatching(/^第 \d+ \/ \d+ 步/));
});

test("every act stands in the film: undo, note, reveal, amendment with its reason", async () => {
  const day = aDay();
  const { journal, vetoed: sheet } = day;
  const put = (body: Parameters<typeof journal.append>[0], by = LEADER) => journal.append(body, by);
  const { signature } = journal.view.read("sheets", sheet) ?? {};
  put({ kind: "amendment.opened", sheet, basis: signature?.hash ?? testHash("") });
  const set = put({ kind: "mark.set", sheet, item: 5, input: { kind: "POINTS", steps: 10 } });
  put({ kind: "mark.set", sheet, item: 5, input: { kind: "POINTS", steps: 20 }, undoes: set.entry.seq });
  put({ kind: "note.set", sheet, text: "看错编号" });
  put({
    ...{ kind: "sheet.amended", sheet, sitting: day.sitting, seq: 9, hash: testHash("amended") },
    ...{ reason: "transcription", text: "抄错一行", total: fraction(90) },
    ...{ approvedBy: MEMBER, office: "panelLeader" },
  });
  await openFilm(day);
  const acts = page.getByTestId("film-acts");
  for (const words of [
    `撤销第 ${String(set.entry.seq)} 条`,
    "备注：看错编号",
    "全组的评分表至此公开",
    "更正签名，总分 90：读数或抄写有误，抄错一行（周若水批准）",
    "另一名考评员（周若水）签名",
  ])
    await expect.element(acts).toHaveTextContent(words);
  await key("{End}");
  await expect.element(page.getByTestId("item-former-5")).toHaveTextContent("20");
});

test("photographs and overtime stand in the film where they came and went", async () => {
  const day = aPreparedDay({ rubric, candidates: 1, supervisor: SUPERVISOR });
  const { journal, sitting, rubric: hash } = day;
  const [sheet, picture] = [sheetId(1), testHash("picture")];
  const put = (body: Parameters<typeof journal.append>[0]) => journal.append(body, LEADER);
  put({ kind: "sheet.opened", sheet, sitting, candidate: candidateRef(1), rubric: hash });
  for (const [item, input] of Object.entries(fullInputs(rubric)))
    put({ kind: "mark.set", sheet, item: Number(item), input });
  const facts = { size: 9, type: "image/jpeg", width: 3, height: 3 } as const;
  put({ kind: "evidence.added", sheet, item: 2, hash: picture, ...facts });
  put({ kind: "evidence.removed", sheet, item: 2, hash: picture });
  put({ kind: "overtime.set", sheet, overtimeMs: 120_000 });
  put({ kind: "sheet.signed", sheet, seq: 2, hash: testHash("signed"), total: fraction(98) });
  await openFilm({ ...day, vetoed: sheet });
  const acts = page.getByTestId("film-acts");
  for (const words of ["加入照片（第 2 项）", "撤下照片（第 2 项）", "超时 0 → 2 分钟"])
    await expect.element(acts).toHaveTextContent(words);
  const thumbs = () =>
    document.querySelectorAll("[data-testid=film-sheet] [data-testid=evidence-thumbs]").length;
  await page.getByRole("option", { name: "加入照片" }).click();
  await expect.poll(thumbs).toBe(1);
  await page.getByRole("option", { name: "撤下照片" }).click();
  await expect.poll(thumbs).toBe(0);
});

/** Longer than a step of the film takes. */
const A_WHILE_MS = 1000;

/** What the film has come to when it had time to play: its own timer is all that is not real, and React is not waited for. */
function afterAWhile(): number {
  flushSync(() => vi.advanceTimersByTime(A_WHILE_MS));
  return place();
}

test("it plays until it is paused or ends, and Space does both and begins again at the end", async () => {
  const day = aDay();
  await openFilm(day);
  const isPlaying = () => page.getByTestId("film-play").element().getAttribute("data-playing");
  const last = Number((slider().element() as HTMLInputElement).max);
  await key("{Home}");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  await key(" ");
  expect([isPlaying(), afterAWhile(), afterAWhile()]).toEqual(["true", 1, 2]);
  await key(" ");
  expect([isPlaying(), afterAWhile()]).toEqual(["false", 2]);
  await key(" ");
  for (let step = 3; step <= last; step++) expect(afterAWhile()).toBe(step);
  expect([isPlaying(), afterAWhile()]).toEqual(["false", last]);
  await key(" ");
  expect([isPlaying(), place(), afterAWhile()]).toEqual(["true", 0, 1]);
});

test("where less motion is asked for nothing plays: there is no button, and Space moves nothing", async () => {
  const asked = window.matchMedia.bind(window);
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    // "all" is so whatever is asked.
    asked(query.includes("reduced-motion") ? "all" : query),
  );
  await openFilm(aDay());
  expect(page.getByTestId("film-play").query()).toBeNull();
  await key("{Home}");
  await expect.poll(place).toBe(0);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  await key(" ");
  expect([afterAWhile(), afterAWhile()]).toEqual([0, 0]);
  await key("{ArrowRight}");
  expect(place()).toBe(1);
});

test("[R45] a leader sees what lies open to them, is told how much does not, and is offered no decision", async () => {
  const day = aPreparedDay({ rubric, candidates: 2, panel: 2, supervisor: SUPERVISOR });
  signSheet(day, 1, MEMBER, {}, [VETO]);
  const desk = (person: PersonId) => (
    <ReviewDesk
      {...rowsOf(day, person)}
      sheet={null}
      onSheet={vi.fn()}
      onLeave={vi.fn()}
      asItStood={() => null}
    />
  );
  await draw(day.journal, LEADER, desk(LEADER));
  await expect.element(page.getByTestId("review-withheld")).toHaveTextContent("另有 2 条提示");
  expect(page.getByTestId("review-none").query()).toBeNull();
  expect(page.getByTestId("review-decision").query()).toBeNull();
  await closeStores();
  await draw(day.journal, SUPERVISOR, desk(SUPERVISOR));
  await expect.element(page.getByTestId("review-decision")).toBeVisible();
});

test("a refusal says why, and asking again reads the flags", async () => {
  const day = aDay();
  const { main } = await drawApp(day.journal, SUPERVISOR, { place: { kind: "day" } });
  main.refusals.set("supervision.flags", { code: "role.not-supervising" });
  await page.getByTestId(`review-open-${day.sitting}`).click();
  await expect.element(page.getByTestId("review-refused")).toHaveTextContent("只有本场的督导员和考评组长");
  main.refusals.clear();
  await page.getByTestId("review-refused").getByRole("button").click();
  await expect.element(page.getByTestId("review-queue")).toBeVisible();
});

test("nobody without an office is offered the desk; an examiner who remembers its place lands at home", async () => {
  const day = aDay();
  await drawApp(day.journal, MEMBER, { place: at(day, null) });
  await expect.element(page.getByTestId(/^day-mark-/)).toBeVisible();
  expect(page.getByTestId(`review-open-${day.sitting}`).query()).toBeNull();
  expect(page.getByTestId("review-desk").query()).toBeNull();
});

test("whoever closes the day is told how many flags there are and of which kind, and where they are looked at", async () => {
  const day = aDay();
  await drawApp(day.journal, SUPERVISOR, { place: { kind: "closing", sitting: day.sitting } });
  await expect
    .element(page.getByTestId("closing-flag-veto-without-evidence"))
    .toHaveTextContent("否定项没有照片：2 条");
  await expect.element(page.getByTestId("closing-flags")).toHaveTextContent("陈简（督导员）登录后");
  await page.getByTestId(`review-open-${day.sitting}`).click();
  await expect.element(page.getByTestId("review-desk")).toBeVisible();
});

/** One sheet that came from another laptop, in an entry of before photographs were named. */
function withReceived(): { readonly other: PreparedDay; readonly sheet: SheetId } {
  const day = aPreparedDay({ rubric, candidates: 1, supervisor: SUPERVISOR });
  const sheet = signSheet(day, 1, LEADER);
  const { journal } = day;
  const standing = journal.view.read("sheets", sheet);
  if (!standing?.signature) throw new Error("it is signed");
  const other = aPreparedDay({ rubric, candidates: 1, supervisor: SUPERVISOR });
  const { id, sitting, candidate, examiner, rubric: hash, items, startedAt } = standing;
  other.journal.append(
    {
      ...{ kind: "sheet.received", from: `ed25519.${"9".repeat(32)}` as never, counts: true },
      bundle: testHash("bundle"),
      sheet: {
        id,
        sitting,
        candidate,
        examiner,
        rubric: hash,
        items,
        startedAt,
        vetoes: [],
        overtimeMs: 0,
        note: "",
        evidence: [],
      },
      signature: standing.signature,
    },
    SUPERVISOR,
  );
  return { other, sheet };
}

test("a sheet that was marked on another laptop says that its steps stayed there", async () => {
  const { other, sheet } = withReceived();
  await drawApp(other.journal, SUPERVISOR, { place: at(other, sheet) });
  await expect.element(page.getByTestId("film-elsewhere")).toBeVisible();
  await expect.element(step()).toHaveTextContent("读入别处签名的评分表，总分 100");
});

test("[R38] flags that cannot be asked of a sheet from another laptop are told as not asked", async () => {
  const { other } = withReceived();
  await drawApp(other.journal, SUPERVISOR, { place: at(other, null) });
  const notAsked = page.getByTestId("review-not-asked");
  await expect.element(notAsked).toHaveTextContent("依据不在本机");
  await expect.element(notAsked).toHaveTextContent("否定项没有照片（1 份）");
  expect(page.getByTestId("review-flag").query()).toBeNull();
});
