// A photograph's whole way: kept by the laptop, sealed as its day is closed, and taken by the real registry, whose key
// gives back the very bytes that the sheet's signature names (S7).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hexToBytes } from "#shared/base";
import { verifyRecord } from "#shared/wire";
import { nodeDisk, openEvidence } from "../../electron/evidence/index.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { valueOf } from "../support/desk-harness.ts";
import { aJpeg } from "../support/pictures.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef } from "../support/wire-builders.ts";
import {
  bytesIn,
  call,
  enrolLaptop,
  offer,
  putAll,
  receiptOf,
  registryKeys,
} from "../support/registry-calls.ts";

let folder: string;
let place: RegistryPlace;
let registry: RunningRegistry;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "evidence-contract-"));
  place = await aRegistryPlace();
  registry = await place.start();
});
afterAll(async () => {
  await registry.close();
  place.remove();
  rmSync(folder, { recursive: true, force: true });
});

test("[S7] marks are accepted before the photograph they are signed with is there; it follows, and is owed no more", async () => {
  const { url } = registry;
  const room = openEvidence({
    journalFolder: join(folder, "laptop"),
    disk: nodeDisk,
    random: (length) => new Uint8Array(length).fill(5),
    dataKey: () => new Uint8Array(32).fill(7),
  });
  const laptop = await enrolLaptop(url);
  const picture = valueOf(await room.files.keep(aJpeg({ bytes: 200_000 })));
  const ref = aCandidateRef();
  const { hash, size, type } = picture;
  laptop.roster([ref]);
  laptop.sheet(ref, { evidence: [{ hash, size, type, item: 3 }] });
  const transportKey = hexToBytes(laptop.permit.value.transportKey.pub);
  const object = valueOf(await room.files.seal(hash, transportKey, laptop.keys.device.kid));
  const sealed = await laptop.seal({
    manifest: (manifest) => ({
      ...manifest,
      objects: [...manifest.objects, { ...object, hash, role: "evidence" }],
    }),
  });

  await offer(url, sealed);
  await putAll(url, {
    ...sealed,
    manifest: { ...sealed.manifest, objects: sealed.manifest.objects.slice(0, -1) },
  });
  expect(await receiptOf(url, sealed)).toMatchObject({
    verdict: "accepted",
    sheets: { accepted: 1, quarantined: 0 },
    notes: [],
  });
  const state = async () => (await call(url, "GET", `/batches/${sealed.batch}`)).json;
  expect(await state()).toMatchObject({
    owed: [{ wire: object.wire, size: object.size, offset: 0 }],
    evidence: null,
  });

  const bytes = await room.readSealed(object.wire);
  expect((await call(url, "PUT", `/objects/${object.wire}`, bytes)).status).toBe(201);
  const json = await state();
  expect(json).toMatchObject({ owed: [] });
  const stated = valueOf(verifyRecord("evidence", bytesIn(json, "evidence"), await registryKeys(url)));
  expect(stated.value).toMatchObject({ batch: sealed.batch, objects: 1 });
});
