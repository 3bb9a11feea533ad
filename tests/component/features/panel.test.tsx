// The panel's table: hidden until the last signature, then side by side; a member answers for their own sheet, the leader for the
// mark, and nobody is offered another's.
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { Divergence, OpenDivergences, PanelDesk } from "../../../renderer/features/panel/index.ts";
import { ok, type CandidateRef, type PersonId } from "#shared/base";
import { admitSettlement, admitUpholding } from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  everyKindRubric,
  markAbsent,
  nextSeq,
  personId,
  poorInputs,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, draw, rowsOf, type Drawn } from "./draw.tsx";
import { byTestId, tabTo } from "./keys.ts";

afterEach(closeStores);

const [LEADER, MEMBER] = [personId(1), personId(2)] as const;

/** Of four candidates: one divergent, one agreed, one half signed, one absent. */
function aDay(): PreparedDay {
  const day = aPreparedDay({ rubric: everyKindRubric(), candidates: 4, panel: 2 });
  signSheet(day, 1, LEADER);
  signSheet(day, 1, MEMBER, poorInputs(everyKindRubric()));
  signSheet(day, 2, LEADER);
  signSheet(day, 2, MEMBER);
  signSheet(day, 3, LEADER);
  markAbsent(day, 4);
  return day;
}

function drawDesk(day: PreparedDay, person: PersonId): Promise<Drawn> {
  return draw(day.journal, person, <Desk day={day} person={person} />);
}

function Desk({ day, person }: { readonly day: PreparedDay; readonly person: PersonId }) {
  const [candidate, setCandidate] = useState<CandidateRef | null>(null);
  return (
    <PanelDesk
      {...rowsOf(day, person)}
      candidate={candidate}
      onCandidate={setCandidate}
      onSheet={() => undefined}
      onLeave={() => undefined}
      pictures={() => null}
    />
  );
}

const state = (no: number) => page.getByTestId(`panel-state-${no}`);
const keep = async (words: string) => {
  await page.getByTestId("panel-keep-reason").fill(words);
  await page.getByTestId("panel-keep").click();
};

test("[R43] [R45] each candidate says how far the panel is, and only sheets that are all signed can be seen together", async () => {
  await drawDesk(aDay(), MEMBER);
  for (const [no, kind] of [
    [1, "divergent"],
    [2, "agreed"],
    [3, "waiting"],
    [4, "absent"],
  ] as const)
    await expect.element(state(no)).toHaveAttribute("data-state", kind);
  await expect.element(page.getByTestId("panel-open-1")).toBeVisible();
  await expect.element(page.getByTestId("panel-open-2")).toBeVisible();
  expect(page.getByTestId("panel-open-3").query()).toBeNull();
  expect(page.getByTestId("panel-open-4").query()).toBeNull();
});

test("[R43] [R46] a member keeps their own sheet in words; the leader's signature waits for every member", async () => {
  const day = aDay();
  const { main } = await drawDesk(day, MEMBER);
  await page.getByTestId("panel-open-1").click();
  await expect.element(page.getByTestId("panel-sheets")).toBeVisible();
  expect(document.querySelectorAll("[data-testid=panel-spread][data-wide=true]")).toHaveLength(5);
  expect(page.getByTestId("panel-settle").query()).toBeNull();
  await expect.element(page.getByTestId("panel-keep")).toBeDisabled();
  await keep("我看到的裂隙更宽");
  await expect
    .poll(() => day.journal.view.read("candidates", candidateRef(1))?.upheld)
    .toMatchObject([{ examiner: MEMBER, reason: "我看到的裂隙更宽" }]);
  await expect.element(page.getByTestId("panel-keep")).not.toBeInTheDocument();
  expect(main.calls.filter(({ name }) => name === "divergence.uphold")).toHaveLength(1);
});

test("[R35] [R43] the leader signs once both looked again, and the reason stands beside the mark", async () => {
  const day = aDay();
  const kept = admitUpholding(candidateRef(1), MEMBER, day.journal.view);
  if (!kept.ok) throw new Error(kept.error.code);
  const upheld = { candidate: candidateRef(1), record: kept.value.counting.hash, reason: "维持" };
  day.journal.append({ kind: "sheet.upheld", ...upheld, statement: testHash("statement") }, MEMBER);
  const { main, store } = await drawDesk(day, LEADER);
  await page.getByTestId("panel-open-1").click();
  expect(page.getByTestId("panel-settle").query()).toBeNull();
  await keep("粘接牢固");
  await page.getByTestId("panel-settle-reason").fill("  两种看法都有依据 ");
  await page.getByTestId("panel-settle").click();
  await expect
    .poll(() => main.calls.find(({ name }) => name === "divergence.settle")?.input)
    .toEqual({ candidate: candidateRef(1), reason: "两种看法都有依据" });
  const admitted = admitSettlement(candidateRef(1), day.journal.view);
  if (!admitted.ok) throw new Error(admitted.error.code);
  const { leader, records } = admitted.value;
  const settled = { kind: "divergence.settled", candidate: candidateRef(1), person: leader } as const;
  const seq = nextSeq(day.journal);
  const signed = { sitting: day.sitting, seq, hash: testHash("settlement") };
  day.journal.append({ ...settled, records: [...records], reason: "两种看法都有依据", signed }, leader);
  expect(await store.catchUp()).toMatchObject(ok({}));
  await expect.element(page.getByTestId("panel-settled")).toHaveTextContent("两种看法都有依据");
});

test("[P4] what was settled before it was signed stands, says so, and is signed when everybody kept their sheet again", async () => {
  const day = aDay();
  const sheets = day.journal.view
    .rowsOf("sheets", day.sitting)
    .filter(({ candidate, signature }) => candidate === candidateRef(1) && signature !== null);
  const records = sheets.map(({ signature }) => signature!.hash).sort();
  const said = { candidate: candidateRef(1), reason: "旧记录" };
  for (const { examiner, signature } of sheets)
    day.journal.append({ kind: "sheet.upheld", ...said, record: signature!.hash }, examiner);
  day.journal.append({ kind: "divergence.settled", ...said, person: LEADER, records }, LEADER);
  await drawDesk(day, MEMBER);
  await expect.element(state(1)).toHaveAttribute("data-state", "settled");
  await page.getByTestId("panel-open-1").click();
  await expect.element(page.getByTestId("panel-unsigned")).toBeVisible();
  await expect.element(page.getByTestId("panel-settled")).toHaveTextContent("旧记录");
  await keep("仍然维持");
  await expect.element(page.getByTestId("panel-keep")).not.toBeInTheDocument();
  expect(day.journal.view.read("candidates", candidateRef(1))?.upheld.at(-1)).toMatchObject({
    statement: { from: null },
  });
});

test("a double tap keeps a sheet once, and no key of a composition keeps it", async () => {
  const day = aDay();
  const { main } = await drawDesk(day, MEMBER);
  await page.getByTestId("panel-open-1").click();
  const reason = page.getByTestId("panel-keep-reason");
  await reason.fill("维持");
  for (const event of [{ isComposing: true }, { keyCode: 229 }, { repeat: true }])
    reason.element().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...event }));
  const kept = () => main.calls.filter(({ name }) => name === "divergence.uphold");
  expect(kept()).toHaveLength(0);
  await page.getByTestId("panel-keep").dblClick();
  await expect.element(page.getByTestId("panel-keep")).not.toBeInTheDocument();
  expect(kept()).toHaveLength(1);
});

test("by keyboard alone an item is chosen and its benchmark read", async () => {
  await drawDesk(aDay(), LEADER);
  await expect.element(page.getByTestId("panel-open-1")).toBeVisible();
  await tabTo(byTestId("panel-open-1"));
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByTestId("panel-item")).toHaveTextContent("1 Bonding（中）");
  const judged = page.getByRole("button", { name: "3 Colour（中）" });
  await tabTo((focused) => focused === judged.element());
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByTestId("panel-item")).toHaveTextContent("near（中）");
});

test("[R43] the desk and the home screen say at once that sheets lie apart, and lead there", async () => {
  const day = aDay();
  let opened = 0;
  const { sitting } = rowsOf(day, LEADER);
  const open = () => (opened += 1);
  await draw(
    day.journal,
    LEADER,
    <>
      <Divergence sitting={sitting} candidate={candidateRef(1)} onOpen={open} />
      <Divergence sitting={sitting} candidate={candidateRef(2)} onOpen={open} />
      <OpenDivergences sitting={sitting} onOpen={open} />
    </>,
  );
  await expect.element(page.getByTestId("sheet-divergence")).toHaveTextContent("分差 88 分");
  await expect.element(page.getByTestId(/^day-divergent-/)).toHaveTextContent("1 人分差待处理");
  await page.getByTestId("sheet-to-panel").click();
  await page.getByTestId(/^day-panel-/).click();
  expect(opened).toBe(2);
});
