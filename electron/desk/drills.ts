// The fire drill, as the office holds it: begun when nobody is at an exam, left alone while it runs, and signed for in
// main's window. The readiness sheet is signed by the device and by the person who answers for it.
import {
  type CandidateRef,
  type HashId,
  ok,
  refuse,
  type ClockReading,
  type PersonId,
  type Refusal,
  type Result,
} from "#shared/base";
import { hasRole, isHeld, type DrillResult, type DrillStep } from "#shared/exam";
import type { DrillDescription } from "#shared/ipc";
import { leavingOf, ONLY, type JournalView, type PersonRow } from "#shared/journal";
import { signRecord } from "#shared/wire";
import type { Answer, Confirm, Environment, Journal, Keys } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";
import { readyToSign } from "./signatures.ts";

export interface Drills {
  describe(): Answer<"drill.describe">;
  start(): Answer<"drill.start">;
  stop(): Answer<"drill.stop">;
  sign(): Answer<"drill.sign">;
  savePdf(): Answer<"drill.savePdf">;
  /** For when the app goes: its processes and its folder go first. */
  close(): Promise<void>;
}

/** The director (electron/drill). */
export type HoldDrill = (
  drill: { readonly kills: number; readonly stick: string | null },
  onProgress: (progress: {
    readonly step: DrillStep | null;
    readonly results: readonly DrillResult[];
  }) => void,
) => { readonly done: Promise<readonly DrillResult[]>; stop(): void };

export interface DrillDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly env: Environment;
  readonly serial: Serial;
  readonly hold: HoldDrill;
  /** A folder of the drill's own on the second medium; null without one. */
  readonly stick: () => string | null;
  readonly savePdf: (fileName: string) => Answer<"drill.savePdf">;
  readonly onChanged: () => void;
  readonly report: (error: unknown) => void;
}

const NOTHING = { state: "idle", step: null, results: [] } as const;
/** Without a permit there is no policy: as often as the default policy asks. */
const KILLS = 20;

export function createDrills(deps: DrillDeps): Drills {
  const { journal, env, serial } = deps;
  let now: Pick<DrillDescription, "state" | "step" | "results"> = { ...NOTHING, results: [] };
  let times: { readonly started: ClockReading; readonly finished: ClockReading } | null = null;
  let running: ReturnType<HoldDrill> | null = null;
  let ending: Promise<void> = Promise.resolve();

  const change = (next: Partial<typeof now>) => {
    now = { ...now, ...next };
    deps.onChanged();
  };
  // An exam goes before a drill: a laptop that is marked on does not kill processes beside it.
  journal.onAppended(() => {
    if (running && isAtExam(journal.view)) running.stop();
  });

  const begin = () => {
    const started = env.clock();
    change({ state: "running", step: null, results: [] });
    const drill = { kills: killsOf(journal.view), stick: deps.stick() };
    const held = deps.hold(drill, ({ step, results }) => change({ step, results: [...results] }));
    running = held;
    ending = held.done.then(
      (results) => {
        running = null;
        times = { started, finished: env.clock() };
        const isWhole = results.every(({ result }) => result !== "not-tried");
        change({ state: isWhole ? "finished" : "stopped", step: null, results: [...results] });
      },
      (error: unknown) => {
        running = null;
        deps.report(error);
        change({ state: "stopped", step: null });
      },
    );
  };

  return {
    describe: () =>
      Promise.resolve(ok({ ...now, kills: killsOf(journal.view), hasStick: deps.stick() !== null })),

    start: () => {
      const office = officeAt(deps);
      if (!office.ok) return Promise.resolve(office);
      if (running) return Promise.resolve(refuse({ code: "drill.running" }));
      if (isAtExam(journal.view)) return Promise.resolve(refuse({ code: "drill.sitting-open" }));
      begin();
      return Promise.resolve(ok({}));
    },

    stop: () => {
      const office = officeAt(deps);
      if (!office.ok) return Promise.resolve(office);
      running?.stop();
      return Promise.resolve(ok({}));
    },

    sign: () =>
      serial(async () => {
        const office = officeAt(deps);
        if (!office.ok) return office;
        if (now.state !== "finished" || !times) return refuse({ code: "drill.nothing" });
        const signed = await sign(office.value, now.results, times, deps);
        if (signed.ok) change({ ...NOTHING, results: [] });
        return signed;
      }),

    savePdf: () => {
      const office = officeAt(deps);
      if (!office.ok) return Promise.resolve(office);
      return deps.savePdf("jiangping-readiness.pdf");
    },

    close: async () => {
      running?.stop();
      await ending;
    },
  };
}

/** A sheet was opened and is not in a sealed batch yet. */
export function isAtExam(view: JournalView): boolean {
  const sealed = view.read("chain", ONLY)?.sealedSeq ?? 0;
  // A sheet that was begun for somebody who left stays open for good.
  const isOpen = (candidate: CandidateRef) => {
    const row = view.read("candidates", candidate);
    return row === undefined || leavingOf(row) === null;
  };
  return view
    .rows("sheets")
    .some(({ signature, candidate }) => (signature ? signature.seq > sealed : isOpen(candidate)));
}

function killsOf(view: JournalView): number {
  return view.read("centre", ONLY)?.permit?.reference.policy.drillKills.value ?? KILLS;
}

function officeAt({
  journal,
  sessions,
}: DrillDeps): Result<PersonRow, Refusal<"session.none" | "drill.not-office">> {
  const actor: PersonId | null = sessions.current();
  if (actor === null) return refuse({ code: "session.none" });
  const person = journal.view.read("people", actor);
  return person && (hasRole(person, "administrator") || hasRole(person, "supervisor"))
    ? ok(person)
    : refuse({ code: "drill.not-office" });
}

async function sign(
  person: PersonRow,
  results: DrillResult[],
  times: { readonly started: ClockReading; readonly finished: ClockReading },
  deps: DrillDeps,
): Answer<"drill.sign"> {
  const { journal, keys, confirm, env } = deps;
  const ready = readyToSign(person.id, deps);
  if (!ready.ok) return ready;
  const steps = results.map(({ step, result }) => ({ step, result }));
  const done = await confirm.ask(
    person,
    { kind: "readiness", held: isHeld(results), steps },
    async (pin): Promise<Result<HashId, Refusal>> => {
      const signer = await keys.unlockPerson(person.id, pin);
      if (!signer.ok) return signer;
      const device = keys.device();
      if (!device) return refuse({ code: "keys.missing" });
      const head = journal.head();
      const { record, hash: sheet } = signRecord(
        "readiness",
        {
          v: 1,
          device: device.kid,
          results,
          journal: { entries: head.seq, head: head.hash },
          ...times,
          person: { id: person.id, kid: signer.value.kid },
          by: { kid: device.kid, role: "device" },
          app: env.app,
        },
        [device, signer.value],
      );
      const { build } = env.app;
      const body = {
        kind: "drill.held",
        device: device.kid,
        sheet,
        build,
        person: person.id,
        results,
      } as const;
      const written = await journal.append(person.id, [{ body, attachments: [record] }]);
      return written.ok ? ok(sheet) : written;
    },
  );
  return done.ok ? ok({ sheet: done.value }) : done;
}
