// One channel: one object in, one Result out, a closed list of refusals. Preload, handlers and the window's client are
// all derived from these declarations; no channel name exists outside shared/ipc.
import { z } from "zod";
import type { Refusal, Result } from "#shared/base";

export interface Channel<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  R extends string = string,
> {
  readonly input: I;
  readonly output: O;
  readonly refusals: readonly R[];
}

export function channel<I extends z.ZodType, O extends z.ZodType, const R extends string = never>(
  spec: Channel<I, O, R>,
): Channel<I, O, R> {
  return spec;
}

export type Channels = Readonly<Record<string, Channel>>;
/** What every channel may answer besides its own refusals. */
export type CommonRefusal = "ipc.bad-input" | "ipc.bad-sender" | "internal.bug";

export type InputOf<C extends Channel> = z.infer<C["input"]>;
export type OutputOf<C extends Channel> = z.infer<C["output"]>;
export type RefusalOf<C extends Channel> = Refusal<C["refusals"][number] | CommonRefusal>;

/** A handler for each channel: a missing one is a compile error. */
export type HandlersFor<M extends Channels> = {
  readonly [K in keyof M]: (
    input: InputOf<M[K]>,
  ) => Promise<Result<OutputOf<M[K]>, Refusal<M[K]["refusals"][number]>>>;
};

/** The shape of an answer on the wire between the two processes. */
export function answerSchema(output: z.ZodType) {
  return z.discriminatedUnion("ok", [
    z.strictObject({ ok: z.literal(true), value: output }),
    z.strictObject({
      ok: z.literal(false),
      error: z.strictObject({
        code: z.string(),
        facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
      }),
    }),
  ]);
}
