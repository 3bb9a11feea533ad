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

const EnrolmentCode = z.string().regex(/^[A-Z2-7]{16}$/);

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
      code: EnrolmentCode,
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
  /** Another laptop's copy: chosen, opened by the recovery code, checked whole and laid down for the next start. */
  "centre.takeOver": channel({
    input: z.strictObject({}),
    output: z.discriminatedUnion("outcome", [
      z.strictObject({ outcome: z.literal("cancelled") }),
      z.strictObject({
        outcome: z.literal("taken"),
        entries: z.int(),
        sittings: z.int(),
        sheets: z.int(),
        signed: z.int(),
        unsent: z.int(),
      }),
    ]),
    refusals: [
      "centre.open",
      "person.declined",
      "person.busy",
      "recovery.missing",
      "medium.missing",
      "medium.no-copy",
      "medium.several",
      "journal.full",
    ],
  }),
  /** Enrols the device that goes on with another's work; `code` is null at the demonstration. */
  "centre.enrolAgain": channel({
    input: z.strictObject({ code: EnrolmentCode.nullable() }),
    output: z.strictObject({}),
    refusals: [
      ...REGISTRY_REFUSALS,
      "registry.no-demonstration",
      "centre.enrolled",
      "enrolment.refused",
      "enrolment.code-unknown",
      "enrolment.code-used",
      "journal.failed",
    ],
  }),
} as const;
