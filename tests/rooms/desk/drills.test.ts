// Who may hold a drill, when, and what the signature covers.
import { describe, expect, test } from "vitest";
import { ok, type PersonId } from "#shared/base";
import { DRILL_STEPS, type DrillResult } from "#shared/exam";
import { createDrills, createSerial, type HoldDrill } from "../../../electron/desk/index.ts";
import { judgeFull, judgeKills, LEAST_FREE_BYTES } from "../../../electron/drill/judge.ts";
import { verifyRecord } from "#shared/wire";
import { TEST_ENVIRONMENT, valueOf } from "../../support/desk-harness.ts";
import { testHash } from "../../support/journal-builders.ts";
import { ADMINISTRATOR, LEADER, openDesk, SUPERVISOR, type Desk } from "../../support/little-desk.ts";

const result = (step: (typeof DRILL_STEPS)[number], held: boolean): DrillResult => ({
  step,
  result: held ? "held" : "short",
  trouble: held ? null : "marks-lost",
  tried: 1,
  stakes: 1,
  wrong: held ? 0 : 1,
  modelled: false,
  durationMs: 1,
});

function drillsOf(desk: Desk, { held = true }: { held?: boolean } = {}) {
  const { journal, keys, person, sessions } = desk;
  let end: (results: DrillResult[]) => void = () => undefined;
  let stops = 0;
  const hold: HoldDrill = () => ({
    done: new Promise((resolve) => (end = resolve)),
    stop: () => {
      stops += 1;
      end(DRILL_STEPS.map((step) => ({ ...result(step, true), result: "not-tried" as const })));
    },
  });
  const drills = createDrills({
    ...{ journal, keys, sessions, confirm: person, env: TEST_ENVIRONMENT, serial: createSerial(), hold },
    stick: () => null,
    savePdf: () => Promise.resolve(ok({ outcome: "cancelled" as const })),
    onChanged: () => undefined,
    report: (error) => {
      throw error;
    },
  });
  const state = async () => valueOf(await drills.describe()).state;
  const finish = async () => {
    end(DRILL_STEPS.map((step) => result(step, held || step !== "full")));
    await expect.poll(state).toBe("finished");
  };
  return { drills, finish, state, stops: () => stops };
}

const pinOf = (desk: Desk, who: PersonId) => desk.person.answer(desk.keys.demoPin(who));

describe("a fire drill", () => {
  test("is signed by the device and by the person who answers for it, over what came of it", async () => {
    for (const held of [true, false]) {
      const desk = await openDesk();
      await desk.signIn(ADMINISTRATOR);
      const { drills, finish, state } = drillsOf(desk, { held });
      valueOf(await drills.start());
      await finish();
      pinOf(desk, ADMINISTRATOR);
      const { sheet } = valueOf(await drills.sign());
      const [record] = await desk.journal.attachments(desk.journal.head().seq);
      if (!record) throw new Error("nothing was attached");
      const verified = valueOf(verifyRecord("readiness", record, desk.lookup()));
      expect(verified.hash).toBe(sheet);
      expect(verified.signers).toHaveLength(2);
      expect(desk.person.shown.at(-1)).toMatchObject({ kind: "readiness", held });
      expect(desk.journal.view.rows("readiness")[0]?.sheet).toBe(sheet);
      expect(await state()).toBe("idle");
    }
  });

  test("is not begun by an examiner, by nobody, or twice at a time", async () => {
    const desk = await openDesk();
    const { drills } = drillsOf(desk);
    expect(await drills.start()).toMatchObject({ error: { code: "session.none" } });
    await desk.signIn(LEADER);
    expect(await drills.start()).toMatchObject({ error: { code: "drill.not-office" } });
    await desk.signIn(SUPERVISOR);
    valueOf(await drills.start());
    expect(await drills.start()).toMatchObject({ error: { code: "drill.running" } });
  });

  test("is not begun while a sheet is open or signed and not sealed", async () => {
    const desk = await openDesk();
    await desk.openSheet();
    await desk.signIn(ADMINISTRATOR);
    const { drills } = drillsOf(desk);
    expect(await drills.start()).toMatchObject({ error: { code: "drill.sitting-open" } });
  });

  test("is not signed before it is finished, after it was stopped, or when the person declines", async () => {
    const desk = await openDesk();
    await desk.signIn(ADMINISTRATOR);
    const { drills, finish, state, stops } = drillsOf(desk);
    expect(await drills.sign()).toMatchObject({ error: { code: "drill.nothing" } });
    valueOf(await drills.start());
    expect(await drills.sign()).toMatchObject({ error: { code: "drill.nothing" } });
    valueOf(await drills.stop());
    await expect.poll(state).toBe("stopped");
    expect(stops()).toBe(1);
    expect(await drills.sign()).toMatchObject({ error: { code: "drill.nothing" } });
    valueOf(await drills.start());
    await finish();
    desk.person.answer(null);
    expect(await drills.sign()).toMatchObject({ error: { code: "person.declined" } });
    expect(await state()).toBe("finished");
    expect(desk.journal.view.rows("readiness")).toEqual([]);
  });
});

describe("the judge", () => {
  const hash = testHash("a");
  const full = {
    report: "full",
    hadReserve: true,
    usedReserve: true,
    wanted: 3,
    finished: 3,
    refused: true,
    acknowledged: 3,
    lost: 0,
  } as const;

  test("lets no lost mark, no mark before its flush and no drill without a mark pass", () => {
    expect(judgeKills(1, [{ seq: 1, hash, unflushed: 0 }], [hash]).result).toBe("held");
    expect(judgeKills(1, [{ seq: 1, hash, unflushed: 0 }], []).trouble).toBe("marks-lost");
    expect(judgeKills(1, [{ seq: 1, hash, unflushed: 0 }], [testHash("b")]).trouble).toBe("marks-lost");
    expect(judgeKills(1, [{ seq: 1, hash, unflushed: 9 }], [hash]).trouble).toBe("not-flushed");
    expect(judgeKills(1, [], [hash]).trouble).toBe("nothing-acknowledged");
  });

  test("refuses a disk with less than 2 GB free, however well the sitting was finished", () => {
    expect(judgeFull(full, LEAST_FREE_BYTES).result).toBe("held");
    expect(judgeFull(full, LEAST_FREE_BYTES - 1).trouble).toBe("disk-low");
    expect(judgeFull({ ...full, finished: 2 }, LEAST_FREE_BYTES)).toMatchObject({
      trouble: "not-finished",
      wrong: 1,
    });
  });
});
