// `npm run registry`: the reference registry in the foreground. Standard output is one line, the address, for whoever
// started it; everything else goes to standard error.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Day, Kid } from "#shared/base";
import { DrawPlan } from "#shared/exam";
import { RevocationReason } from "#shared/wire";
import { DataLocked } from "./data-lock.ts";
import { backUp } from "./backup/backup.ts";
import { DataRefused } from "./data-refused.ts";
import { verifyRegistry } from "./audit/verify-registry.ts";
import { takeBundleFile } from "./carrier/bundle-at-hand.ts";
import { flagsAtHand } from "./flags/flags-at-hand.ts";
import { drawAtHand, type DrawAct } from "./inspection/draw-at-hand.ts";
import { reportQuality } from "./quality/quality-at-hand.ts";
import { JournalDamaged } from "./acceptance/journal.ts";
import { SuiteRefused } from "./keys/tried-suite.ts";
import { DatabaseRefused } from "./store/sql.ts";
import { startRegistry, type RunningRegistry } from "./start-registry.ts";

const USAGE =
  "usage: npm run registry -- [--port N] [--operator-port N] [--host ADDRESS --tls-cert FILE --tls-key FILE] [--data DIR] [--demo] [--issue-code INSTITUTION]" +
  " [--revoke KID --reason lost|stolen|compromised|left|replaced] [--pending] [--enrol KID] [--open-log]\n" +
  "       npm run registry -- --data DIR --import FILE --export FILE\n" +
  "       npm run registry -- --data DIR --draw commit --plan YEAR-N --source TEXT --known-on YYYY-MM-DD --out FOLDER\n" +
  "       npm run registry -- --data DIR --draw reveal --plan YEAR-N --value TEXT --out FOLDER\n" +
  "       npm run registry -- --data DIR --draw findings --plan YEAR-N --findings FILE --out FOLDER\n" +
  "       npm run registry -- --data DIR --draw show --plan YEAR-N --out FOLDER\n" +
  "       npm run registry -- --quality FILE --out FOLDER\n" +
  "       npm run registry -- --data DIR --flags FOLDER [--day YYYY-MM-DD]\n" +
  "       npm run registry -- --data DIR --backup FOLDER\n" +
  "       npm run registry -- --data DIR --verify";

const options = readOptions();
if (options) await run(options);

async function run({
  port,
  operatorPort,
  door,
  data,
  demo,
  issueCode,
  draw,
  revoke,
  pending,
  enrol,
  backup,
  openLog,
  verify,
  bundle,
  quality,
  flags,
}: NonNullable<ReturnType<typeof readOptions>>): Promise<void> {
  if (verify) {
    process.exitCode = await verified(data);
    return;
  }
  if (quality) {
    process.exitCode = await reported(quality);
    return;
  }
  const dataDir = data ?? mkdtempSync(join(tmpdir(), "jiangping-registry-"));
  if (data === undefined) say(`no --data given: everything is kept in ${dataDir}`);
  try {
    const databaseUrl = process.env["DATABASE_URL"] ?? null;
    if (backup !== undefined) {
      const { entries, batches, objects } = await backUp(dataDir, backup);
      say(
        `backed up: ${entries} journal entries, ${batches} batches, ${objects.copied} objects copied, ${objects.standing} there already`,
      );
      return;
    }
    if (bundle) {
      process.exitCode = (await takeBundleFile({ dataDir, demo, databaseUrl, log: say, ...bundle })) ? 0 : 1;
      return;
    }
    if (flags) {
      await flagsAtHand({ ...flags, demo, log: say });
      return;
    }
    if (draw) {
      process.exitCode = (await drawAtHand({ dataDir, demo, databaseUrl, log: say, ...draw })) ? 0 : 1;
      return;
    }
    const registry = await startRegistry({
      ...{ dataDir, port, operatorPort, door, demo, databaseUrl, openLog },
      log: say,
    });
    if (issueCode !== undefined) say(`one-use code for ${issueCode}: ${await registry.issueCode(issueCode)}`);
    if (revoke) {
      const revoked = await registry.revoke(revoke.kid, revoke.reason);
      say(
        revoked.ok
          ? `${revoke.kid} is revoked; the list is at version ${revoked.value}`
          : `${revoke.kid} is not revoked: ${revoked.error.code}`,
      );
    }
    if (pending)
      for (const key of await registry.pendingKeys()) say(`waits to be enrolled: ${JSON.stringify(key)}`);
    if (enrol !== undefined) say(await enrolled(registry, enrol));
    const stop = () => void registry.close().then(() => process.exit(0));
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
    say(`operator's page: ${registry.operatorUrl}/operator`);
    process.stdout.write(`registry listening on ${registry.url}\n`);
  } catch (error) {
    if (!isOperatorTrouble(error)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "0" },
        "operator-port": { type: "string", default: "0" },
        host: { type: "string", default: "127.0.0.1" },
        "tls-cert": { type: "string" },
        "tls-key": { type: "string" },
        data: { type: "string" },
        demo: { type: "boolean", default: false },
        "issue-code": { type: "string" },
        draw: { type: "string" },
        plan: { type: "string" },
        source: { type: "string" },
        "known-on": { type: "string" },
        value: { type: "string" },
        findings: { type: "string" },
        out: { type: "string" },
        quality: { type: "string" },
        flags: { type: "string" },
        day: { type: "string" },
        revoke: { type: "string" },
        reason: { type: "string", default: "lost" },
        pending: { type: "boolean", default: false },
        enrol: { type: "string" },
        backup: { type: "string" },
        import: { type: "string" },
        export: { type: "string" },
        "open-log": { type: "boolean", default: false },
        verify: { type: "boolean", default: false },
      },
    });
    const port = portIn("--port", values.port);
    const data = values.data === undefined ? undefined : resolve(values.data);
    if (values.enrol !== undefined && !Kid.safeParse(values.enrol).success)
      throw new TypeError("--enrol takes a key id, as --pending shows it");
    const { demo, pending, enrol, import: from, export: to } = values;
    if ((from === undefined) !== (to === undefined)) throw new TypeError("--import and --export go together");
    return {
      port,
      operatorPort: portIn("--operator-port", values["operator-port"]),
      door: doorIn(values),
      data,
      demo,
      issueCode: values["issue-code"],
      draw: drawIn(values),
      quality: qualityIn(values),
      flags: flagsIn(values),
      revoke: revocationIn(values),
      pending,
      enrol,
      backup: backupIn(values),
      openLog: values["open-log"],
      verify: values.verify,
      bundle: from === undefined || to === undefined ? null : { from: resolve(from), to: resolve(to) },
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    say(`${error.message}\n${USAGE}`);
    process.exitCode = 2;
    return undefined;
  }
}

function backupIn({ backup, data }: { backup?: string | undefined; data?: string | undefined }) {
  if (backup !== undefined && data === undefined)
    throw new TypeError("--backup needs --data, the folder to copy");
  return backup === undefined ? undefined : resolve(backup);
}

function qualityIn({ quality, out }: { quality?: string | undefined; out?: string | undefined }) {
  if (quality === undefined) return undefined;
  if (out === undefined) throw new TypeError("--quality needs --out, a folder for what is published");
  return { from: resolve(quality), to: resolve(out) };
}

type FlagsValues = Partial<Record<"data" | "flags" | "day", string>>;

function flagsIn({
  data,
  flags,
  day,
}: FlagsValues): { dataDir: string; to: string; day: Day | null } | undefined {
  if (flags === undefined && day !== undefined) throw new TypeError("--day goes with --flags");
  if (flags === undefined) return undefined;
  if (data === undefined) throw new TypeError("--flags needs --data, the registry that is asked");
  const asked = Day.nullable().safeParse(day ?? null);
  if (!asked.success) throw new TypeError("--day takes the day of the sittings, YYYY-MM-DD");
  return { dataDir: resolve(data), to: resolve(flags), day: asked.data };
}

type DrawValues = Partial<
  Record<"data" | "draw" | "plan" | "source" | "known-on" | "value" | "findings" | "out", string>
>;

function drawIn(values: DrawValues): { asked: DrawAct; to: string } | undefined {
  const { data, draw: act, plan, source, "known-on": knownOn, value, out } = values;
  if (act === undefined) return undefined;
  if (data === undefined || out === undefined)
    throw new TypeError("--draw needs --data, the registry, and --out, a folder for what is published");
  const to = resolve(out);
  if (plan === undefined || !DrawPlan.safeParse(plan).success)
    throw new TypeError("--plan takes a year and a number, 2027-1");
  if (act === "findings") {
    if (values.findings === undefined) throw new TypeError("--findings takes the table that was filled in");
    return { asked: { act, plan, from: resolve(values.findings) }, to };
  }
  if (act === "show") return { asked: { act, plan }, to };
  if (act === "reveal") return { asked: { act, plan, value: wordsIn("--value", value) }, to };
  if (act !== "commit") throw new TypeError("--draw takes commit, reveal, findings or show");
  const day = Day.safeParse(knownOn);
  if (!day.success)
    throw new TypeError("--known-on takes the day on which the value becomes known, YYYY-MM-DD");
  return { asked: { act, plan, source: { name: wordsIn("--source", source), day: day.data } }, to };
}

/** As everybody else will type it: one spelling, no spaces around it. */
function wordsIn(name: string, text = ""): string {
  const words = text.normalize("NFC").trim();
  if (words.length === 0 || words.length > 200) throw new TypeError(`${name} takes 1 to 200 characters`);
  return words;
}

function portIn(name: string, text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new TypeError(`${name} takes 0 to 65535`);
  return Number(text);
}

function doorIn(values: { host: string; "tls-cert"?: string | undefined; "tls-key"?: string | undefined }) {
  const { host, "tls-cert": cert, "tls-key": key } = values;
  if ((cert === undefined) !== (key === undefined))
    throw new TypeError("--tls-cert and --tls-key go together");
  const tls = cert === undefined || key === undefined ? null : { cert: resolve(cert), key: resolve(key) };
  return { host, tls };
}

function revocationIn({ revoke, reason }: { revoke?: string | undefined; reason: string }) {
  if (revoke === undefined) return undefined;
  const kid = Kid.safeParse(revoke);
  const why = RevocationReason.safeParse(reason);
  if (!kid.success) throw new TypeError("--revoke takes the id of a key, ed25519. and 32 hexadecimal digits");
  if (!why.success) throw new TypeError(`--reason takes ${RevocationReason.options.join(", ")}`);
  return { kid: kid.data, reason: why.data };
}

/** Every line is something that was changed, or is not there. */
async function verified(dataDir: string | undefined): Promise<number> {
  if (dataDir === undefined) {
    say(`--verify needs --data\n${USAGE}`);
    return 2;
  }
  try {
    const { findings, notCompared } = await verifyRegistry({
      dataDir,
      databaseUrl: process.env["DATABASE_URL"] ?? null,
    });
    for (const { where, what } of findings) say(`${where}: ${what}`);
    const agreeing = `journal, records, objects${notCompared === null ? ", log and database" : " and log"}`;
    if (findings.length === 0) say(`nothing was changed: ${agreeing} agree`);
    if (notCompared !== null) say(`the database was not compared: ${notCompared}`);
    return findings.length === 0 ? 0 : 1;
  } catch (error) {
    if (!isOperatorTrouble(error)) throw error;
    say(error.message);
    return 1;
  }
}

async function reported({ from, to }: { readonly from: string; readonly to: string }): Promise<number> {
  try {
    await reportQuality(from, to, say);
    return 0;
  } catch (error) {
    if (!isOperatorTrouble(error)) throw error;
    say(error.message);
    return 1;
  }
}

async function enrolled(registry: RunningRegistry, kid: string): Promise<string> {
  const done = await registry.enrolKey(kid);
  if (!done.ok) return `not enrolled: ${done.error.code}: ${done.error.detail}`;
  const { person, name, sheets } = done.value;
  return `enrolled ${kid} for ${person} (${name}); ${sheets} sheets that were held count from now on`;
}

/** Trouble a person can put right is one line, not a stack. */
function isOperatorTrouble(error: unknown): error is Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const isPathWrong = code === "ENOENT" || code === "EEXIST" || code === "EACCES" || code === "ENOSPC";
  return (
    isPathWrong ||
    code === "EADDRINUSE" ||
    code === "EADDRNOTAVAIL" ||
    error instanceof DataLocked ||
    error instanceof DataRefused ||
    error instanceof JournalDamaged ||
    error instanceof DatabaseRefused ||
    error instanceof SuiteRefused
  );
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
