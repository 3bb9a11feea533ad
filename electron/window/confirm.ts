// One question to a person at a time, in main's own window: idle -> asked -> done. A wrong secret is answered to the
// page and may be tried again; success, a lock-out, a decline or a closed window ends the question (rulings 2).
import { invariant, ok, refuse, type ClockReading, type Refusal, type Result } from "#shared/base";
import { confirmChannels, type ConfirmMatter, type ConfirmRequest, type HandlersFor } from "#shared/ipc";

export type AskRefusal = Refusal<"person.declined" | "person.busy" | "keys.locked-out">;
type Attempt<T> = (secret: string, repeated: string | null) => Promise<Result<T, Refusal>>;

export interface ConfirmDesk {
  ask<T>(
    who: { readonly name: string; readonly roles: readonly string[] } | null,
    matter: ConfirmMatter,
    attempt: Attempt<T>,
  ): Promise<Result<T, AskRefusal>>;
  /** What the page in the window may do. */
  readonly handlers: HandlersFor<typeof confirmChannels>;
  /** The window was closed or its page died: the person declined. */
  dismiss(): void;
}

/** The window, seen from here. */
export interface ConfirmScreen {
  /** `rows` is the length of the list that belongs to the question. */
  show(id: number, rows: number): void;
  /** Hides the window and has its page forget what it showed. */
  clear(id: number): void;
}

export interface ConfirmDeps {
  readonly screen: ConfirmScreen;
  readonly clock: () => ClockReading;
  /** Everything that is stored, as it is, into a folder a person chooses; asked for while nothing can be opened. */
  readonly exportStored: () => Promise<
    Result<{ readonly outcome: "saved" | "cancelled" }, Refusal<"file.unwritable">>
  >;
  readonly setting: () => Pick<ConfirmRequest, "locale" | "demo">;
}

interface Asked {
  readonly request: ConfirmRequest;
  readonly attempt: (secret: string, repeated: string | null) => Promise<Result<() => void, Refusal>>;
  readonly refuse: (error: AskRefusal) => void;
  readonly fail: (error: unknown) => void;
  /** A secret is being tried: until that is over, nobody can know whether the act took place. */
  isTrying: boolean;
  isDeclined: boolean;
}

export function createConfirm({ screen, clock, setting, exportStored }: ConfirmDeps): ConfirmDesk {
  let asked: Asked | null = null;
  let lastId = 0;

  const end = (done: Asked) => {
    invariant(asked === done, "a question ends once");
    asked = null;
    screen.clear(done.request.id);
  };
  const decline = (by: Asked) => {
    by.isDeclined = true;
    if (by.isTrying) return;
    end(by);
    by.refuse({ code: "person.declined" });
  };

  return {
    ask: <T>(
      who: { readonly name: string; readonly roles: readonly string[] } | null,
      matter: ConfirmMatter,
      attempt: Attempt<T>,
    ) => {
      if (asked) return Promise.resolve(refuse({ code: "person.busy" as const }));
      return new Promise<Result<T, AskRefusal>>((resolve, reject) => {
        lastId += 1;
        const person = who && { name: who.name, roles: [...who.roles] };
        asked = {
          request: { id: lastId, ...setting(), who: person, matter, at: clock() },
          attempt: async (secret, repeated) => {
            const tried = await attempt(secret, repeated);
            return tried.ok ? ok(() => resolve(tried)) : tried;
          },
          refuse: (error) => resolve(refuse(error)),
          fail: reject,
          isTrying: false,
          isDeclined: false,
        };
        screen.show(lastId, rowsOf(matter));
      });
    },

    handlers: {
      "confirm.describe": () => Promise.resolve(ok({ request: asked?.request ?? null })),

      "confirm.answer": async ({ id, secret, repeated }) => {
        const current = asked;
        if (current?.request.id !== id) return refuse({ code: "confirm.gone" });
        if (current.isTrying) return refuse({ code: "keys.wait", facts: { seconds: 1 } });
        const tried = await trySecret(current, secret, repeated ?? null, end);
        if (tried.ok) return tried;
        const code = answerCodes.find((known) => known === tried.error.code);
        if (code === "keys.locked-out") {
          end(current);
          current.refuse({ code, ...facts(tried.error) });
        } else if (current.isDeclined) {
          decline(current);
        } else if (code === undefined) {
          const bug = new Error("invariant: an attempt refused with a code the page has no words for");
          end(current);
          current.fail(bug);
          throw bug;
        }
        return refuse({ code: code ?? "confirm.gone", ...facts(tried.error) });
      },

      "confirm.export": ({ id }) =>
        asked?.request.id === id && asked.request.matter.kind === "recovery"
          ? exportStored()
          : Promise.resolve(refuse({ code: "confirm.gone" })),

      "confirm.decline": ({ id }) => {
        if (asked?.request.id !== id) return Promise.resolve(refuse({ code: "confirm.gone" }));
        decline(asked);
        return Promise.resolve(ok({}));
      },
    },

    dismiss: () => {
      if (asked) decline(asked);
    },
  };
}

function rowsOf(matter: ConfirmMatter): number {
  if (matter.kind === "sheet") return matter.items.length + matter.vetoes.length;
  // Two lines an item, and five that are always there.
  if (matter.kind === "amendment") return 5 + matter.items.length * 2;
  if (matter.kind === "review") return 8 + matter.sheets.length;
  if (matter.kind === "settlement") return 4 + matter.sheets.length + matter.items.length;
  if (matter.kind === "sign-off") return matter.candidates.length;
  return matter.kind === "roster" ? matter.panel.length : 0;
}

const answerCodes = confirmChannels["confirm.answer"].refusals;

/** Success ends the question even when the person declined meanwhile: what was written is written. */
async function trySecret(
  current: Asked,
  secret: string,
  repeated: string | null,
  end: (done: Asked) => void,
): Promise<Result<Record<string, never>, Refusal>> {
  current.isTrying = true;
  try {
    const tried = await current.attempt(secret, repeated);
    if (!tried.ok) return tried;
    end(current);
    tried.value();
    return ok({});
  } catch (error) {
    // A bug in the act: both who asked and the page's call must come to an end with it.
    end(current);
    current.fail(error);
    throw error;
  } finally {
    current.isTrying = false;
  }
}

function facts({ facts: known }: Refusal): Pick<Refusal, "facts"> {
  return known ? { facts: known } : {};
}
