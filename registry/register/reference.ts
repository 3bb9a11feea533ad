// The reference pack of an institution, made from the register's own files: what laptops must know where there is no
// network. ID numbers stay at the registry; packs carry their keyed hashes.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { invariant } from "#shared/base";
import { idHash } from "#shared/crypto";
import { Policy, ReferencePack, Relation, TrainingClass } from "#shared/exam";
import { defaultPolicy, demoPolicy } from "#shared/rules";

const { version: _version, salt: _salt, policy: _policy, ...carried } = ReferencePack.shape;
const IdNumber = z.string().regex(/^\d{17}[\dX]$/);

/** As an operator writes it: people who are not staff by their ID numbers. */
export const ReferenceSource = z.strictObject({
  ...carried,
  training: z
    .array(z.strictObject({ ...TrainingClass.shape, learners: z.array(IdNumber).max(5000) }))
    .max(2000),
  relations: z
    .array(z.strictObject({ ...Relation.omit({ candidate: true }).shape, candidate: IdNumber }))
    .max(20_000),
});
export type ReferenceSource = z.infer<typeof ReferenceSource>;

/** `salt` 16 bytes in hex: one per pack, so that hashes of two packs cannot be joined. */
export function referencePackOf(source: ReferenceSource, policy: Policy, salt: string): ReferencePack {
  return ReferencePack.parse({
    ...source,
    version: 1,
    salt,
    policy,
    training: source.training.map((one) => ({
      ...one,
      learners: one.learners.map((number) => idHash(salt, number)),
    })),
    relations: source.relations.map((one) => ({ ...one, candidate: idHash(salt, one.candidate) })),
  });
}

/** A province changes a file: `policies/<area>.json` in the data, else what comes with the program. */
export function policyFor(dataDir: string, area: string, demo: boolean): Policy {
  if (demo) return demoPolicy();
  const file = join(dataDir, "policies", `${area}.json`);
  if (!existsSync(file)) return defaultPolicy();
  const read = Policy.safeParse(JSON.parse(readFileSync(file, "utf8")));
  invariant(read.success, `policies/${area}.json is a policy`);
  return read.data;
}
