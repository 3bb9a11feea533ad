// Every record kind offered as every other (P12): to the other kind's reader, with its type rewritten, with its payload
// signed under the other type, by a key of another role; and whatever else travels, offered as a record.
import { gzipSync } from "node:zlib";
import { concatBytes, utf8, type Bytes } from "#shared/base";
import { newTransportPair, openObject, sealObject } from "#shared/crypto";
import {
  envelopeToRecord,
  objectFrame,
  readBundle,
  RECORDS,
  signPayload,
  splitRecords,
  verifyRecord,
  writeBundle,
  type KeyLookup,
  type RecordKind,
} from "#shared/wire";
import { anyone, kinds, payloadOf, roleOfSample, samples, signers } from "../support/every-record.ts";
import { codeOf, runEachSoon, runHostile, type Hostile, type Outcome, type VectorSet } from "./set.ts";

/** Each once: many kinds are signed in one role. */
const ROLES = [...new Set(kinds.map(roleOfSample))];

const ways = {
  "read as another kind": pairs((kind, other) => ({
    expected: "wire.wrong-type",
    offer: () => codeOf(verifyRecord(other, samples[kind], anyone)),
  })),
  "its type rewritten": pairs((kind, other) => ({
    expected: "wire.signature-invalid",
    offer: () =>
      codeOf(
        verifyRecord(
          other,
          envelopeToRecord({ ...payloadOf(samples[kind]), payloadType: RECORDS[other].type }),
          anyone,
        ),
      ),
  })),
  "its payload signed as another kind": pairs((kind, other) => {
    const signer = signers.find(({ kid }) => kid === payloadOf(samples[other]).signatures[0]?.kid);
    return {
      expected: "wire.shape",
      offer: () =>
        codeOf(
          verifyRecord(
            other,
            envelopeToRecord(
              signPayload(RECORDS[other].type, payloadOf(samples[kind]).payload, signer ? [signer] : []),
            ),
            anyone,
          ),
        ),
    };
  }),
  "signed by a key of another role": kinds.flatMap((kind) =>
    ROLES.filter((role) => role !== roleOfSample(kind)).map((role) => ({
      about: `${kind} by a key of ${role}`,
      expected: "wire.role-not-allowed",
      offer: () => codeOf(verifyRecord(kind, samples[kind], onlyAs(role))),
    })),
  ),
} as const;

/** How many were offered in each way, for the printed matrix. */
export const confusionCounts: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(ways).map(([way, vectors]) => [way, vectors.length]),
);

export const typeConfusion: VectorSet = {
  name: "type-confusion",
  origin: "own",
  source: `${String(kinds.length)} kinds of record, each as each other`,
  licence: "Apache-2.0",
  run: () => runHostile(Object.values(ways).flat()),
};

export const formatConfusion: VectorSet = {
  name: "format-confusion",
  origin: "own",
  source: "records, packs, bundles, objects, gzip and JSON, each read as each other",
  licence: "Apache-2.0",
  run: confuseFormats,
};

async function confuseFormats(): Promise<Outcome> {
  const pair = await newTransportPair();
  const [device] = signers;
  if (!device) throw new Error("a device signs");
  const record = samples.sheet;
  const bytes: Readonly<Record<string, Bytes>> = {
    record,
    pack: concatBytes(samples.sheet, samples.attendance),
    bundle: writeBundle([objectFrame(record)]).bytes,
    object: await sealObject(record, pair.publicKey, device.kid),
    gzip: new Uint8Array(gzipSync(record)),
    json: payloadOf(record).payload,
    text: utf8("registry.test/results/2026\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"),
    nothing: new Uint8Array(0),
  };
  const readers: Readonly<
    Record<string, { expected: string; takes: string[]; read: (b: Bytes) => Promise<string> }>
  > = {
    ...Object.fromEntries(
      kinds.map((kind) => [
        `record of ${kind}`,
        {
          expected: kind === "sheet" ? "wire.envelope" : "wire.envelope|wire.wrong-type",
          takes: kind === "sheet" ? ["record"] : [],
          read: (offered: Bytes) => Promise.resolve(codeOf(verifyRecord(kind, offered, anyone))),
        },
      ]),
    ),
    pack: {
      expected: "wire.envelope",
      takes: ["pack", "record", "nothing"],
      read: (offered) => Promise.resolve(codeOf(splitRecords(offered))),
    },
    bundle: {
      expected: "bundle.not-a-bundle|bundle.cut-short",
      takes: ["bundle"],
      read: (offered) => Promise.resolve(readBundle(offered).end.trouble ?? "ok"),
    },
    object: {
      expected: "object.malformed",
      takes: ["object"],
      read: async (offered) => codeOf(await openObject(offered, pair.secretKey, device.kid)),
    },
  };
  const offers = Object.entries(readers).flatMap(([reader, { expected, takes, read }]) =>
    Object.entries(bytes).map(([format, offered]) => ({
      about: `${format} as ${reader}`,
      expected: takes.includes(format) ? ["ok"] : expected.split("|"),
      read: () => read(offered),
    })),
  );
  return runEachSoon(offers, async ({ about, expected, read }) => {
    const got = await read();
    return expected.includes(got) ? undefined : `${about}: ${got}`;
  });
}

function pairs(make: (kind: RecordKind, other: RecordKind) => Omit<Hostile, "about">): readonly Hostile[] {
  return kinds.flatMap((kind) =>
    kinds
      .filter((other) => other !== kind)
      .map((other) => ({ about: `${kind} as ${other}`, ...make(kind, other) })),
  );
}

function onlyAs(role: (typeof RECORDS)[RecordKind]["role"]): KeyLookup {
  return (kid) => {
    const found = anyone(kid);
    return found && { ...found, roles: [role] };
  };
}
