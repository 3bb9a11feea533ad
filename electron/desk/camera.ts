// Who may have the camera, and for what: one use at a time, given up by whoever locks the laptop or leaves it.
import { ok, refuse } from "#shared/base";
import type { CameraUse } from "#shared/ipc";
import { admitEvidencePlace } from "#shared/journal";
import type { Answer, Journal } from "./ports.ts";
import type { Sessions } from "./sessions.ts";

export interface CameraDesk {
  use(use: CameraUse | null): Answer<"camera.use">;
  /** May the window's page have the camera now? */
  mayBeUsed(): boolean;
}

export interface CameraDeps {
  readonly journal: Pick<Journal, "view">;
  readonly sessions: Pick<Sessions, "current" | "onChanged">;
}

export function createCamera({ journal, sessions }: CameraDeps): CameraDesk {
  let used: CameraUse | null = null;
  sessions.onChanged(() => (used = null));
  const admitted = (use: CameraUse) => {
    const person = sessions.current();
    if (use.kind === "sheet") return admitEvidencePlace(use.sheet, null, person, journal.view);
    return person === null ? refuse({ code: "session.none" as const }) : ok({});
  };
  return {
    use: (use) => {
      used = null;
      const allowed = use === null ? ok({}) : admitted(use);
      if (!allowed.ok) return Promise.resolve(allowed);
      used = use;
      return Promise.resolve(ok({}));
    },
    mayBeUsed: () => used !== null && admitted(used).ok,
  };
}
