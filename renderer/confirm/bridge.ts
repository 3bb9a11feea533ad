// The typed client of the confirmation window: what it may ask main, and the two things main tells it. Answers are
// parsed: this page trusts nothing it did not check, not even its own preload.
import { invariant, ok, refuse, type Refusal, type Result } from "#shared/base";
import { answerSchema, confirmChannels, confirmEvents, type ConfirmRequest } from "#shared/ipc";

/** What the preload leaves on the page. */
interface RawBridge {
  readonly call: (name: string, input: unknown) => Promise<unknown>;
  readonly on: (event: string, listener: (payload: unknown) => void) => () => void;
}

export interface ConfirmBridge {
  /** What waits to be confirmed; null when nothing does. */
  readonly describe: () => Promise<ConfirmRequest | null>;
  readonly answer: (input: {
    readonly id: number;
    readonly secret: string;
    readonly repeated?: string;
  }) => Promise<Result<null, Refusal>>;
  readonly decline: (id: number) => Promise<void>;
  /** Everything that is stored, into a folder the person chooses. */
  readonly exportStored: (id: number) => Promise<Result<"saved" | "cancelled", Refusal>>;
  readonly onRequested: (listener: () => void) => () => void;
  readonly onClosed: (listener: (id: number) => void) => () => void;
}

export function createConfirmBridge(raw: RawBridge): ConfirmBridge {
  const ask = async <N extends keyof typeof confirmChannels>(name: N, input: unknown) => {
    const answer = answerSchema(confirmChannels[name].output).safeParse(await raw.call(name, input));
    if (!answer.success) return refuse<Refusal>({ code: "internal.bug" });
    return answer.data;
  };

  return {
    describe: async () => {
      const answer = await ask("confirm.describe", {});
      // No refusal is listed for it: an answer that cannot be read is a bug, and a blank window would hide it.
      invariant(answer.ok, "main describes what waits to be confirmed");
      return confirmChannels["confirm.describe"].output.parse(answer.value).request;
    },
    answer: async (input) => {
      const answer = await ask("confirm.answer", input);
      if (answer.ok) return ok(null);
      const { code, facts } = answer.error;
      return refuse(facts ? { code, facts } : { code });
    },
    decline: async (id) => {
      await ask("confirm.decline", { id });
    },
    exportStored: async (id) => {
      const answer = await ask("confirm.export", { id });
      if (answer.ok) return ok(confirmChannels["confirm.export"].output.parse(answer.value).outcome);
      return refuse({ code: answer.error.code });
    },
    onRequested: (listener) => raw.on("confirm.requested", () => listener()),
    onClosed: (listener) =>
      raw.on("confirm.closed", (payload) => {
        const closed = confirmEvents["confirm.closed"].safeParse(payload);
        if (closed.success) listener(closed.data.id);
      }),
  };
}

/** The bridge of this page. Its absence is a fault of the bundle, not of the person. */
export function bridgeOfThisPage(): ConfirmBridge {
  const raw = (window as Window & { readonly bridge?: unknown }).bridge;
  if (!isRawBridge(raw)) throw new Error("the confirmation page was opened without its preload");
  return createConfirmBridge(raw);
}

function isRawBridge(value: unknown): value is RawBridge {
  return (
    typeof value === "object" &&
    value !== null &&
    "call" in value &&
    typeof value.call === "function" &&
    "on" in value &&
    typeof value.on === "function"
  );
}
