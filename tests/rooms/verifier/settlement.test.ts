// A settlement at the small verifier (R43, R46): what it proves by itself, what more beside the sheets it names, and of every tampered
// one the first thing that is wrong.
import { beforeAll, describe, expect, test } from "vitest";
import { NO_HASH, type Bytes, type HashId } from "#shared/base";
import type { Signer } from "#shared/crypto";
import { peekRecord, signRecord, type SettlementRecord } from "#shared/wire";
import { readFileOf } from "../../../registry/verifier/read.ts";
import { verifyAll } from "../../../registry/verifier/verify.ts";
import { aCarriedDay, registryKeys, signedBy, type CarriedDay } from "../../support/carried-day.ts";
import { aCandidateRef, aSigner, PERSON, publicKeyHex } from "../../support/wire-builders.ts";

let day: CarriedDay;
let leader: Signer;
let examiner: Signer;
let permit: Bytes;
const ref = aCandidateRef();
const POLICY = { trimExtremes: { value: false }, trimFrom: { value: 5 } };

/** The leader marks as well, under a permit that says by which policy. */
beforeAll(async () => {
  day = await aCarriedDay();
  ({ leader, examiner } = day.keys);
  const person = (id: string, signer: Signer, roles: readonly string[]) => ({
    ...{ id, roles, kid: signer.kid, pub: publicKeyHex(signer), device: day.keys.device.kid },
  });
  const people = [
    person(PERSON.leader, leader, ["panelLeader", "examiner"]),
    person(PERSON.examiner, examiner, ["examiner"]),
  ];
  permit = signedBy("permit", { ...day.permitValue, people, reference: { policy: POLICY } }, [
    registryKeys.permits,
  ]);
});

const sheetOf = (n: number, signer: Signer) =>
  day.laptop.sheet(ref, { total: { n, d: 1 }, by: { kid: signer.kid, role: "examiner" } }, signer);

function aPanel() {
  const [full, poor] = [sheetOf(90, leader), sheetOf(30, examiner)];
  const said = [day.laptop.upholding(ref, full.hash, leader), day.laptop.upholding(ref, poor.hash)];
  const sheets = [full.record, poor.record];
  return { records: [full.hash, poor.hash], sheets, said };
}

function aSettlement(
  records: readonly HashId[],
  said: readonly Bytes[],
  change: Partial<SettlementRecord> = {},
  signers: readonly Signer[] = [leader],
): Bytes {
  const figures = { mean: { n: 60, d: 1 }, spread: { n: 60, d: 1 }, permit: hashOf(permit) };
  return day.laptop.settlement(ref, records, { said, ...figures, ...change }, signers).record;
}

function hashOf(record: Bytes): HashId {
  const [item] = readFileOf("", Buffer.from(record));
  if (item?.is !== "record") throw new Error("no record");
  return item.record.hash as HashId;
}

function peek(record: Bytes) {
  const peeked = peekRecord("upholding", record);
  if (!peeked.ok) throw new Error("somebody's words");
  return peeked.value;
}

function last(...files: readonly Bytes[]) {
  const all = [day.keyset, day.enrolment, permit, ...files];
  const { verdict, code, facts } = verifyAll(
    all.flatMap((file, at) => readFileOf(String(at), Buffer.from(file))),
  ).at(-1)!;
  return { said: `${verdict} ${code}`, facts };
}

describe("[R43] a settlement", () => {
  test("proves whose mark the leader let stand, and how many of its examiners said so under their own keys", () => {
    const { records, said } = aPanel();
    const found = last(aSettlement(records, said));
    expect(found.said).toBe("proves settlement");
    expect(found.facts).toMatchObject({ kid: leader.kid, ref, sheets: 2, said: 2, spread: "60/1", here: 0 });
  });

  test("beside its sheets proves that the figures are theirs", () => {
    const { records, said, sheets } = aPanel();
    expect(last(...sheets, aSettlement(records, said))).toMatchObject({
      said: "proves settlement-compared",
      facts: { here: 2 },
    });
    for (const change of [{ spread: { n: 59, d: 1 } }, { mean: { n: 61, d: 1 } }])
      expect(last(...sheets, aSettlement(records, said, change)).said).toBe("wrong settlement-figures");
    // Without one of them nobody can compare.
    const wrong = aSettlement(records, said, { spread: { n: 59, d: 1 } });
    expect(last(sheets[0]!, wrong).said).toBe("proves settlement");
  });

  test("beside its sheets and without the permit it was signed under proves the spread alone: how the mean is taken nobody can say", () => {
    const { records, said, sheets } = aPanel();
    const elsewhere = { permit: NO_HASH };
    expect(last(...sheets, aSettlement(records, said, elsewhere)).said).toBe("proves settlement-spread");
    const mean = { ...elsewhere, mean: { n: 61, d: 1 } };
    expect(last(...sheets, aSettlement(records, said, mean)).said).toBe("proves settlement-spread");
    const spread = { ...elsewhere, spread: { n: 59, d: 1 } };
    expect(last(...sheets, aSettlement(records, said, spread)).said).toBe("wrong settlement-figures");
  });

  test("words by themselves are their author's, and no more", () => {
    const { said } = aPanel();
    expect(last(said[1]!)).toMatchObject({ said: "proves upholding", facts: { kid: examiner.kid, ref } });
  });

  test("words that somebody else signed as well are nobody's own, whoever it was", () => {
    const { records } = aPanel();
    const { value } = peek(day.laptop.upholding(ref, records[1]!));
    for (const other of [leader, aSigner()]) {
      const { record } = signRecord("upholding", value, [examiner, other]);
      expect(last(record).said).toBe("wrong statement-signers");
    }
  });

  test.each<[string, () => Bytes[], string]>([
    [
      "signed by one who leads nobody",
      () => {
        const { records, said } = aPanel();
        return [aSettlement(records, said, {}, [examiner])];
      },
      "wrong role",
    ],
    [
      "whose records are out of order",
      () => {
        const { records, said } = aPanel();
        return [aSettlement(records, said, { records: [...records].sort().reverse() })];
      },
      "wrong settlement-records",
    ],
    [
      "with a second signature",
      () => {
        const { records, said } = aPanel();
        return [aSettlement(records, said, {}, [leader, examiner])];
      },
      "wrong settlement-records",
    ],
    [
      "with what is no statement",
      () => {
        const { records, sheets } = aPanel();
        return [aSettlement(records, sheets.slice(0, 1))];
      },
      "wrong statement",
    ],
    [
      "with words in the name of somebody who did not sign them",
      () => {
        const { records } = aPanel();
        const by = { by: { kid: examiner.kid, role: "examiner" } } as const;
        return [aSettlement(records, [day.laptop.upholding(ref, records[1]!, leader, by)])];
      },
      "wrong statement",
    ],
    [
      "with words under a key that nobody vouches for",
      () => {
        const { records } = aPanel();
        return [aSettlement(records, [day.laptop.upholding(ref, records[1]!, aSigner())])];
      },
      "open key-unknown",
    ],
    [
      "with words about another candidate",
      () => {
        const { records } = aPanel();
        return [aSettlement(records, [day.laptop.upholding(aCandidateRef(), records[1]!)])];
      },
      "wrong statement-other",
    ],
    [
      "with one examiner's words twice",
      () => {
        const { records } = aPanel();
        const said = records.map((record) => day.laptop.upholding(ref, record));
        return [aSettlement(records, said)];
      },
      "wrong statement-other",
    ],
    [
      "with one examiner's words about another's sheet, which is given",
      () => {
        const { records, sheets } = aPanel();
        return [...sheets, aSettlement(records, [day.laptop.upholding(ref, records[0]!)])];
      },
      "wrong statement-other",
    ],
  ])("%s is found out", (_, files, code) => expect(last(...files()).said).toBe(code));
});
