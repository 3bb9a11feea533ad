// Every vector, public and hostile, set by set: `npm run vectors` runs the same and prints the counts.
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { startSuite } from "#shared/crypto";
import { allSets } from "../../vector-sets/all-sets.ts";
import { judgeSets, type RunSet } from "../../vector-sets/judge-sets.ts";
import { native } from "../../vector-sets/public-crypto.ts";

const sets = allSets(join(import.meta.dirname, "../../vectors"));

beforeAll(async () => {
  expect(await startSuite(native)).toMatchObject({ ok: true });
});

describe("[P10] [P11] [P12] every vector gets what it must", () => {
  test.each(sets)("$name", async ({ run }) => {
    const { count, failed } = await run();
    expect(failed).toEqual([]);
    expect(count).toBeGreaterThan(0);
  });
});

describe("the command ends badly", () => {
  const set = (origin: "public" | "own", over: Partial<RunSet> = {}): RunSet => ({
    ...{ name: origin, origin, source: "", licence: "", vectors: 10, passed: 10, failed: [], ...over },
  });
  const missed = (...sets: readonly RunSet[]) =>
    Object.entries(judgeSets(sets).goals).flatMap(([name, { met }]) => (met ? [] : [name]));

  test("when one vector of one set fails, a set is empty, or there are too few hostile ones; and not otherwise", () => {
    const good = [set("public"), set("own", { vectors: 20 })];
    expect(missed(...good)).toEqual([]);
    expect(missed(...good, set("own", { passed: 9, failed: ["3: taken"] }))).toEqual(["passed"]);
    expect(missed(...good, set("own", { vectors: 0, passed: 0 }))).toEqual(["filled"]);
    expect(missed(...good, set("public"))).toEqual(["hostile"]);
    expect(missed()).toEqual(["filled"]);
  });
});
