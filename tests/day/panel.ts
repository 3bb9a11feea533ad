// What a panel of several does after the marking: its sheets are seen together, each member answers for their own, and the leader
// settles. Marks here lie apart as they do in life: mostly near, now and then a whole sheet seen otherwise.
import { expect } from "@playwright/test";
import { createRandom } from "#shared/base";
import type { ItemInput, Rubric } from "#shared/exam";
import { signIn, signOut, typePin } from "../support/day-steps.ts";
import type { DrivenApp } from "../support/drive-app.ts";
import { seededInputs } from "../support/seeded-marks.ts";
import { recompute, type Recomputed } from "./recompute.ts";

type Inputs = ReadonlyMap<number, ItemInput>;

const LONG = { timeout: 30_000 };
const KEPT = "已与考评组合看作品，维持原评分";
const STANDS = "各人依据均已说明，按平均计";

/** What another member gives the same work: one item otherwise, and of every fourth candidate the whole sheet. */
export function anotherView(rubric: Rubric, first: Inputs, seed: number, no: number): Inputs {
  const own = seededInputs(rubric, createRandom(seed));
  if (no % 4 === 0) return own;
  const at = rubric.items[seed % rubric.items.length]?.no;
  return new Map([...first].map(([item, input]) => [item, item === at ? (own.get(item) ?? input) : input]));
}

export interface PanelReport {
  readonly divergent: number;
  readonly settled: number;
}

export interface PanelDay {
  readonly panel: readonly string[];
  readonly leader: string;
  readonly pinOf: (person: string) => string;
  /** Of each candidate who came, by number. */
  readonly expected: ReadonlyMap<number, Recomputed>;
  readonly look: (name: string) => Promise<void>;
}

/** Every member keeps their own sheets and signs for it, the leader last, who then settles each candidate with a PIN. */
export async function settlePanel(app: DrivenApp, day: PanelDay): Promise<PanelReport> {
  const { window } = app;
  const { panel, leader, pinOf, expected, look } = day;
  const apart = [...expected].filter(([, { isDivergent }]) => isDivergent).map(([no]) => no);
  let settled = 0;
  for (const member of [...panel.filter((one) => one !== leader), leader]) {
    await signIn(app, member, pinOf(member));
    await window.locator("[data-testid^=day-panel-]").first().click();
    await expect(window.getByTestId("panel-table")).toBeVisible(LONG);
    for (const [no, { isDivergent }] of expected) {
      const state = window.getByTestId(`panel-state-${no}`);
      await expect(state).toHaveAttribute("data-state", isDivergent ? "divergent" : "agreed", LONG);
    }
    if (member === panel[0] || member === leader) await look("panel");
    for (const no of apart) {
      await window.getByTestId(`panel-open-${no}`).click();
      await window.getByTestId("panel-keep-reason").fill(KEPT);
      await window.getByTestId("panel-keep").click();
      await typePin(app, pinOf(member));
      await expect(window.getByTestId("panel-keep")).toBeHidden(LONG);
      if (member === leader) {
        await window.getByTestId("panel-settle-reason").fill(STANDS);
        if (settled === 0) await look("reconciliation");
        await window.getByTestId("panel-settle").click();
        await typePin(app, pinOf(leader));
        await expect(window.getByTestId("panel-settled")).toBeVisible(LONG);
        settled += 1;
      }
      await window.getByTestId("panel-back").click();
    }
    await signOut(app);
  }
  return { divergent: apart.length, settled };
}

/** The final marks as the closing screen shows them, by candidate number. */
export async function shownMarks({ window }: DrivenApp): Promise<Map<number, string>> {
  const rows = await window.getByTestId("closing-results").locator("tbody tr").all();
  return new Map(
    await Promise.all(
      rows.map(async (row) => {
        const who = (await row.locator("th").first().textContent()) ?? "";
        const mark = (await row.getByTestId("closing-mark").textContent()) ?? "";
        return [Number.parseInt(who, 10), mark.trim()] as const;
      }),
    ),
  );
}

export function recomputeAll(
  rubric: Rubric,
  given: ReadonlyMap<number, readonly Inputs[]>,
): Map<number, Recomputed> {
  return new Map([...given].map(([no, sheets]) => [no, recompute(rubric, sheets)]));
}

/** How many of the marks that were worked out a second time stand on the screen. */
export function asRecomputed(
  expected: ReadonlyMap<number, Recomputed>,
  shown: ReadonlyMap<number, string>,
): { finalMarks: number; equalToRecomputed: number } {
  const equal = [...expected].filter(([no, { mark }]) => shown.get(no) === mark);
  return { finalMarks: expected.size, equalToRecomputed: equal.length };
}
