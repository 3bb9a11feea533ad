// What the drill's director and its processes say to each other. A process is asked one thing; it reports while it works
// and at its end. Everything is parsed at both ends: a process that was killed may leave half a sentence.
import { z } from "zod";
import { HashId } from "#shared/base";

/** Where a process works: a folder inside the scratch folder, and the key its journal is sealed with. */
const place = {
  folder: z.string().min(1),
  /** Of 32 bytes. Made for one drill and never written down. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
};

export const Task = z.discriminatedUnion("do", [
  /** Opens what is there and marks until it is killed. */
  z.strictObject({ do: z.literal("mark"), ...place }),
  z.strictObject({ do: z.literal("read"), ...place }),
  z.strictObject({ do: z.literal("full"), ...place, reserveBytes: z.int().min(1) }),
  z.strictObject({ do: z.literal("store"), ...place }),
  z.strictObject({ do: z.literal("clock"), ...place }),
  z.strictObject({ do: z.literal("network"), ...place }),
  z.strictObject({ do: z.literal("stick"), ...place, stick: z.string().min(1), pulls: z.int().min(1) }),
]);
export type Task = z.infer<typeof Task>;
export type TaskOf<K extends Task["do"]> = Extract<Task, { do: K }>;

const count = z.int().min(0);

export const Report = z.discriminatedUnion("report", [
  z.strictObject({ report: z.literal("ready") }),
  /** The hash of every entry, in order. */
  z.strictObject({ report: z.literal("found"), hashes: z.array(HashId) }),
  /** `unflushed`: bytes the journal wrote and had not flushed when it answered. */
  z.strictObject({
    report: z.literal("acknowledged"),
    seq: z.int().min(1),
    hash: HashId,
    unflushed: count,
  }),
  z.strictObject({
    report: z.literal("full"),
    hadReserve: z.boolean(),
    usedReserve: z.boolean(),
    /** Marks of the sitting that had to be finished, and those that were taken. */
    wanted: count,
    finished: count,
    /** A mark without any room left was refused as it should be. */
    refused: z.boolean(),
    acknowledged: count,
    lost: count,
  }),
  /** `account`: why the store says it was made anew; null when it was only brought level. */
  z.strictObject({ report: z.literal("store"), rows: count, wrong: count, account: z.string().nullable() }),
  z.strictObject({
    report: z.literal("clock"),
    clocks: count,
    verdicts: count,
    /** Verdicts that differ from those under the right clock. */
    wrong: count,
    unnoticed: count,
  }),
  z.strictObject({
    report: z.literal("network"),
    answers: count,
    acknowledged: count,
    /** Answers after which nobody was told why the batch waits. */
    untold: count,
  }),
  z.strictObject({
    report: z.literal("stick"),
    pulls: count,
    noticed: count,
    resumed: count,
    entries: count,
    /** Bytes that are not on the stick as they are here, or a copy that does not open: 0 is good. */
    differing: count,
  }),
  z.strictObject({ report: z.literal("failed"), code: z.string().max(200) }),
]);
export type Report = z.infer<typeof Report>;
export type ReportOf<K extends Report["report"]> = Extract<Report, { report: K }>;
