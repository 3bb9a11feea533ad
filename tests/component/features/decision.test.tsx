// A supervisor's form and what came of it (R23, R46, R76): what is missing is said beside its field, four eyes are asked for where the
// rule asks, nothing typed is lost by a refusal, and an examiner answers beside their own sheet.
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { Questions, Supervision } from "../../../renderer/features/review/index.ts";
import { Day, PersonId } from "#shared/base";
import type { Role } from "#shared/exam";
import type { RaisedFlag } from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  personId,
  signSheet,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, draw, rowsOf, type Drawn } from "./draw.tsx";
import { byTestId, chooseByKeys, tabTo } from "./keys.ts";

afterEach(closeStores);

const [LEADER, MEMBER, CLERK] = [personId(1), personId(2), personId(4)] as const;
const SUPERVISOR = PersonId.parse("s-1");
const FIRST = candidateRef(1);

function aDay(): PreparedDay {
  const day = aPreparedDay({ candidates: 2, panel: 2 });
  const [validFrom, validTo] = [Day.parse("2026-01-01"), Day.parse("2028-12-31")];
  day.journal.append(
    {
      kind: "person.added",
      person: { id: SUPERVISOR, name: "韦月桂", roles: ["supervisor"] satisfies Role[] },
      stated: { examiner: [], supervisor: { person: SUPERVISOR, kind: "INTERNAL", validFrom, validTo } },
    },
    CLERK,
  );
  for (const person of [LEADER, MEMBER]) signSheet(day, 1, person);
  return day;
}

function drawForm(day: PreparedDay, flags: readonly RaisedFlag["code"][] = ["too-fast"]): Promise<Drawn> {
  const { me, sitting } = rowsOf(day, SUPERVISOR);
  const own = day.journal.view.rows("sheets").find(({ examiner }) => examiner === MEMBER);
  return draw(
    day.journal,
    SUPERVISOR,
    <Supervision
      {...{ me, sitting }}
      candidate={FIRST}
      sheet={own ?? null}
      flags={flags.map((code) => ({ code }))}
    />,
  );
}

/** A radio button itself is out of sight: people press its words. */
const choose = (label: string) => page.getByTestId("review-choice").getByText(label, { exact: true }).click();
const sign = () => page.getByTestId("review-sign").click();
const asked = ({ main }: Drawn) => main.calls.filter(({ name }) => name === "review.decide");

test("what is missing is said beside its field, and nobody is asked for a PIN", async () => {
  const drawn = await drawForm(aDay());
  await expect.element(page.getByTestId("review-signer")).toHaveTextContent("韦月桂");
  await expect.element(page.getByTestId("decisions-none")).toBeVisible();
  await sign();
  await expect.element(page.getByText("先选一种决定。")).toBeVisible();
  await expect.element(page.getByText("写明理由再签名。")).toBeVisible();
  await choose("退回说明");
  await sign();
  await expect.element(page.getByText("退回要写明问什么。")).toBeVisible();
  await choose("作废");
  await sign();
  await expect.element(page.getByText("选第二签名人。")).toBeVisible();
  expect(asked(drawn)).toEqual([]);
});

test("[R46] the second person is offered where two must sign, and is never who marked what is looked at", async () => {
  const drawn = await drawForm(aDay());
  await choose("确认");
  expect(page.getByTestId("review-second").query()).toBeNull();
  await choose("作废");
  await page.getByTestId("review-second").click();
  await expect.element(page.getByRole("option", { name: "林知微" })).toBeVisible();
  expect(page.getByRole("option").elements()).toHaveLength(1);
  await page.getByRole("option", { name: "林知微" }).click();
  await page.getByTestId("review-reason").fill("录像缺失");
  await sign();
  await expect.element(page.getByTestId("decision-what")).toHaveAttribute("data-decision", "void");
  await expect.element(page.getByTestId("decision-standing")).toHaveAttribute("data-next", "panel");
  await expect.element(page.getByTestId("decision-way")).toHaveAttribute("data-way", "signed");
  await expect.element(page.getByTestId("decision-remarkers")).toHaveTextContent("Alim Tursun");
  expect(asked(drawn)[0]?.input).toMatchObject({
    ...{ decision: "void", reason: "录像缺失", question: null, flags: ["too-fast"], second: LEADER },
    subject: { kind: "sheet", candidate: FIRST },
  });
  // What stands is in sight before it is replaced, and what replaces it needs two as well.
  await expect.element(page.getByTestId("review-standing")).toHaveTextContent("作废");
  await expect.element(page.getByTestId("review-reason")).toHaveValue("");
  await choose("确认");
  await expect.element(page.getByTestId("review-second")).toBeVisible();
});

test("a refusal is said in the rule's words and loses nothing that was typed", async () => {
  const drawn = await drawForm(aDay(), []);
  await expect.element(page.getByText("没有提示", { exact: true })).toBeVisible();
  drawn.main.refusals.set("review.decide", {
    code: "review.blocked",
    facts: { rule: "R23", code: "review.tallied", person: SUPERVISOR },
  });
  await choose("确认");
  await page.getByTestId("review-reason").fill("看过录像，无误");
  await sign();
  await expect.element(page.getByTestId("review-refused")).toHaveTextContent("R23 韦月桂 在本场统分或核分");
  await expect.element(page.getByTestId("review-reason")).toHaveValue("看过录像，无误");
  await expect.element(page.getByRole("radio", { name: "确认" })).toBeChecked();
});

test("the whole form is worked by keyboard alone", async () => {
  const drawn = await drawForm(aDay());
  await expect.element(page.getByTestId("review-choice")).toBeVisible();
  await tabTo((focused) => focused instanceof HTMLInputElement && focused.type === "radio");
  await userEvent.keyboard(" {ArrowDown}");
  await expect.element(page.getByRole("radio", { name: "退回说明" })).toBeChecked();
  await userEvent.tab();
  await userEvent.keyboard("看不清");
  await userEvent.tab();
  await userEvent.keyboard("第三项为什么给满分");
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByTestId("decision-standing")).toHaveAttribute("data-next", "examiner");
  expect(asked(drawn)[0]?.input).toMatchObject({ reason: "看不清", question: "第三项为什么给满分" });
});

test("where two must sign the second is chosen by keyboard alone as well", async () => {
  const drawn = await drawForm(aDay());
  await expect.element(page.getByTestId("review-choice")).toBeVisible();
  await tabTo((focused) => focused instanceof HTMLInputElement && focused.type === "radio");
  await userEvent.keyboard(" {ArrowDown}{ArrowDown}{ArrowDown}");
  await expect.element(page.getByRole("radio", { name: "作废" })).toBeChecked();
  await tabTo(byTestId("review-reason"));
  await userEvent.keyboard("录像缺失");
  await tabTo(byTestId("review-second"));
  await chooseByKeys("林知微");
  await tabTo(byTestId("review-sign"));
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByTestId("decision-what")).toHaveAttribute("data-decision", "void");
  expect(asked(drawn)[0]?.input).toMatchObject({ decision: "void", reason: "录像缺失", second: LEADER });
});

test("[R46] an examiner sees the question beside their own sheet and answers it in words", async () => {
  const day = aDay();
  await drawForm(day);
  await choose("退回说明");
  await page.getByTestId("review-reason").fill("两张照片对不上");
  await page.getByTestId("review-question").fill("第三项凭哪张照片");
  await sign();
  await expect.element(page.getByTestId("decision-standing")).toHaveAttribute("data-next", "examiner");
  await closeStores();

  const { me, sitting } = rowsOf(day, MEMBER);
  await draw(day.journal, MEMBER, <Questions me={me} sitting={sitting} candidate={FIRST} />);
  await expect.element(page.getByTestId("review-asked")).toHaveTextContent("第三项凭哪张照片");
  await page.getByTestId("review-keep").click();
  await expect.element(page.getByText("写明为什么维持。", { exact: true })).toBeVisible();
  await page.getByTestId("review-answer").fill("第二张，左上角");
  await page.getByTestId("review-keep").click();
  await expect.element(page.getByTestId("review-answered")).toBeVisible();
  expect(day.journal.view.read("candidates", FIRST)?.upheld).toMatchObject([
    { examiner: MEMBER, reason: "第二张，左上角", answers: [expect.stringContaining("sha256:")] },
  ]);
});
