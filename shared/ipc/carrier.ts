// Everything by stick: batches to the registry and its answers back, sittings and sheets between laptops of the centre. The
// window never names a file or a folder, and never sees a code.
import { z } from "zod";
import { HashId, PersonId, SheetId, SittingId } from "#shared/base";
import { channel } from "./channel.ts";

const JOURNAL = ["journal.full", "journal.failed"] as const;
const STICK = [
  "stick.nothing",
  "stick.own-folder",
  "stick.full",
  "stick.gone",
  "stick.unwritable",
  "stick.too-large",
  "stick.differs",
] as const;
const PERSON = ["person.declined", "person.busy"] as const;

/** Said only when every byte was read back. */
const Copied = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("cancelled") }),
  z.strictObject({
    outcome: z.literal("copied"),
    bundles: z.array(z.strictObject({ hash: HashId, bytes: z.int().min(1) })).min(1),
    batches: z.int().min(0),
    sheets: z.int().min(0),
  }),
]);
export type Copied = z.infer<typeof Copied>;

/** What a bundle brought, by kind; `known` was here already, `refused` names what could not be taken. */
export const Received = z.strictObject({
  bundle: HashId.nullable(),
  receipts: z.int(),
  /** Receipts that are proven by the registry's public log since. */
  proofs: z.int(),
  permits: z.int(),
  sittings: z.int(),
  sheets: z.int(),
  versions: z.int(),
  amendments: z.int(),
  reviews: z.int(),
  /** What divergent panels said and settled. */
  settlements: z.int(),
  /** Absences and changes of the roster. */
  changes: z.int(),
  /** Candidates whose records contradict each other since: they left, and their whole panel signed. */
  contested: z.int(),
  batches: z.int(),
  known: z.int(),
  refused: z.array(z.strictObject({ code: z.string(), count: z.int().min(1) })),
});
export type Received = z.infer<typeof Received>;

export const StickProgress = z.strictObject({
  phase: z.enum(["writing", "comparing"]),
  done: z.int().min(0),
  total: z.int().min(1),
});
export type StickProgress = z.infer<typeof StickProgress>;

export const carrierChannels = {
  /** Every batch the registry has not acknowledged, own and carried. */
  "stick.exportBatches": channel({
    input: z.strictObject({}),
    output: Copied,
    refusals: ["session.none", ...STICK, ...JOURNAL],
  }),
  /** A whole sitting for other laptops of the centre; main shows the code that opens it. */
  "stick.shareSitting": channel({
    input: z.strictObject({ sitting: SittingId }),
    output: Copied,
    refusals: ["session.none", "role.not-administrator", "sitting.unknown", ...PERSON, ...STICK, ...JOURNAL],
  }),
  /** The signed sheets of a shared sitting, and this laptop's sealed batches to be carried on. */
  "stick.shareSheets": channel({
    input: z.strictObject({ sitting: SittingId }),
    output: Copied,
    refusals: ["session.none", "sitting.unknown", "share.none", ...STICK, ...JOURNAL],
  }),
  /** Whatever a bundle holds: all of it, or nothing is written. */
  "stick.receive": channel({
    input: z.strictObject({}),
    output: z.discriminatedUnion("outcome", [
      z.strictObject({ outcome: z.literal("cancelled") }),
      z.strictObject({ outcome: z.literal("received"), received: Received }),
    ]),
    refusals: [
      "session.none",
      "stick.gone",
      "stick.unwritable",
      "stick.full",
      "stick.too-large",
      "stick.differs",
      "bundle.not-a-bundle",
      ...PERSON,
      ...JOURNAL,
    ],
  }),
  /** Of two versions of one sheet a supervisor says which counts, and why. */
  "sheet.choose": channel({
    input: z.strictObject({
      sheet: SheetId,
      chosen: HashId,
      person: PersonId,
      reason: z.string().trim().min(1).max(1000),
    }),
    output: z.strictObject({}),
    refusals: [
      "session.none",
      "sheet.unknown",
      "sheet.one-version",
      "role.not-supervisor",
      "keys.not-permitted",
      "permit.none",
      "keys.locked-out",
      ...PERSON,
      ...JOURNAL,
    ],
  }),
} as const;
