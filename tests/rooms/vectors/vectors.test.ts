// Every vector, public and hostile, set by set: `npm run vectors` runs the same and prints the counts.
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { startSuite } from "#shared/crypto";
import { allSets } from "../../vector-sets/all-sets.ts";
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
