// The second medium and the recovery code: what brings the day's work back when the laptop does not come back.
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import { proofOfCode } from "#shared/crypto";
import { hasRole } from "#shared/exam";
import { ONLY } from "#shared/journal";
import type { Answer, Confirm, Journal, RecoveryKeys, SecondMedium } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

export interface Medium {
  describe(): Answer<"medium.describe">;
  choose(): Answer<"medium.choose">;
  forget(): Answer<"medium.forget">;
  makeRecovery(): Answer<"recovery.make">;
}

export interface MediumDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: RecoveryKeys;
  readonly confirm: Confirm;
  readonly serial: Serial;
  readonly medium: SecondMedium;
  /** The folder a person chose in main's dialog. */
  readonly chooseFolder: () => Promise<string | null>;
  /** A folder of the app itself is no second medium. */
  readonly isOwnFolder: (folder: string) => boolean;
}

type OfficeRefusal = Refusal<"session.none" | "role.not-administrator">;

export function createMedium(deps: MediumDeps): Medium {
  const { journal, medium, serial } = deps;
  return {
    describe: () => {
      const { folder, state, trouble, copied, isSameDisk } = medium.describe();
      const { seq } = journal.head();
      return Promise.resolve(ok({ folder, state, trouble, copied, seq, isSameDisk }));
    },

    choose: async () => {
      const allowed = checkOffice(deps);
      if (!allowed.ok) return allowed;
      const folder = await deps.chooseFolder();
      if (folder === null) return ok({ outcome: "cancelled" });
      if (deps.isOwnFolder(folder)) return refuse({ code: "medium.own-folder" });
      // A copy that nothing opens is none: the code comes first.
      const code = journal.view.read("centre", ONLY)?.recovery
        ? ok(undefined)
        : await serial(() => make(deps));
      if (!code.ok) return code;
      const begun = await medium.begin(folder);
      return begun.ok ? ok({ outcome: "copied" }) : begun;
    },

    forget: () => {
      const allowed = checkOffice(deps);
      if (!allowed.ok) return Promise.resolve(allowed);
      medium.forget();
      return Promise.resolve(ok({}));
    },

    makeRecovery: () =>
      serial(async () => {
        const allowed = checkOffice(deps);
        if (!allowed.ok) return allowed;
        const made = await make(deps);
        return made.ok ? ok({}) : made;
      }),
  };
}

function checkOffice({ journal, sessions }: MediumDeps): Result<void, OfficeRefusal> {
  const actor = sessions.current();
  if (actor === null) return refuse({ code: "session.none" });
  const person = journal.view.read("people", actor);
  return person && hasRole(person, "administrator")
    ? ok(undefined)
    : refuse({ code: "role.not-administrator" });
}

/** Shown once, in main's own window, until its end was typed back: a code that is not on paper recovers nothing. */
async function make({
  journal,
  keys,
  confirm,
  sessions,
}: MediumDeps): Promise<Result<void, Refusal<"person.declined" | "person.busy" | "journal.failed">>> {
  const { code, pub, keep } = await keys.makeRecovery();
  const kept = await confirm.ask(
    null,
    { kind: "recovery-made", code },
    async (typed): Promise<Result<void, Refusal>> => {
      if (typed.replace(/[\s-]/g, "").toUpperCase() !== proofOfCode(code))
        return refuse({ code: "recovery.not-copied" });
      await keep();
      return ok(undefined);
    },
  );
  if (!kept.ok)
    return refuse({ code: kept.error.code === "person.busy" ? "person.busy" : "person.declined" });
  const written = await journal.append(sessions.current(), [{ body: { kind: "recovery.made", pub } }]);
  return written.ok ? ok(undefined) : refuse({ code: "journal.failed" });
}
