// The reference pack of an institution, made from the register's own files: what laptops must know where there is no
// network. ID numbers stay at the registry; packs carry their keyed hashes.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { idHash } from "#shared/crypto";
import {
  ActiveRegistration,
  Applicant,
  CandidateApplication,
  HeldCertificate,
  Incident,
  Policy,
  ReferencePack,
  Relation,
  TrainingClass,
} from "#shared/exam";
import { defaultPolicy, demoPolicy } from "#shared/rules";
import { readDataFile } from "../data-refused.ts";

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
  applications: z
    .array(
      z.strictObject({
        ...CandidateApplication.shape,
        applicant: z.strictObject({
          ...Applicant.omit({ idHash: true }).shape,
          idNumber: IdNumber,
          certificates: z.array(HeldCertificate.omit({ holder: true })).max(50),
        }),
      }),
    )
    .max(5000),
  registrations: z
    .array(z.strictObject({ ...ActiveRegistration.omit({ person: true }).shape, person: IdNumber }))
    .max(20_000),
  incidents: z
    .array(z.strictObject({ ...Incident.omit({ person: true }).shape, person: IdNumber }))
    .max(5000),
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
    applications: source.applications.map((one) => ({ ...one, applicant: applicantOf(one.applicant, salt) })),
    registrations: source.registrations.map((one) => ({ ...one, person: idHash(salt, one.person) })),
    incidents: source.incidents.map((one) => ({ ...one, person: idHash(salt, one.person) })),
  });
}

/** Whoever keeps the register looked up whose certificate it is. */
function applicantOf(
  { idNumber, certificates, ...facts }: ReferenceSource["applications"][number]["applicant"],
  salt: string,
) {
  const holder = { name: facts.name, idHash: idHash(salt, idNumber) };
  return { ...facts, idHash: holder.idHash, certificates: certificates.map((one) => ({ ...one, holder })) };
}

/** A province changes a file: `policies/<area>.json` in the data, else what comes with the program. */
export function policyFor(dataDir: string, area: string, demo: boolean): Policy {
  if (demo) return demoPolicy();
  const file = join(dataDir, "policies", `${area}.json`);
  if (!existsSync(file)) return defaultPolicy();
  return readDataFile(file, Policy, "put the policy right and start again");
}
