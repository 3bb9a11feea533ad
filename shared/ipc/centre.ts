// Opening a centre on this laptop, once.
import { z } from "zod";
import { HashId } from "#shared/base";
import { channel } from "./channel.ts";

const words = z.strictObject({ zh: z.string(), en: z.string() });

/** Who answers at an address, before anything is promised: people compare the stamp of the keyset (rulings 7). */
export const RegistryContact = z.strictObject({
  url: z.string(),
  name: words,
  keyset: HashId,
  demo: z.boolean(),
});
export type RegistryContact = z.infer<typeof RegistryContact>;

const REGISTRY_REFUSALS = [
  "registry.unreachable",
  "registry.not-a-registry",
  "registry.not-loopback",
] as const;

export const centreChannels = {
  "centre.tryDemonstration": channel({
    input: z.strictObject({}),
    output: z.strictObject({}),
    refusals: [
      ...REGISTRY_REFUSALS,
      "registry.no-demonstration",
      "enrolment.refused",
      "centre.open",
      "journal.failed",
    ],
  }),
  "centre.contact": channel({
    input: z.strictObject({ url: z.url().max(200) }),
    output: RegistryContact,
    refusals: REGISTRY_REFUSALS,
  }),
  "centre.enrol": channel({
    input: z.strictObject({
      url: z.url().max(200),
      keyset: HashId,
      code: z.string().regex(/^[A-Z2-7]{16}$/),
    }),
    output: z.strictObject({}),
    refusals: [
      ...REGISTRY_REFUSALS,
      "registry.keyset-changed",
      "enrolment.refused",
      "enrolment.code-unknown",
      "enrolment.code-used",
      "centre.open",
      "person.declined",
      "journal.failed",
    ],
  }),
} as const;
