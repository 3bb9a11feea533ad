// A centre's own rubric: read, shown, and in the journal only on the administrator's word.
import { beforeEach, expect, test } from "vitest";
import { ok, refuse } from "#shared/base";
import type { Rubric } from "#shared/exam";
import { sampleRubrics } from "#shared/rules";
import { rubricHash } from "#shared/wire";
import { valueOf } from "../../support/desk-harness.ts";
import { ADMINISTRATOR, LEADER, openDesk, type Desk } from "../../support/little-desk.ts";

const [held] = sampleRubrics() as [Rubric, ...Rubric[]];
const own: Rubric = { ...held, code: "OWN-1" };
let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
  await desk.signIn(ADMINISTRATOR);
});

/** The next file that the administrator chooses. */
function choosing(rubric: Rubric) {
  desk.files.chooseRubric = () => Promise.resolve({ fileName: "own.xlsx", bytes: new Uint8Array(1) });
  desk.files.readRubric = () => Promise.resolve(ok(rubric));
}

const added = () => desk.journal.entries.filter(({ entry }) => entry.body.kind === "rubric.added").length;

async function previewed() {
  const pick = valueOf(await desk.sittings.pickRubric());
  if (pick.outcome !== "preview") throw new Error("no preview");
  return pick;
}

test("a rubric that was read is shown and not kept; kept, it is one entry and can be chosen", async () => {
  choosing(own);
  const before = added();
  const { token, standing, rubric } = await previewed();
  expect([standing, rubric]).toEqual(["new", own]);
  expect(added()).toBe(before);
  expect(await desk.sittings.keepRubric(token)).toEqual(ok({ rubric: rubricHash(own) }));
  expect(added()).toBe(before + 1);
  expect(desk.journal.view.read("rubrics", rubricHash(own))?.rubric).toEqual(own);
});

test("the same rubric is not written twice, and another of its code and version is told apart", async () => {
  const before = added();
  choosing(held);
  const same = await previewed();
  expect(same.standing).toBe("same");
  expect(valueOf(await desk.sittings.keepRubric(same.token)).rubric).toBe(rubricHash(held));
  expect(added()).toBe(before);
  choosing({ ...held, minutes: held.minutes + 1 });
  expect((await previewed()).standing).toBe("other");
});

test("only the file that was shown last is kept, once, and by nobody but the administrator", async () => {
  choosing(own);
  const { token } = await previewed();
  const forgotten = refuse({ code: "rubric.forgotten" });
  expect(await desk.sittings.keepRubric("another")).toEqual(forgotten);
  await desk.signIn(LEADER);
  const refused = refuse({ code: "role.not-administrator" });
  expect(await desk.sittings.keepRubric(token)).toEqual(refused);
  expect(await desk.sittings.pickRubric()).toEqual(refused);
  expect(await desk.sittings.saveRubric(rubricHash(held))).toEqual(refused);
  await desk.signIn(ADMINISTRATOR);
  valueOf(await desk.sittings.keepRubric(token));
  expect(await desk.sittings.keepRubric(token)).toEqual(forgotten);
});

test("a rubric is saved under its code and version, and an unknown one is not", async () => {
  const saved: [Rubric, string][] = [];
  desk.files.saveRubric = (rubric, fileName) => {
    saved.push([rubric, fileName]);
    return Promise.resolve(ok({ outcome: "saved", fileName }));
  };
  valueOf(await desk.sittings.saveRubric(rubricHash(held)));
  expect(saved).toEqual([[held, `${held.code}-v1.xlsx`]]);
  expect(await desk.sittings.saveRubric(rubricHash(own))).toEqual(refuse({ code: "rubric.unknown" }));
});
