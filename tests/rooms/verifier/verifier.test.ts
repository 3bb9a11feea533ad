// The small verifier on the files of one day: what each proves, and of every tampered one the first thing that is wrong.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes, digestToHashId, NO_HASH, type Bytes } from "#shared/base";
import { checkPublicKey, hashId, type Signer } from "#shared/crypto";
import {
  canonicalBytes,
  envelopeFrame,
  envelopeToRecord,
  merkleRoot,
  objectFrame,
  recordToEnvelope,
  stampOf,
  writeBundle,
} from "#shared/wire";
import { createLogTree } from "../../../registry/log/tree.ts";
import { isSound } from "../../../registry/verifier/key.ts";
import { readFileOf } from "../../../registry/verifier/read.ts";
import { verifyAll } from "../../../registry/verifier/verify.ts";
import { say, WORDS } from "../../../registry/verifier/words.ts";
import {
  aCarriedDay,
  aCheckpoint,
  aProof,
  leafOf,
  registryKeys,
  signedBy,
  type CarriedDay,
} from "../../support/carried-day.ts";
import { LOW_ORDER } from "../../support/low-order.ts";
import { aSigner, aVisitReport, PERSON, publicKeyHex, SUBSTITUTE } from "../../support/wire-builders.ts";
import wycheproof from "../../vectors/ed25519-wycheproof.json" with { type: "json" };

let day: CarriedDay;
beforeAll(async () => {
  day = await aCarriedDay();
});

function codes(...files: readonly Bytes[]): string[] {
  return verifyAll(files.flatMap((file, at) => readFileOf(String(at), Buffer.from(file)))).map(
    ({ verdict, code }) => `${verdict} ${code}`,
  );
}
const firstWrong = (...files: readonly Bytes[]) => codes(...files).find((code) => code.startsWith("wrong"));

describe("a good day", () => {
  test("a bundle proves itself whole", () => {
    expect(codes(day.bundle)).toEqual([
      "proves keyset",
      "proves enrolment",
      "proves permit",
      "proves batch",
      "proves receipt-batch",
      ...day.sealed.objects.map(() => "proves object"),
      "proves proof",
    ]);
  });

  test("the same as single files, in any order, and the checkpoint", () => {
    const files = [
      ...[day.checkpoint, day.proof, day.receipt, day.sealed.record, day.permit, day.enrolment, day.keyset],
      ...day.sealed.objects,
    ];
    expect(codes(...files).filter((code) => !code.startsWith("proves"))).toEqual([]);
    expect(codes(...files.reverse()).filter((code) => !code.startsWith("proves"))).toEqual([]);
  });

  test("plain records prove that they are what the batch commits to", () => {
    const pack = concatBytes(...day.records);
    expect(codes(day.keyset, day.enrolment, day.permit, day.sealed.record, pack)).toEqual([
      "proves keyset",
      "proves enrolment",
      "proves permit",
      "proves batch-whole",
      "proves result-sealed",
      "proves sheet-sealed",
      "proves result-sealed",
    ]);
  });

  test("an amendment with the signatures of two people is one, whoever of the two offices approves", () => {
    const supervisor = aSigner();
    const permits = [
      day.permit,
      aPermit({ id: SUBSTITUTE, signer: supervisor, roles: ["examiner", "supervisor"] }),
    ];
    expect(
      codes(
        ...[day.keyset, day.enrolment, ...permits],
        anAmendment({ approver: day.keys.leader, role: "panelLeader" }),
        anAmendment({ approver: supervisor, role: "supervisor" }),
      ).slice(-2),
    ).toEqual(["proves result", "proves result"]);
  });

  test("a supervisor's decision is one with one signature, and with two where it takes a result away or names a second", () => {
    const supervisor = aSigner();
    const permit = aPermit({ id: SUBSTITUTE, signer: supervisor, roles: ["supervisor"] });
    const { leader } = day.keys;
    expect(
      codes(
        ...[day.keyset, day.enrolment, day.permit, permit],
        aReview({ supervisor, decision: "confirm" }),
        aReview({ supervisor, decision: "void", second: leader, signers: [supervisor, leader] }),
        aReview({ supervisor, decision: "escalate", second: leader, signers: [supervisor, leader] }),
      ).slice(-3),
    ).toEqual(["proves result", "proves result", "proves result"]);
    const wrong = (one: Parameters<typeof aReview>[0]) =>
      codes(day.keyset, day.enrolment, day.permit, permit, aReview(one)).at(-1);
    expect(wrong({ supervisor, decision: "void" })).toBe("wrong approval");
    expect(wrong({ supervisor, decision: "re-mark", second: leader })).toBe("wrong approval");
    expect(wrong({ supervisor, decision: "confirm", second: leader })).toBe("wrong approval");
    expect(wrong({ supervisor: leader, decision: "confirm" })).toBe("wrong role");
  });

  test("[R23] a visit is its supervisor's alone, its room adds up, and its list is answered once with words to every no", () => {
    const supervisor = aSigner();
    const permit = aPermit({ id: SUBSTITUTE, signer: supervisor, roles: ["supervisor"] });
    const report = aVisitReport();
    const [first] = report.answers;
    if (!first) throw new Error("an answer");
    const visit = (over: object, signers = [supervisor]) =>
      signedBy(
        "supervision",
        { seq: 9, report: { ...report, ...over }, by: { kid: signers[0]?.kid ?? "", role: "supervisor" } },
        signers,
      );
    const said = (record: Bytes) => codes(day.keyset, day.enrolment, day.permit, permit, record).at(-1);
    expect(said(visit({}))).toBe("proves supervision");
    expect(said(visit({}, [day.keys.leader]))).toBe("wrong role");
    expect(said(visit({}, [aSigner()]))).toBe("open key-unknown");
    expect(said(visit({}, [supervisor, day.keys.leader]))).toBe("wrong visit-signers");
    expect(said(visit({ room: { ...report.room, absent: 1 } }))).toBe("wrong visit-room");
    expect(said(visit({ room: { ...report.room, marking: -1, untouched: 3 } }))).toBe("wrong visit-room");
    expect(said(visit({ answers: [...report.answers, first] }))).toBe("wrong visit-answers");
    expect(said(visit({ answers: [{ ...first, answer: "no", words: " " }] }))).toBe("wrong visit-answers");
    expect(said(visit({ answers: [{ ...first, answer: "perhaps" }] }))).toBe("wrong visit-answers");
    expect(said(visit({ answers: [] }))).toBe("wrong visit-answers");
    const [finding] = verifyAll([
      ...[day.keyset, day.enrolment, day.permit, permit, visit({})].flatMap((file, at) =>
        readFileOf(String(at), Buffer.from(file)),
      ),
    ]).slice(-1);
    expect(finding && say(WORDS[finding.code], finding.facts, "en")).toContain(
      "12 yes, 1 no, 0 not seen; of 3",
    );
  });

  test("[R46] [R76] what took a result away is not given back by one person, nor through another decision of one", () => {
    const supervisor = aSigner();
    const permit = aPermit({ id: SUBSTITUTE, signer: supervisor, roles: ["supervisor"] });
    const both = [supervisor, day.keys.leader];
    const aVoid = aReview({ supervisor, decision: "void", second: day.keys.leader, signers: both });
    const last = (...reviews: readonly Bytes[]) =>
      codes(day.keyset, day.enrolment, day.permit, permit, ...reviews).at(-1);
    for (const decision of ["confirm", "return", "escalate"])
      expect(last(aVoid, aReview({ supervisor, decision, follows: aVoid }))).toBe("wrong approval");
    const between = aReview({ supervisor, decision: "return", follows: aVoid });
    const hidden = aReview({ supervisor, decision: "confirm", follows: between });
    expect(last(aVoid, between, hidden)).toBe("wrong approval");
    const given = { supervisor, decision: "confirm", second: day.keys.leader, signers: both };
    const back = aReview({ ...given, follows: aVoid });
    expect(last(aVoid, back)).toBe("proves result");
    expect(last(aVoid, back, aReview({ supervisor, decision: "escalate", follows: back }))).toBe(
      "proves result",
    );
    // Without the decision before it nobody can tell whether one person was enough.
    const alone = aReview({ supervisor, decision: "confirm", follows: aVoid });
    expect(last(alone)).toBe("open review-alone");
    const first = aReview({ supervisor, decision: "escalate" });
    expect(last(first, aReview({ supervisor, decision: "confirm", follows: first }))).toBe("proves result");
  });

  test("what is missing is said to be open, and is no proof", () => {
    expect(codes(day.sealed.record)).toEqual(["open no-keyset"]);
    expect(codes(day.keyset, day.sealed.record)).toEqual(["proves keyset", "open key-unknown"]);
    expect(codes(day.keyset, day.proof)).toEqual(["proves keyset", "open proof-alone"]);
    expect(codes(...day.sealed.objects.slice(0, 1))).toEqual(["open object-unnamed"]);
    const [, sheet = new Uint8Array()] = day.records;
    expect(codes(day.keyset, day.enrolment, day.permit, sheet)).toContain("proves sheet");
  });

  test("a batch of thousands of plain records is looked through once", () => {
    const { examiner } = day.keys;
    const by = { kid: examiner.kid };
    const records: Bytes[] = [];
    let prev: string = NO_HASH;
    while (records.length < 2_000) {
      const value = { v: 1, seq: records.length + 1, prev, by };
      records.push(signedBy("sheet", value, [examiner]));
      prev = hashId(canonicalBytes(value));
    }
    const manifest = signedBy(
      "batch",
      {
        ...{ v: 1, device: day.keys.device.kid, deviceSeq: 1, sheets: records.length, objects: [] },
        ...{ range: { first: 1, last: records.length, headHash: prev }, root: merkleRoot(records) },
        by: { kid: day.keys.device.kid },
      },
      [day.keys.device],
    );
    const pack = concatBytes(...records);
    const from = process.cpuUsage();
    const found = codes(day.keyset, day.enrolment, day.permit, manifest, pack);
    expect(found.slice(3, 5)).toEqual(["proves batch-whole", "proves sheet-sealed"]);
    expect(new Set(found.slice(4))).toEqual(new Set(["proves sheet-sealed"]));
    // Looking at the whole chain again for each record took minutes.
    expect(process.cpuUsage(from).user / 1e6).toBeLessThan(4);
  });

  test("a year of receipts and their proofs is looked through once", () => {
    const tree = createLogTree();
    const receipts = Array.from({ length: 800 }, (_, i) => {
      const value = { ...day.receiptValue, deviceSeq: i + 1 };
      tree.append(leafOf(value));
      return signedBy("receipt", { ...value, leaf: digestToHashId(leafOf(value)) }, [registryKeys.receipts]);
    });
    const checkpoint = aCheckpoint(receipts.length, tree.root(receipts.length));
    const proofs = receipts.map((_, i) => aProof(i, tree.inclusion(i, receipts.length), checkpoint));
    const from = process.cpuUsage();
    expect(new Set(codes(day.keyset, concatBytes(...receipts), ...proofs).slice(1))).toEqual(
      new Set(["proves receipt", "proves proof"]),
    );
    // Holding each proof against every receipt took ten times as long.
    expect(process.cpuUsage(from).user / 1e6).toBeLessThan(4);
    expect(codes(day.keyset, ...receipts.slice(0, 3), ...proofs.slice(0, 4).reverse()).slice(-4)).toEqual([
      ...["wrong proof-leaf", "proves proof", "proves proof", "proves proof"],
    ]);
  });

  test("the code to compare is the stamp's", () => {
    const [keyset] = verifyAll(readFileOf("k", Buffer.from(day.keyset)));
    const envelope = recordToEnvelope(day.keyset);
    expect(keyset?.facts["code"]).toBe(envelope.ok && stampOf(hashId(envelope.value.payload)).code);
  });
});

/** Another permit of the same centre, with one person on it. */
function aPermit({ id, signer, roles }: { id: string; signer: Signer; roles: readonly string[] }): Bytes {
  const key = { kid: signer.kid, pub: publicKeyHex(signer), device: day.keys.device.kid };
  return signedBy("permit", { ...day.permitValue, people: [{ id, ...key, roles }] }, [registryKeys.permits]);
}

/** Of the examiner, with an approver who signs too unless it is said who does. */
function anAmendment({
  approver,
  role,
  signers = [day.keys.examiner, approver],
}: {
  approver: Signer;
  role: string;
  signers?: readonly Signer[];
}): Bytes {
  const value = { v: 1, by: { kid: day.keys.examiner.kid }, approvedBy: { kid: approver.kid, role } };
  return signedBy("amendment", value, signers);
}

/** A record's name: the hash of its payload. */
function hashOf(record: Bytes): string {
  const read = recordToEnvelope(record);
  if (!read.ok) throw new Error(read.error.code);
  return hashId(read.value.payload);
}

function aReview({
  supervisor,
  decision,
  second,
  signers = [supervisor],
  follows,
}: {
  supervisor: Signer;
  decision: string;
  second?: Signer;
  signers?: readonly Signer[];
  /** Another one's bytes. */
  follows?: Bytes;
}): Bytes {
  const other = second ? { second: { kid: second.kid, role: "panelLeader" } } : {};
  const former = follows ? { follows: hashOf(follows) } : {};
  return signedBy("review", { v: 1, by: { kid: supervisor.kid }, decision, ...other, ...former }, signers);
}

describe("a tampered day: the first thing that is wrong is", () => {
  const turned = (bytes: Bytes, at: number) => {
    const other = bytes.slice();
    other[at] = (other[at] ?? 0) ^ 1;
    return other;
  };
  const trusted = () => [day.keyset, day.enrolment, day.permit];
  const tampered: Readonly<Record<string, readonly [expected: string, files: () => Bytes[]]>> = {
    "a bundle cut short": ["bundle-cut", () => [day.bundle.subarray(0, -50)]],
    "a bundle copied as text": ["bundle-magic", () => [turned(day.bundle, 4)]],
    "a bundle with a frame left out": [
      "bundle-altered",
      () => {
        const without = writeBundle(day.frames.slice(0, -1)).bytes;
        return [concatBytes(without.subarray(0, -41), day.bundle.subarray(-41))];
      },
    ],
    "a bundle with another object under an object's id": [
      "bundle-frame",
      () => [
        writeBundle(day.frames.map((f) => (f.kind === "object" ? { ...f, bytes: turned(f.bytes, 99) } : f)))
          .bytes,
      ],
    ],
    "a bundle with something after its end": [
      "bundle-trailing",
      () => [concatBytes(day.bundle, Uint8Array.of(0))],
    ],
    "a record with a bit of its signature turned": [
      "signature",
      () => [...trusted(), turned(day.sealed.record, day.sealed.record.length - 1)],
    ],
    "a receipt with a mark more accepted": [
      "signature",
      () => {
        const read = recordToEnvelope(day.receipt);
        if (!read.ok) throw new Error(read.error.code);
        const payload = Buffer.from(
          Buffer.from(read.value.payload).toString().replace('"accepted":1', '"accepted":2'),
        );
        return [...trusted(), envelopeToRecord({ ...read.value, payload: new Uint8Array(payload) })];
      },
    ],
    "a receipt that the permits' key signed": [
      "role",
      () => [
        ...trusted(),
        signedBy(
          "receipt",
          { ...day.receiptValue, leaf: digestToHashId(day.leaf), by: { kid: registryKeys.permits.kid } },
          [registryKeys.permits],
        ),
      ],
    ],
    "a receipt that names another entry of the log": [
      "leaf",
      () => [
        ...trusted(),
        signedBy("receipt", { ...day.receiptValue, leaf: digestToHashId(day.root) }, [registryKeys.receipts]),
      ],
    ],
    "a receipt for this batch under another number": [
      "leaf",
      () => [
        ...trusted(),
        day.sealed.record,
        signedBy("receipt", { ...day.receiptValue, deviceSeq: 2, leaf: digestToHashId(day.leaf) }, [
          registryKeys.receipts,
        ]),
      ],
    ],
    "a keyset that its root did not sign": [
      "signature",
      () => [turned(day.keyset, day.keyset.length - 1), day.enrolment, day.permit],
    ],
    "a permit that names one key and shows another": [
      "signer",
      () => [...trusted(), signedBy("permit", day.permitValue, [registryKeys.receipts])],
    ],
    "a receipt by a person's key that a permit calls the receipts' key": [
      "role",
      () => {
        const { leader } = day.keys;
        const value = { ...day.receiptValue, leaf: digestToHashId(day.leaf), by: { kid: leader.kid } };
        return [
          ...trusted(),
          aPermit({ id: PERSON.leader, signer: leader, roles: ["receipts"] }),
          signedBy("receipt", value, [leader]),
        ];
      },
    ],
    "a checkpoint by a person's key that a permit calls the log's key": [
      "checkpoint-key",
      () => {
        const { leader } = day.keys;
        return [
          ...trusted(),
          aPermit({ id: PERSON.leader, signer: leader, roles: ["log"] }),
          aCheckpoint(3, day.root, leader),
        ];
      },
    ],
    "an amendment that only its author signed": [
      "approval",
      () => {
        const { examiner, leader } = day.keys;
        return [...trusted(), anAmendment({ approver: leader, role: "panelLeader", signers: [examiner] })];
      },
    ],
    "an amendment approved under an office that the key does not hold": [
      "role",
      () => [...trusted(), anAmendment({ approver: day.keys.administrator, role: "supervisor" })],
    ],
    "an amendment approved under an office that approves nothing": [
      "role",
      () => [...trusted(), anAmendment({ approver: day.keys.administrator, role: "administrator" })],
    ],
    "an amendment that its author approved with another key": [
      "approval-own",
      () => {
        const second = aSigner();
        return [
          ...trusted(),
          aPermit({ id: PERSON.examiner, signer: second, roles: ["supervisor"] }),
          anAmendment({ approver: second, role: "supervisor" }),
        ];
      },
    ],
    "a record with a space in it": [
      "canonical",
      () => {
        const read = recordToEnvelope(day.permit);
        if (!read.ok) throw new Error(read.error.code);
        return [
          day.keyset,
          envelopeToRecord({ ...read.value, payload: concatBytes(read.value.payload, Uint8Array.of(32)) }),
        ];
      },
    ],
    "a sheet with a second signature that the root does not cover": [
      "root",
      () => {
        const [roster = new Uint8Array(), sheet = new Uint8Array(), absence = new Uint8Array()] = day.records;
        const read = recordToEnvelope(sheet);
        if (!read.ok) throw new Error(read.error.code);
        const { payload, payloadType } = read.value;
        const again = day.keys.leader;
        const pae = concatBytes(
          Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `),
          payload,
        );
        const more = envelopeToRecord({
          ...read.value,
          signatures: [...read.value.signatures, { kid: again.kid, sig: again.sign(pae) }],
        });
        return [...trusted(), day.sealed.record, concatBytes(roster, more, absence)];
      },
    ],
    "a proof for another receipt": [
      "proof-leaf",
      () => [...trusted(), day.receipt, aProof(0, [day.leaf, day.others[1]], day.checkpoint)],
    ],
    "a checkpoint by another key": [
      "checkpoint-key",
      () => [day.keyset, aCheckpoint(3, day.root, aSigner())],
    ],
    "a checkpoint with another size": [
      "checkpoint-signature",
      () => [
        day.keyset,
        new Uint8Array(Buffer.from(Buffer.from(day.checkpoint).toString().replace("\n3\n", "\n4\n"))),
      ],
    ],
    "two checkpoints of one size": [
      "split-view",
      () => [day.keyset, day.checkpoint, aCheckpoint(3, day.others[0])],
    ],
    "a picture": ["unknown", () => [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)]],
  };

  test.each(Object.entries(tampered))("%s", (_about, [expected, files]) => {
    expect(firstWrong(...files())).toBe(`wrong ${expected}`);
  });

  test("an object of another size than its manifest says", () => {
    const [object = new Uint8Array()] = day.sealed.objects;
    const bundle = writeBundle(
      [...trusted(), day.sealed.record].map(envelopeFrame).concat(objectFrame(object.subarray(0, -1))),
    );
    expect(codes(bundle.bytes)).toContain("open object-unnamed");
  });
});

describe("the command", () => {
  const repo = join(import.meta.dirname, "../../..");
  const run = (language: string, ...files: readonly Bytes[]) => {
    const folder = mkdtempSync(join(tmpdir(), "verify-"));
    try {
      const paths = files.map((file, at) => {
        const path = join(folder, `file-${String(at)}`);
        writeFileSync(path, file);
        return path;
      });
      const loader = pathToFileURL(join(repo, "node_modules/tsx/dist/loader.mjs")).href;
      const main = join(repo, "registry/verifier/main.ts");
      return spawnSync(process.execPath, ["--import", loader, main, ...paths, "--lang", language], {
        encoding: "utf8",
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test("says what a good bundle proves and ends with 0", () => {
    const { status, stdout } = run("en", day.bundle);
    expect({ status, wrong: /WRONG|open/.test(stdout) }).toEqual({ status: 0, wrong: false });
    expect(stdout).toMatch(/The registry's receipt: it took the batch given here/);
  });

  test("says the first wrong thing in Chinese and ends with 1", () => {
    const { status, stdout } = run("zh-CN", day.bundle.subarray(0, -10));
    expect({ status, stdout: stdout.trim() }).toEqual({
      status: 1,
      stdout: "file-0\n  有误  文件不完整，在中间断开",
    });
  });
});

/** Every module of the verifier, wherever it lies in its folder. */
function modules(): { readonly name: string; readonly text: string }[] {
  const folder = join(import.meta.dirname, "../../../registry/verifier");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.[cm]?[jt]sx?$/.test(name),
  );
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

test("it shares no code with what it checks, and can be read in one sitting", () => {
  const ways = /^(?:import|export|\}).*\bfrom "([^"]+)"|^import "([^"]+)"|\b(?:import|require)\(([^)]*)\)/gm;
  const imports = modules().flatMap(({ text }) =>
    [...text.matchAll(ways)].map(([, from, effect, called]) => from ?? effect ?? called ?? ""),
  );
  expect(imports.length).toBeGreaterThan(10);
  expect(imports.filter((from) => !/^(node:|\.\/[^.]+\.ts$)/.test(from))).toEqual([]);
  const code = modules().filter(({ name }) => name !== "words.ts");
  expect(code.flatMap(({ text }) => text.trimEnd().split("\n")).length).toBeLessThan(1_450);
});

test("every finding has words in both languages, and every word a finding", () => {
  const text = modules()
    .filter(({ name }) => name !== "words.ts")
    .map((module) => module.text)
    .join("");
  const said = [...text.matchAll(/(?:\b(?:proves|open|wrong|stop)\(|\bwrong: )"([a-z-]+)"/g)].map(
    ([, code]) => code,
  );
  expect(said.length).toBeGreaterThan(40);
  const codes = Object.keys(WORDS);
  expect(said.filter((code) => code === undefined || !codes.includes(code))).toEqual([]);
  // Others are the answer of a function: the name of a word stands there all the same. What lies in a batch is said with `-sealed`.
  const quoted = new Set([...text.matchAll(/"([a-z][a-z-]*)"/g)].map(([, code]) => code));
  expect([...text.matchAll(/`\$\{code\}([a-z-]+)`/g)].map(([, end]) => end)).toEqual(["-sealed"]);
  const isNamed = (code: string) => quoted.has(code) || quoted.has(code.replace(/-sealed$/, ""));
  expect(codes.filter((code) => !isNamed(code))).toEqual([]);
  for (const code of codes) {
    expect([code, say(WORDS[code], {}, "zh-CN"), say(WORDS[code], {}, "en")]).not.toContain("");
  }
});

test("its rule about keys is the registry's", () => {
  for (const { pk } of wycheproof.vectors.slice(0, 20)) {
    expect(isSound(Buffer.from(pk, "hex"))).toBe(checkPublicKey(new Uint8Array(Buffer.from(pk, "hex"))).ok);
  }
  for (const hex of [...LOW_ORDER, `02${"00".repeat(31)}`]) {
    expect([hex, isSound(Buffer.from(hex, "hex"))]).toEqual([hex, false]);
  }
});
