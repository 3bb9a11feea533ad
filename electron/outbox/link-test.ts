// How good is the link? Three small questions for the way there and back, and, for its width, an object that the registry
// has already: the same bytes are put once more, which changes nothing there (protocol A5).
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import type { LinkTest } from "#shared/ipc";
import { ONLY, type BatchRow } from "#shared/journal";
import { ObjectAnswer, readAnswer, RegistryAnswer } from "#shared/sync";
import { CALL_TIMEOUT_MS, callRegistry, OBJECT_TYPE, registryBase, type Call } from "./http.ts";
import type { OutboxDeps } from "./outbox.ts";

export type LinkTestDeps = Pick<
  OutboxDeps,
  "journal" | "bytes" | "fetch" | "timers" | "clock" | "registryUrl"
>;

export type LinkTestRefusal = Refusal<
  "registry.unreachable" | "registry.not-a-registry" | "registry.not-loopback"
>;

const QUESTIONS = 3;
/** Large enough to take longer than the way there and back on a slow link, small enough for one. */
const MAX_PROBE = 64 * 1024;

export function createLinkTest(deps: LinkTestDeps) {
  return async (): Promise<Result<LinkTest, LinkTestRefusal>> => {
    const centre = deps.journal.view.read("centre", ONLY);
    const base = centre && registryBase(deps.registryUrl(centre));
    if (!base) return refuse({ code: "registry.not-loopback" });
    const times: number[] = [];
    for (let n = 0; n < QUESTIONS; n++) {
      const asked = await timed(base, { method: "GET", path: "/registry" }, CALL_TIMEOUT_MS, deps);
      if (!asked) return refuse({ code: "registry.unreachable" });
      if (readAnswer(asked.answer, RegistryAnswer).kind !== "value")
        return refuse({ code: "registry.not-a-registry" });
      times.push(asked.ms);
    }
    const roundTripMs = Math.round(Math.min(...times));
    const put = await putProbe(base, deps);
    if (!put) return ok({ roundTripMs, bytesPerSecond: null, bytes: 0 });
    const carryingMs = put.ms - roundTripMs;
    // A twentieth of a second is no figure, only noise.
    const bytesPerSecond = carryingMs < 50 ? null : Math.max(1, Math.round((put.bytes * 1000) / carryingMs));
    return ok({ roundTripMs, bytesPerSecond, bytes: put.bytes });
  };
}

/** Undefined where nothing was ever acknowledged, or the registry has it no more. */
async function putProbe(base: URL, deps: LinkTestDeps): Promise<{ ms: number; bytes: number } | undefined> {
  const probe = largestKnown(deps.journal.view.rows("batches"));
  if (!probe) return undefined;
  const body = await deps.bytes.object(probe.batch, probe.wire);
  const call = { method: "PUT", path: `/objects/${probe.wire}`, contentType: OBJECT_TYPE, body } as const;
  const put = await timed(base, call, CALL_TIMEOUT_MS + body.length, deps);
  if (!put || readAnswer(put.answer, ObjectAnswer).kind !== "value") return undefined;
  return { ms: put.ms, bytes: body.length };
}

function largestKnown(batches: readonly BatchRow[]) {
  return batches
    .filter(({ receipt }) => receipt !== null)
    .flatMap(({ id, objects }) =>
      objects
        .filter(({ role, size }) => role !== "evidence" && size <= MAX_PROBE)
        .map(({ wire, size }) => ({ batch: id, wire, size })),
    )
    .sort((a, b) => b.size - a.size)
    .at(0);
}

async function timed(base: URL, call: Omit<Call, "timeoutMs">, timeoutMs: number, deps: LinkTestDeps) {
  const started = deps.clock();
  const answer = await callRegistry(base, { ...call, timeoutMs }, deps);
  return answer && { answer, ms: deps.clock() - started };
}
