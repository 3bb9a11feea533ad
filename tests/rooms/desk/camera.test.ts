// The camera's permission at the desk: for what, for whom, and how it ends.
import { beforeEach, describe, expect, test } from "vitest";
import { valueOf } from "../../support/desk-harness.ts";
import { EXAMINER, LEADER, openDesk, SUPERVISOR, type Desk } from "../../support/little-desk.ts";

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

const refusedWith = (code: string) => ({ ok: false, error: { code } });

describe("[E6] for the pictures of a sheet", () => {
  const aSheet = async () => ({ kind: "sheet" as const, sheet: await desk.markedSheet() });

  test("the camera is there while the sheet is open and the dialog is up, and for nothing else", async () => {
    const use = await aSheet();
    expect(desk.camera.mayBeUsed()).toBe(false);
    valueOf(await desk.camera.use(use));
    expect(desk.camera.mayBeUsed()).toBe(true);
    valueOf(await desk.camera.use(null));
    expect(desk.camera.mayBeUsed()).toBe(false);
  });

  test("it goes when the laptop is locked or changes hands, and does not come back by itself", async () => {
    const use = await aSheet();
    valueOf(await desk.camera.use(use));
    await desk.sessions.lock();
    expect(desk.camera.mayBeUsed()).toBe(false);
    await desk.signIn(LEADER);
    expect(desk.camera.mayBeUsed()).toBe(false);
    await desk.signIn(EXAMINER);
    expect(await desk.camera.use(use)).toMatchObject(refusedWith("sheet.not-yours"));
    expect(desk.camera.mayBeUsed()).toBe(false);
  });

  test("it goes when the sheet is signed", async () => {
    const use = await aSheet();
    valueOf(await desk.camera.use(use));
    desk.person.answer(desk.keys.demoPin(LEADER));
    valueOf(await desk.signatures.signSheet(use.sheet));
    expect(desk.camera.mayBeUsed()).toBe(false);
  });
});

describe("[E6] for a square on paper", () => {
  test("the camera is anybody's who is signed in, until it is given up, and goes when the laptop is locked", async () => {
    await desk.signIn(SUPERVISOR);
    valueOf(await desk.camera.use({ kind: "square" }));
    expect(desk.camera.mayBeUsed()).toBe(true);
    valueOf(await desk.camera.use(null));
    expect(desk.camera.mayBeUsed()).toBe(false);
    valueOf(await desk.camera.use({ kind: "square" }));
    await desk.sessions.lock();
    expect(desk.camera.mayBeUsed()).toBe(false);
  });

  test("nobody who is not signed in has it, and what was refused takes an earlier use away", async () => {
    await desk.signIn(LEADER);
    valueOf(await desk.camera.use({ kind: "square" }));
    desk.sessions.current = () => null;
    expect(await desk.camera.use({ kind: "square" })).toMatchObject(refusedWith("session.none"));
    desk.sessions.current = () => LEADER;
    expect(desk.camera.mayBeUsed()).toBe(false);
  });
});
