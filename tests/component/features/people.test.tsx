// The People screen: nobody, one, many; what a mistake says; and that nothing is asked of main before it is whole.
import { afterEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { Kid, PublicKeyHex } from "#shared/base";
import { People } from "../../../renderer/features/people/index.ts";
import { anExaminer } from "../../support/staff.ts";
import { aPreparedDay, personId, testHash } from "../../support/journal-builders.ts";
import { closeStores, draw } from "./draw.tsx";

afterEach(closeStores);

const ADMINISTRATOR = personId(4);
const HERE = personId(90);
const aKid = (digit: string) => Kid.parse(`ed25519.${digit.repeat(32)}`);

async function drawPeople(me = ADMINISTRATOR, day = aPreparedDay({ panel: 3 })) {
  const row = day.journal.view.read("people", me);
  if (!row) throw new Error("somebody of the day");
  return { day, ...(await draw(day.journal, me, <People me={row} onLeave={vi.fn()} />)) };
}

const asked = (calls: readonly { readonly name: string; readonly input: unknown }[], name: string) =>
  calls.filter((call) => call.name === name).map(({ input }) => input);

test("[P22] everybody's key is said in one word: none, waiting, in use, vouched for, ended", async () => {
  const day = aPreparedDay({ panel: 3 });
  const { journal, sitting } = day;
  const pub = PublicKeyHex.parse("0".repeat(64));
  const [permit] = journal.entries.filter(({ entry }) => entry.body.kind === "permit.received");
  journal.append({ kind: "person.key-made", person: personId(1), kid: aKid("0"), pub });
  if (permit) journal.append(permit.entry.body);
  journal.append({ kind: "person.key-made", person: personId(4), kid: aKid("8"), pub });
  const stated = {
    examiner: anExaminer().examiner.map((card) => ({ ...card, person: HERE })),
    supervisor: null,
  };
  journal.append({ kind: "person.added", person: { id: HERE, name: "丁一", roles: ["examiner"] }, stated });
  journal.append({ kind: "person.key-made", person: HERE, kid: aKid("9"), pub });
  journal.append({
    kind: "panel.changed",
    sitting,
    leaves: personId(2),
    joins: HERE,
    kid: aKid("9"),
    panel: [
      { person: personId(1), leader: true },
      { person: HERE, leader: false },
      { person: personId(3), leader: false },
    ],
    reason: "突发疾病",
    seq: 2,
    hash: testHash("panel"),
  });
  journal.append({ kind: "person.ended", person: personId(2), reason: "调离" });
  await drawPeople(ADMINISTRATOR, day);
  const states = {
    [personId(1)]: "permitted",
    [personId(2)]: "ended",
    [personId(3)]: "none",
    [personId(4)]: "waiting",
    [HERE]: "vouched",
  };
  for (const [id, state] of Object.entries(states))
    await expect.element(page.getByTestId(`person-state-${id}`)).toHaveAttribute("data-state", state);
  await expect.element(page.getByText("调离")).toBeVisible();
  await expect.element(page.getByTestId(`person-${HERE}`)).toHaveTextContent("本机增加");
  expect(page.getByTestId(`end-${personId(2)}`).elements()).toEqual([]);
});

test("a name is found without its middle dot, and nobody found is said in words", async () => {
  const { day } = await drawPeople();
  day.journal.append({
    kind: "person.added",
    person: { id: HERE, name: "阿依古丽·买买提", roles: ["tally"] },
    stated: { examiner: [], supervisor: null },
  });
  await closeStores();
  await drawPeople(ADMINISTRATOR, day);
  await page.getByTestId("people-search").fill("古丽买买");
  await expect.element(page.getByTestId(`person-${HERE}`)).toBeVisible();
  expect(page.getByTestId(`person-${personId(1)}`).elements()).toEqual([]);
  await page.getByTestId("people-search").fill("没有这个人");
  await expect.element(page.getByTestId("people-empty")).toBeVisible();
});

test("[R18] [R19] a person who marks needs a name, a card, levels and a term; each mistake stands at its field", async () => {
  const { main } = await drawPeople();
  await page.getByTestId("people-add").click();
  await page.getByTestId("add-name").fill("丁1");
  await page.getByTestId("add-level-L2").click();
  await page.getByTestId("add-cardFrom").fill("2026-02-01");
  await page.getByTestId("add-cardTo").fill("2026-01-01");
  await page.getByTestId("add-person-act").click();
  for (const words of ["请输入证件上的姓名", "请输入证书编号", "考评员只能考评五级至三级", "止期不早于起期"])
    await expect.element(page.getByText(words)).toBeVisible();
  expect(asked(main.calls, "people.add")).toEqual([]);

  await page.getByTestId("add-name").fill("买买提・䶮");
  await page.getByTestId("add-cardNo").fill("K61-7777");
  await page.getByTestId("add-level-L2").click();
  await page.getByTestId("add-level-L4").click();
  await page.getByTestId("add-cardTo").fill("2027-01-01");
  await page.getByTestId("add-person-act").click();
  await expect.element(page.getByTestId("people-said")).toHaveTextContent("买买提·䶮");
  expect(asked(main.calls, "people.add")).toMatchObject([
    {
      name: "买买提·䶮",
      roles: ["examiner"],
      examiner: [{ cardNo: "K61-7777", levels: ["L4"] }],
      supervisor: null,
    },
  ]);
});

test("what was filled in stays when the PIN is not given", async () => {
  const { main } = await drawPeople();
  main.refusals.set("people.add", { code: "person.declined" });
  await page.getByTestId("people-add").click();
  await page.getByTestId("add-name").fill("新任");
  await page.getByTestId("add-role-examiner").click();
  await page.getByTestId("add-role-administrator").click();
  await page.getByTestId("add-person-act").click();
  await expect.element(page.getByTestId("add-person-refused")).toBeVisible();
  await expect.element(page.getByTestId("add-name")).toHaveValue("新任");
});

test("[P22] nobody is ended without a reason", async () => {
  const { main } = await drawPeople();
  await page.getByTestId(`end-${personId(3)}`).click();
  await page.getByTestId("end-person-act").click();
  await expect.element(page.getByText("请写明原因，一行以内")).toBeVisible();
  expect(asked(main.calls, "people.end")).toEqual([]);
  await page.getByTestId("end-person-reason").fill(" 调离 ");
  await page.getByTestId("end-person-act").click();
  await expect.element(page.getByTestId("people-said")).toBeVisible();
  expect(asked(main.calls, "people.end")).toEqual([{ person: personId(3), reason: "调离" }]);
});

test("a panel leader finds substitutes here, and neither adds, ends nor resets", async () => {
  await drawPeople(personId(1));
  await expect.element(page.getByTestId("people-substitute")).toBeEnabled();
  for (const id of ["people-add", `end-${personId(2)}`, `reset-pin-${personId(2)}`])
    expect(page.getByTestId(id).elements()).toEqual([]);
});
