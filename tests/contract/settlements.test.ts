// A divergent panel at the registry (R35, R43, R46, protocol A6): the operator sees that it is open, a leader's settlement is taken over
// what counts and with every member's own signed words, and whatever is wrong with one has its name. The real registry, on either
// database.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_HASH, PersonId, type Bytes, type CandidateRef, type HashId } from "#shared/base";
import type { Signer } from "#shared/crypto";
import type { ItemInput } from "#shared/exam";
import { panelMark, spreadOf, totalOf } from "#shared/rules";
import {
  basisHash,
  inputsToSheetItems,
  leafOfReceipt,
  type ReviewRecord,
  type SettlementRecord,
  type SheetRecord,
} from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import { poorInputs } from "../support/journal-builders.ts";
import { admitKey, enrolLaptop, receiptOf, sendAll } from "../support/registry-calls.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, aSigner, fullInputs, Laptop, PERSON, someKeys } from "../support/wire-builders.ts";

let place: RegistryPlace;
let registry: RunningRegistry;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start({ operatorPort: 0 });
}, 120_000);
afterAll(async () => {
  await registry.close();
  place.remove();
});

/** Leader and examiner have signed, the one for nearly everything and the other for nothing; the registry has both sheets. */
interface Apart {
  readonly laptop: Laptop;
  readonly ref: CandidateRef;
  readonly full: HashId;
  readonly poor: HashId;
  readonly said: readonly Bytes[];
  readonly figures: Pick<SettlementRecord, "mean" | "spread">;
}

const marks = ({ rubric }: Laptop, inputs: Record<string, ItemInput>) => ({
  items: inputsToSheetItems(rubric, inputs),
  total: totalOf(rubric, inputs, 0).total,
});

async function aDivergentPanel(): Promise<Apart> {
  const laptop = await enrolLaptop(registry.url, someKeys());
  const ref = aCandidateRef();
  const { leader } = laptop.keys;
  laptop.roster([ref]);
  const by = { by: { kid: leader.kid, role: "examiner" } } as const;
  const full = laptop.sheet(ref, by, leader).hash;
  const poor = laptop.sheet(ref, marks(laptop, poorInputs(laptop.rubric))).hash;
  expect(await codes(laptop)).toEqual([]);
  const said = [laptop.upholding(ref, full, leader), laptop.upholding(ref, poor)];
  const totals = [fullInputs(laptop.rubric), poorInputs(laptop.rubric)].map(
    (inputs) => totalOf(laptop.rubric, inputs, 0).total,
  );
  const policy = { trimExtremes: false, trimFrom: 5 };
  const figures = { mean: panelMark(totals, policy).mark, spread: spreadOf(totals) };
  return { laptop, ref, full, poor, said, figures };
}

const codes = async (laptop: Laptop) => (await sendAll(registry.url, laptop)).notes.map(({ code }) => code);

function settle(
  { laptop, ref, full, poor, said, figures }: Apart,
  change: Parameters<Laptop["settlement"]>[2] = {},
  signers?: readonly Signer[],
) {
  return laptop.settlement(ref, [full, poor], { said, ...figures, ...change }, signers);
}

/** What the operator's page says of this candidate's panel; undefined where it lists none. */
async function stateOn({ ref }: Pick<Apart, "ref">): Promise<string | undefined> {
  const text = await (await fetch(`${registry.operatorUrl}/operator?lang=en`)).text();
  const row = text.split("<tr").find((one) => one.includes(`data-panel="${ref}"`));
  return row && /data-state="([a-z]+)"/.exec(row)?.[1];
}

describe("[R43] a settlement", () => {
  test("over what counts, with every member's words, is taken; the leaf says what it is, and the operator that it is settled", async () => {
    const apart = await aDivergentPanel();
    expect(await stateOn(apart)).toBe("open");
    settle(apart);
    const receipt = await sendAll(registry.url, apart.laptop);
    expect(receipt).toMatchObject({
      verdict: "accepted",
      sheets: { accepted: 1, quarantined: 0 },
      notes: [],
    });
    expect(leafOfReceipt(receipt)?.k).toBe("settle");
    expect(await stateOn(apart)).toBe("settled");
  });

  test("of a panel that agrees settles nothing, and the operator is not told of it", async () => {
    const laptop = await enrolLaptop(registry.url, someKeys());
    const ref = aCandidateRef();
    const { leader } = laptop.keys;
    laptop.roster([ref]);
    const full = laptop.sheet(ref, { by: { kid: leader.kid, role: "examiner" } }, leader).hash;
    const poor = laptop.sheet(ref).hash;
    expect(await codes(laptop)).toEqual([]);
    const said = [laptop.upholding(ref, full, leader), laptop.upholding(ref, poor)];
    const { total } = marks(laptop, fullInputs(laptop.rubric));
    const figures = { mean: total, spread: { n: 0, d: 1 } };
    settle({ laptop, ref, full, poor, said, figures });
    expect(await codes(laptop)).toEqual(["settlement-unfounded"]);
    expect(await stateOn({ ref })).toBeUndefined();
  });

  test("with figures that are not those of the sheets is set aside", async () => {
    const apart = await aDivergentPanel();
    const { mean, spread } = apart.figures;
    settle(apart, { mean: { n: mean.n + mean.d, d: mean.d } });
    settle(apart, { spread: { n: spread.n + spread.d, d: spread.d } });
    expect(await codes(apart.laptop)).toEqual(["total-mismatch", "total-mismatch"]);
    expect(await stateOn(apart)).toBe("open");
  });

  test("[R46] without a member's words is set aside, unless nobody could ask them any more", async () => {
    const apart = await aDivergentPanel();
    const [own] = apart.said;
    settle(apart, { said: [own!] });
    expect(await codes(apart.laptop)).toEqual(["statement-missing"]);
    settle(apart, { said: [own!], unasked: [PERSON.examiner] });
    expect(await codes(apart.laptop)).toEqual([]);
    expect(await stateOn(apart)).toBe("settled");
  });

  test("[R46] with words that are not their author's, or about another sheet, is set aside", async () => {
    const apart = await aDivergentPanel();
    const { laptop, ref, full, poor } = apart;
    const [own] = apart.said;
    const { leader, examiner, administrator } = laptop.keys;
    const forged = laptop.upholding(ref, poor, leader, { by: { kid: examiner.kid, role: "examiner" } });
    settle(apart, { said: [own!, forged] });
    settle(apart, { said: [own!, laptop.upholding(ref, poor, administrator)] });
    settle(apart, { said: [own!, laptop.upholding(aCandidateRef(), poor)] });
    // The examiner's word about the leader's sheet is nobody's answer for their own.
    settle(apart, { said: [own!, laptop.upholding(ref, full)] });
    expect(await codes(laptop)).toEqual([
      "statement-invalid",
      "statement-invalid",
      "statement-invalid",
      "statement-missing",
    ]);
  });

  test("by somebody who does not lead this panel is set aside, whatever they may lead elsewhere", async () => {
    const laptop = await enrolLaptop(registry.url, someKeys());
    const second = aSigner();
    const other = new Laptop(
      laptop.keys,
      await admitKey(registry.url, laptop, PersonId.parse("p-05"), second),
    );
    const ref = aCandidateRef();
    other.roster([ref]);
    const by = { by: { kid: other.keys.leader.kid, role: "examiner" } } as const;
    const full = other.sheet(ref, by, other.keys.leader).hash;
    const poor = other.sheet(ref, marks(other, poorInputs(other.rubric))).hash;
    expect(await codes(other)).toEqual([]);
    const said = [other.upholding(ref, full, other.keys.leader), other.upholding(ref, poor)];
    const apart = await aDivergentPanel();
    const here = { laptop: other, ref, full, poor, said, figures: apart.figures };
    settle(here, {}, [other.keys.examiner]);
    settle(here, {}, [second]);
    expect(await codes(other)).toEqual(["role-not-allowed", "role-not-allowed"]);
    expect(await stateOn(here)).toBe("open");
  });

  test("[SY32] before its sheets have come, or about other ones, speaks of nothing", async () => {
    const apart = await aDivergentPanel();
    settle(apart, { records: [apart.full, NO_HASH].sort(), said: apart.said.slice(0, 1) });
    const alone = aCandidateRef();
    apart.laptop.settlement(alone, [apart.full, apart.poor], {});
    expect(await codes(apart.laptop)).toEqual(["target-unknown", "candidate-not-in-permit"]);
  });

  test("about a sheet that was amended since is outdated: the question is open again, and settled over what counts", async () => {
    const apart = await aDivergentPanel();
    const { laptop, ref, full, poor } = apart;
    const amended = laptop.amendment(ref, poor, {
      ...{ reason: "moderation", text: "重看后更正" },
      new: { ...newMarks(laptop), overtimeMs: 0, vetoes: [], note: "看过" },
    });
    expect(await codes(laptop)).toEqual([]);
    settle(apart);
    expect(await codes(laptop)).toEqual(["settlement-outdated"]);
    expect(await stateOn(apart)).toBe("open");
    // Who amended for the panel has answered it.
    const [own] = apart.said;
    laptop.settlement(ref, [full, amended.hash], { said: [own!], ...apart.figures });
    expect(await codes(laptop)).toEqual([]);
    expect(await stateOn(apart)).toBe("settled");
  });

  test("is outdated by an amendment that brings the panel together, and the operator is told of nothing any more", async () => {
    const apart = await aDivergentPanel();
    const { laptop, ref, poor } = apart;
    settle(apart);
    expect(await codes(laptop)).toEqual([]);
    laptop.amendment(ref, poor, { reason: "moderation" });
    expect(await codes(laptop)).toEqual([]);
    expect(await stateOn(apart)).toBeUndefined();
  });

  test("[R76] is asked of nobody any more whose result two people took away", async () => {
    const apart = await aDivergentPanel();
    const { laptop, ref, full, poor } = apart;
    const [supervisor, second] = [aSigner(), aSigner()];
    await admitKey(registry.url, laptop, PersonId.parse("p-05"), second);
    const permit = await admitKey(registry.url, laptop, PersonId.parse("p-02"), supervisor);
    const decide = (change: Partial<ReviewRecord>) =>
      laptop.review(
        { kind: "candidate", candidate: ref },
        basisHash([full, poor]),
        supervisor,
        { permit: permit.hash, second: { kid: second.kid, role: "panelLeader" }, ...change },
        [supervisor, second],
      );
    const { hash } = decide({ decision: "void" });
    expect(await codes(laptop)).toEqual([]);
    expect(await stateOn(apart)).toBeUndefined();
    decide({ decision: "confirm", follows: hash });
    expect(await codes(laptop)).toEqual([]);
    expect(await stateOn(apart)).toBe("open");
  });

  test("stands as it did when the index was lost and is made again", async () => {
    const apart = await aDivergentPanel();
    settle(apart);
    expect(await codes(apart.laptop)).toEqual([]);
    const open = await aDivergentPanel();
    await registry.close();
    await place.loseIndex();
    registry = await place.start({ operatorPort: 0 });
    expect([await stateOn(apart), await stateOn(open)]).toEqual(["settled", "open"]);
    settle(open);
    expect(await codes(open.laptop)).toEqual([]);
  });

  test("of sheets from two laptops rests on both, with words that were signed on either", async () => {
    const here = await enrolLaptop(registry.url, someKeys());
    const there = await enrolLaptop(registry.url, someKeys());
    const other = new Laptop(there.keys, there.permit, here.sitting);
    const ref = aCandidateRef();
    const { leader } = here.keys;
    const roster = here.roster([ref]);
    const full = here.sheet(ref, { by: { kid: leader.kid, role: "examiner" } }, leader).hash;
    expect(await codes(here)).toEqual([]);
    const poor = other.sheet(ref, marks(other, poorInputs(other.rubric))).hash;
    const said = [here.upholding(ref, full, leader), other.upholding(ref, poor)];
    const { figures } = await aDivergentPanel();
    const apart = { laptop: here, ref, full, poor, said, figures };
    // What the other laptop marked has not come yet.
    settle(apart);
    expect(await codes(here)).toEqual(["target-unknown"]);
    expect(await stateOn(apart)).toBeUndefined();
    const sealed = await other.seal({ shared: [roster.record] });
    other.sealed(sealed);
    expect((await receiptOf(registry.url, sealed)).notes).toEqual([]);
    expect(await stateOn(apart)).toBe("open");
    settle(apart);
    expect(await codes(here)).toEqual([]);
    expect(await stateOn(apart)).toBe("settled");
  });

  test("travels by itself: a batch that mixes settlements and sheets is kept and counts for nothing", async () => {
    const apart = await aDivergentPanel();
    settle(apart);
    apart.laptop.sheet(aCandidateRef());
    const receipt = await receiptOf(registry.url, await apart.laptop.seal());
    expect(receipt).toMatchObject({ verdict: "quarantined", notes: [{ seq: 0, code: "malformed" }] });
  });
});

/** As poor as before, said anew. */
function newMarks(laptop: Laptop): Pick<SheetRecord, "items" | "total"> {
  return marks(laptop, poorInputs(laptop.rubric));
}
