// Builds a registry out of its parts and starts it: self-test, lock, keys, journal, index, then the door. Used by main.ts
// and, in process, by tests.
import * as nodeCrypto from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { FastifyInstance } from "fastify";
import { join } from "node:path";
import { InstantMs, InstitutionId, Kid, type Bytes, type Result } from "#shared/base";
import { createNativeSuite } from "#shared/crypto";
import { policyValues } from "#shared/exam";
import type { RevocationReason } from "#shared/wire";
import { createAcceptance } from "./acceptance/accept.ts";
import { openAcceptanceJournal } from "./acceptance/journal.ts";
import { openObjectStore } from "./acceptance/objects.ts";
import { createWriteEntry } from "./acceptance/write-entry.ts";
import { takeBundle, type BundleSource, type TakenBundle } from "./carrier/take-bundle.ts";
import { refuseUnopened, unmark } from "./backup/mark.ts";
import { lockData } from "./data-lock.ts";
import { openRegistryKeys, type RegistryKeys } from "./keys/registry-keys.ts";
import { startTriedSuite } from "./keys/tried-suite.ts";
import { createDraws, type Draws } from "./inspection/draws.ts";
import { freezeRegisters, readInspectionFile } from "./inspection/freeze-registers.ts";
import { createEnrolment, type PendingKey } from "./register/enrolment.ts";
import { createPublicLog } from "./log/public-log.ts";
import { policyFor } from "./register/reference.ts";
import { createRevocations, type Revocations } from "./register/revocations.ts";
import { readRegister, type Register } from "./register/register.ts";
import { LOOPBACK, openDoor, type Door } from "./routes/door.ts";
import { createGuard } from "./routes/guard.ts";
import { limitsFor, type ServerLimits } from "./routes/limits.ts";
import type { ProblemRefusal } from "./routes/problem.ts";
import { createServer } from "./routes/server.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { createOperatorServer, type OperatorDeps } from "./operator/operator-server.ts";
import { gatherStanding } from "./operator/standing.ts";
import { openIndex } from "./store/open-index.ts";
import { ownRecord } from "./store/stored.ts";

export interface RegistryOptions {
  readonly dataDir: string;
  /** 0 takes a free one; null opens no door, for work with files alone. */
  readonly port: number | null;
  readonly demo: boolean;
  /** PostgreSQL beside the journal; null takes the embedded PGlite. */
  readonly databaseUrl: string | null;
  /** Goes on in a new public log: after the data was restored from a backup that is older than what was promised. */
  readonly openLog: boolean;
  readonly log: (line: string) => void;
  readonly door: Door;
  /** The operator's page and the metrics, for this machine alone; 0 takes a free port, and without one there is no page. */
  readonly operatorPort?: number;
}

export interface RunningRegistry {
  /** Empty where there is no door. */
  readonly url: string;
  readonly operatorUrl: string;
  /** A stick that an operator holds (protocol A9): the same way in as by wire. */
  takeBundle(source: BundleSource): Promise<TakenBundle>;
  issueCode(institution: string): Promise<string>;
  /** Double-random draws over the register, by the province's share (R58, R59). */
  readonly draws: Draws;
  /** Signed by its own root: what laptops pin, and what goes with whatever this registry publishes. */
  readonly keyset: Bytes;
  /** An act of the operator: what that key sends from now on counts no more (protocol A10). */
  revoke(kid: Kid, reason: RevocationReason): ReturnType<Revocations["revoke"]>;
  /** Keys that people vouched for on site and that nobody enrolled yet. */
  pendingKeys(): Promise<PendingKey[]>;
  enrolKey(kid: string): Promise<Result<PendingKey, ProblemRefusal>>;
  close(): Promise<void>;
}

/** What a running registry takes from the world beside its options. */
export interface RegistryWorld {
  readonly clock: () => number;
  /** Flushes a file to the disk. */
  readonly flush: (file: FileHandle) => Promise<void>;
  /** What is other than routes/limits.ts says. */
  readonly limits: Partial<ServerLimits>;
}

export const WORLD: RegistryWorld = {
  clock: () => Date.now(),
  flush: (file) => file.sync(),
  limits: {},
};

export function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  return startRegistryIn(WORLD, options);
}

/** The same in a world of its own: another clock, a disk that waits, smaller limits. */
export async function startRegistryIn(
  { clock, flush, limits: changed }: RegistryWorld,
  { dataDir, port, demo, databaseUrl, openLog, log, door, operatorPort }: RegistryOptions,
): Promise<RunningRegistry> {
  const random = (length: number) => new Uint8Array(nodeCrypto.randomBytes(length));
  await startTriedSuite(createNativeSuite<nodeCrypto.KeyObject>(nodeCrypto));
  /** What is to be closed again, the last first: after a stop, and after a start that failed half way. */
  const opened: (() => Promise<void> | void)[] = [lockData(dataDir)];
  const closeAll = async () => {
    for (let close = opened.pop(); close; close = opened.pop()) await close();
  };
  try {
    const limits = limitsFor(door.host, changed);
    const openedDoor = openDoor(door, limits, log);
    const metrics = createMetrics(() => performance.now());
    opened.push(() => metrics.close());
    refuseUnopened(dataDir, openLog);
    const register = readRegister(dataDir, demo);
    for (const { institution, refusedPosts } of register.entries()) {
      for (const { person, findings } of refusedPosts)
        log(
          `${institution.id}: the post of ${person} is not taken: ${findings.map(({ rule, code }) => `${rule} ${code}`).join(", ")}`,
        );
    }
    const drawPolicy = () => {
      const [first] = register.entries();
      return policyValues(
        policyFor(dataDir, first?.reference.registration.area ?? "", first?.institution.demo ?? demo),
      );
    };
    const keys = await openRegistryKeys(dataDir, demo, random);
    const journal = await openAcceptanceJournal({
      path: join(dataDir, "acceptance.journal"),
      flush: metrics.timedFlush(flush),
      crash: endProcess,
    });
    opened.push(() => journal.close());
    if (journal.tornBytes > 0)
      log(`journal: a torn tail of ${journal.tornBytes} bytes was cut and set aside`);
    const publicLog = createPublicLog({ dataDir, found: journal.found, keys, clock, say: log });
    await publicLog.check(openLog);
    const index = await openIndex({
      dataDir,
      databaseUrl,
      aud: keys.aud,
      journal,
      say: log,
      lost: endProcess,
    });
    opened.push(() => index.close());
    const write = metrics.countedWrite(createWriteEntry(journal, index, publicLog, endProcess));
    const objects = await openObjectStore(dataDir, clock());
    await publicLog.open(write, openLog);
    if (openLog) await unmark(dataDir);
    opened.push(() => publicLog.close());
    const acceptance = createAcceptance({
      write,
      index,
      objects,
      keys,
      register,
      log: publicLog,
      clock,
      say: log,
    });
    await acceptance.judgeLeftovers();
    await acceptance.acceptHeld();
    const enrolment = createEnrolment({
      ...{ write, index, keys, register, clock, random },
      onAdmitted: () => acceptance.acceptHeld(),
    });
    const revocations = createRevocations({ write, index, keys, clock });
    const draws = createDraws({
      ...{ found: journal.found, write, keys, publicLog, dataDir, clock, random },
      freeze: (day) => {
        const { drawRatioPercent: percent, inspectorsPerObject } = drawPolicy();
        const source = readInspectionFile(dataDir);
        return {
          register: freezeRegisters(register.entries(), source, day),
          rates: { percent, inspectorsPerObject },
        };
      },
    });
    const parts = { publicLog, keys, register, index, objects, acceptance, enrolment, revocations, clock };
    const guard = createGuard({ limits, dataDir, monotonic: () => performance.now() });
    opened.push(() => guard.close());
    metrics.watch({
      load: guard.load,
      waiting: () => acceptance.waiting().size,
      journalEntries: () => journal.head().place,
      logSize: () => publicLog.standing()?.size,
    });
    const server = createServer({ ...parts, dataDir, say: log, guard, metrics, door: openedDoor });
    const operator = createOperatorServer({
      ...{ limits, metrics, say: log },
      standing: () => gatherStanding({ ...parts, checkpoint: () => publicLog.standing() }),
      registry: operatorPageOf(keys, register),
    });
    opened.push(() => operator.close());
    const operatorUrl = operatorPort === undefined ? "" : await listen(operator, LOOPBACK, operatorPort);
    const url = port === null ? "" : await listen(server, door, port);
    return {
      url,
      operatorUrl,
      takeBundle: (source) => takeBundle(source, parts),
      draws,
      keyset: keys.keyset,
      issueCode: (institution) => enrolment.issueCode(InstitutionId.parse(institution)),
      revoke: (kid, reason) => revocations.revoke(kid, reason, InstantMs.parse(clock())),
      pendingKeys: () => enrolment.pending(),
      enrolKey: (kid) => enrolment.enrolVouched(Kid.parse(kid)),
      close: async () => {
        await guard.drain();
        await server.close();
        await acceptance.settled();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function operatorPageOf({ keyset, aud }: RegistryKeys, register: Register): OperatorDeps["registry"] {
  return {
    ...{ aud, name: ownRecord("keyset", keyset).value.name, isDemo: register.demonstration !== null },
    nameOf: (id) => register.institution(InstitutionId.parse(id))?.institution.name,
  };
}

async function listen(server: FastifyInstance, { host, tls }: Door, port: number): Promise<string> {
  const first = new URL(await server.listen({ host, port }));
  return `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${first.port}`;
}

/** Nobody knows any more what is on the disk: the process ends, and the next start reads what is there. */
function endProcess(error: unknown): void {
  setImmediate(() => {
    throw new Error("the acceptance journal or its index failed", { cause: error });
  });
}
