// The rig of turned bits, small: `npm run rig -- bitflip` turns a hundred thousand.
import { expect, test } from "vitest";
import { turnBits } from "../../rigs/bitflip.ts";

test("[P9] one turned bit anywhere in what is signed, sealed or carried is refused with a typed error", async () => {
  const { refused, accepted, untyped } = await turnBits({
    count: 400,
    seed: 20_261_125,
    say: () => undefined,
  });
  expect({ refused, accepted, untyped }).toEqual({ refused: 400, accepted: [], untyped: [] });
});
