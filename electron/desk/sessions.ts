// Who is at the laptop: chosen in the app window, proved in main's own. The key that the PIN opens is dropped at once;
// each signature asks again (rulings 12).
import { invariant, ok, refuse, type PersonId, type Refusal, type Result } from "#shared/base";
import { ONLY, staffOf, type CentreRow, type PersonRow } from "#shared/journal";
import { addPersonKey, keyMade, personKeyRecord, requestPermit } from "./person-keys.ts";
import type { Answer, Confirm, Environment, Journal, Keys, RegistryClient } from "./ports.ts";

export interface Sessions {
  current(): PersonId | null;
  describe(): Answer<"session.describe">;
  open(person: PersonId): Answer<"session.open">;
  close(): Answer<"session.close">;
  /** Nobody touched the laptop for a while: nobody is signed in, and the window keeps the person's work out of sight. */
  lock(): Promise<void>;
  /** Whoever was taken out is signed in no longer, neither at the desk nor behind the lock. */
  expel(person: PersonId): Promise<void>;
  onChanged(listener: () => void): void;
}

export interface SessionDeps {
  readonly journal: Journal;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly registry: RegistryClient;
  readonly env: Environment;
  /** Where the centre's registry is to be called. */
  readonly registryUrl: (centre: CentreRow) => string;
}

export function createSessions(deps: SessionDeps): Sessions {
  const { journal, keys, confirm } = deps;
  let current: PersonId | null = null;
  let locked: PersonId | null = null;
  const listeners: (() => void)[] = [];
  const change = (person: PersonId | null) => {
    current = person;
    for (const listener of listeners) listener();
  };

  return {
    current: () => current,
    onChanged: (listener) => listeners.push(listener),

    describe: () =>
      Promise.resolve(
        ok({
          person: current,
          locked,
          needsPassphrase: keys.needsPassphrase(),
          demoPins: demoPins(journal, keys),
        }),
      ),

    open: async (id) => {
      const person = journal.view.read("people", id);
      if (!person) return refuse({ code: "person.unknown" });
      if (person.ended) return refuse({ code: "person.ended" });
      const laptop = await unlockLaptop(keys, confirm);
      if (!laptop.ok) return laptop;
      const proved = keys.hasPerson(id) ? await provePin(person, deps) : await choosePin(person, deps);
      if (!proved.ok) return proved;
      const written = await journal.append(id, [
        ...(current
          ? [{ body: { kind: "session.closed" as const, person: current, reason: "person" as const } }]
          : []),
        { body: { kind: "session.opened", person: id } },
      ]);
      if (!written.ok) return refuse({ code: "journal.failed" });
      locked = null;
      change(id);
      return ok({});
    },

    lock: async () => {
      if (!current) return;
      await journal.append(current, [{ body: { kind: "session.closed", person: current, reason: "idle" } }]);
      locked = current;
      change(null);
    },

    expel: async (person) => {
      if (current === person) {
        await journal.append(person, [{ body: { kind: "session.closed", person, reason: "ended" } }]);
        change(null);
      }
      if (locked === person) {
        locked = null;
        change(current);
      }
    },

    close: async () => {
      if (locked) {
        locked = null;
        change(null);
      }
      if (current) {
        // Leaving must always work: a journal that cannot write refuses marks, not people who want to go.
        await journal.append(current, [
          { body: { kind: "session.closed", person: current, reason: "person" } },
        ]);
        change(null);
      }
      return ok({});
    },
  };
}

function demoPins(journal: Journal, keys: Keys): Record<string, string> | null {
  if (!journal.view.read("centre", ONLY)?.institution.demo) return null;
  const pins = staffOf(journal.view).map(({ id }) => [id, keys.demoPin(id)] as const);
  return Object.fromEntries(pins.filter((pin): pin is [PersonId, string] => pin[1] !== null));
}

async function unlockLaptop(
  keys: Keys,
  confirm: Confirm,
): Promise<Result<unknown, Refusal<"person.declined" | "person.busy" | "keys.locked-out">>> {
  if (!keys.needsPassphrase()) return ok(undefined);
  return confirm.ask(null, { kind: "passphrase", isNew: false }, (secret) => keys.unlockDevice(secret));
}

type Proof = Promise<
  Result<
    unknown,
    Refusal<"person.declined" | "person.busy" | "keys.locked-out" | "keys.unreadable" | "keys.not-permitted">
  >
>;

async function provePin(person: PersonRow, deps: SessionDeps): Proof {
  const { keys, confirm, env, journal } = deps;
  const proved = await confirm.ask(person, { kind: "session" }, (pin) => keys.unlockPerson(person.id, pin));
  if (!proved.ok || person.key?.permitted) return proved;
  // A key that was made but never written down: the laptop died in between.
  if (person.key === null) await journal.append(null, [keyMade(person.id, proved.value)]);
  const device = keys.device();
  invariant(device, "the device key is open when a person's key opened");
  // No network is no reason to keep a person out: only a signature needs the permit.
  await requestPermit([personKeyRecord(person.id, proved.value, device, env)], deps);
  return proved;
}

/** First time on this laptop: the person chooses a PIN and gets a key of their own, never a copied one. */
async function choosePin(person: PersonRow, deps: SessionDeps): Proof {
  if (person.key !== null) return refuse({ code: "keys.unreadable" }); // the journal knows a key that is gone (S14)
  const demoPin = deps.keys.demoPin(person.id);
  if (demoPin !== null) {
    const made = await addPersonKey(person.id, demoPin, deps);
    const row = deps.journal.view.read("people", person.id);
    return made.ok && row ? provePin(row, deps) : refuse({ code: "keys.unreadable" });
  }
  return deps.confirm.ask(
    person,
    { kind: "new-pin" },
    async (pin, repeated): Promise<Result<unknown, Refusal>> => {
      const checked = checkNewPin(pin, repeated);
      return checked.ok ? addPersonKey(person.id, pin, deps) : checked;
    },
  );
}

/** 6 to 12 digits, typed twice. */
export function checkNewPin(
  pin: string,
  repeated: string | null,
): Result<void, Refusal<"secret.not-digits" | "secret.too-short" | "secret.not-repeated">> {
  if (!/^\d*$/.test(pin) || pin.length > 12) return refuse({ code: "secret.not-digits" });
  if (pin.length < 6) return refuse({ code: "secret.too-short", facts: { least: 6 } });
  if (pin !== repeated) return refuse({ code: "secret.not-repeated" });
  return ok(undefined);
}
