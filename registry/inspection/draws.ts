// Committing to a draw and revealing it (R58, R59), as two decisions of the registry: entries of its journal, leaves of its
// public log. The secret is random and kept; the public value is named before anybody knows it. So neither the operator nor
// whoever brings the value about can choose a draw (after RFC 3797, which draws from public values alone). Commitments are
// numbered and each names the one before: one that its maker would rather not reveal stays to be seen.
import {
  digestToHashId,
  instantToDay,
  InstantMs,
  invariant,
  NO_HASH,
  ok,
  refuse,
  type Bytes,
  type Day,
  type HashId,
  type Refusal,
  type Result,
} from "#shared/base";
import { digest, hashId } from "#shared/crypto";
import { findingKey, type DrawRates, type DrawRegister, type InspectionFinding } from "#shared/exam";
import { checkInspectors, drawSeed, registerHash } from "#shared/rules";
import {
  canonicalBytes,
  leafBytes,
  leafId,
  recordToText,
  signRecord,
  textToRecord,
  type DrawCommitmentRecord,
  type DrawFindingsRecord,
  type DrawRecord,
  type RecordOf,
} from "#shared/wire";
import type { PlacedEntry } from "../acceptance/journal.ts";
import { createSerial } from "../acceptance/serial.ts";
import type { WriteEntry } from "../acceptance/write-entry.ts";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { PublicLog } from "../log/public-log.ts";
import { ownRecord } from "../store/stored.ts";
import { drawFrom } from "./draw.ts";
import { readFindings, type TableRefusal } from "./findings-table.ts";
import { makeSecret, readSecret } from "./secrets.ts";

export interface Draws {
  commit(request: CommitRequest): Promise<Result<Commitment, Refusal<CommitRefusal>>>;
  reveal(plan: string, value: string): Promise<Result<RevealedDraw, Refusal<RevealRefusal>>>;
  /** What inspectors found, as the table says that they filled in: everything until then, and nothing dropped that was public. */
  report(plan: string, table: Bytes): Promise<Result<RevealedDraw, Refusal<ReportRefusal>>>;
  /** What was decided under this name, to be published again. */
  find(plan: string): Promise<Result<Commitment, Refusal<"draw.plan-unknown">>>;
}

export interface CommitRequest {
  readonly plan: string;
  /** Where the public value will be read, and the day on which it becomes known. */
  readonly source: DrawCommitmentRecord["source"];
}

export interface Commitment {
  readonly commitment: Signed<DrawCommitmentRecord>;
  /** That it stands in the public log; null while the log it went into is not published any more. */
  readonly proof: Bytes | null;
  readonly draw: Signed<DrawRecord> | null;
  /** What was read back of the inspections, oldest first. */
  readonly findings: readonly Signed<DrawFindingsRecord>[];
}

export interface RevealedDraw extends Commitment {
  readonly draw: Signed<DrawRecord>;
}

export interface Signed<T> {
  readonly value: T;
  readonly hash: HashId;
  readonly record: Bytes;
}

type CommitRefusal = "draw.plan-taken" | "draw.source-known" | "draw.too-few-inspectors";
type RevealRefusal = "draw.plan-unknown" | "draw.already" | "draw.value-not-known" | "draw.secret-missing";

type ReportRefusal =
  | TableRefusal
  | "draw.plan-unknown"
  | "draw.not-drawn"
  | "findings.dropped"
  | "findings.rewritten"
  | "findings.nothing-new"
  | "findings.in-future"
  | "findings.before-draw";

export interface DrawDeps {
  readonly found: readonly PlacedEntry[];
  readonly write: WriteEntry;
  readonly keys: Pick<RegistryKeys, "aud" | "permits">;
  readonly publicLog: Pick<PublicLog, "publish" | "proofOf">;
  /** The registers and rates of that day. */
  readonly freeze: (day: Day) => { readonly register: DrawRegister; readonly rates: DrawRates };
  readonly dataDir: string;
  readonly clock: () => number;
  readonly random: (length: number) => Bytes;
}

interface Standing {
  readonly commitment: Signed<DrawCommitmentRecord>;
  readonly register: DrawRegister;
  draw: Signed<DrawRecord> | null;
  readonly findings: Signed<DrawFindingsRecord>[];
}

export function createDraws({
  found,
  write,
  keys,
  publicLog,
  freeze,
  dataDir,
  clock,
  random,
}: DrawDeps): Draws {
  const serial = createSerial();
  const standing: Standing[] = [];
  const by = { kid: keys.permits.kid };
  const called = (plan: string) => standing.find(({ commitment }) => commitment.value.plan === plan);

  const take = (entry: PlacedEntry["entry"]): void => {
    if (entry.kind === "draw.committed") {
      const commitment = signedIn("drawCommitment", entry.commitment.record);
      standing.push({ commitment, register: entry.register, draw: null, findings: [] });
    }
    if (entry.kind === "draw.reported") {
      const one = standing.find(({ draw }) => draw?.hash === entry.draw);
      one?.findings.push(signedIn("drawFindings", entry.findings.record));
    }
    if (entry.kind !== "draw.revealed") return;
    const one = standing.find(({ commitment }) => commitment.hash === entry.commitment);
    if (one) one.draw = signedIn("draw", entry.draw.record);
  };
  for (const { entry } of found) take(entry);

  const decideOn = async (entry: PlacedEntry["entry"]): Promise<void> => {
    await write(entry);
    take(entry);
  };

  const withProof = async ({ commitment, draw, findings }: Standing): Promise<Commitment> => {
    await publicLog.publish();
    const { hash: h, value } = commitment;
    const proof = publicLog.proofOf(leafId(leafBytes({ v: 1, k: "commit", h, t: value.at })));
    return { commitment, draw, findings, proof: proof === undefined || proof === "waiting" ? null : proof };
  };

  return {
    commit: ({ plan, source }) =>
      serial(async () => {
        if (called(plan)) return refuse({ code: "draw.plan-taken", facts: { plan } });
        const at = InstantMs.parse(clock());
        const today = instantToDay(at);
        if (source.day <= today) return refuse({ code: "draw.source-known", facts: { day: source.day } });
        const { register, rates } = freeze(today);
        const [block] = checkInspectors(register, rates).findings;
        if (block) return refuse({ code: "draw.too-few-inspectors", facts: block.facts });
        const commitment: DrawCommitmentRecord = {
          ...{ v: 1, aud: keys.aud, plan, no: standing.length + 1 },
          prev: standing.at(-1)?.commitment.hash ?? NO_HASH,
          algorithm: "r58-sha256-1",
          secret: await makeSecret(dataDir, random),
          register: hashId(canonicalBytes(register)),
          objects: hashOfIds(register.objects.map(({ id }) => id)),
          inspectors: hashOfIds(register.inspectors),
          ...{ rates, source, at, by },
        };
        const { record, hash } = signRecord("drawCommitment", commitment, [keys.permits]);
        await decideOn({
          ...{ kind: "draw.committed", at, register },
          commitment: { hash, record: recordToText(record) },
        });
        const one = called(plan);
        invariant(one, "what was decided stands");
        return ok(await withProof(one));
      }),
    reveal: (plan, value) =>
      serial(async () => {
        const one = called(plan);
        if (!one) return refuse({ code: "draw.plan-unknown", facts: { plan } });
        if (one.draw) return refuse({ code: "draw.already", facts: { plan } });
        const at = InstantMs.parse(clock());
        const { source, rates, secret: committed } = one.commitment.value;
        if (instantToDay(at) < source.day)
          return refuse({ code: "draw.value-not-known", facts: { day: source.day } });
        const secret = await readSecret(dataDir, committed);
        if (secret === undefined)
          return refuse({ code: "draw.secret-missing", facts: { secret: committed } });
        const { register, commitment } = one;
        const draw: DrawRecord = {
          ...{ v: 1, aud: keys.aud, plan, commitment: commitment.hash, register, secret, value },
          drawn: drawFrom(register, rates, drawSeed(plan, secret, value)),
          ...{ at, by },
        };
        const { record, hash } = signRecord("draw", draw, [keys.permits]);
        await decideOn({
          ...{ kind: "draw.revealed", at, commitment: commitment.hash },
          draw: { hash, record: recordToText(record) },
        });
        return ok({ ...(await withProof(one)), draw: { value: draw, hash, record } });
      }),
    report: (plan, table) =>
      serial(async () => {
        const one = called(plan);
        if (!one) return refuse({ code: "draw.plan-unknown", facts: { plan } });
        const { draw } = one;
        if (!draw) return refuse({ code: "draw.not-drawn", facts: { plan } });
        const at = InstantMs.parse(clock());
        const read = readFindings(table, draw.value, instantToDay(at));
        if (!read.ok) return read;
        const former = one.findings.at(-1);
        const trouble = troubleWith(read.value, former?.value.findings ?? [], {
          from: instantToDay(draw.value.at),
          to: instantToDay(at),
        });
        if (trouble) return refuse(trouble);
        const report: DrawFindingsRecord = {
          ...{ v: 1, aud: keys.aud, plan, draw: draw.hash },
          ...{ no: one.findings.length + 1, prev: former?.hash ?? NO_HASH },
          ...{ findings: read.value, at, by },
        };
        const { record, hash } = signRecord("drawFindings", report, [keys.permits]);
        await decideOn({
          ...{ kind: "draw.reported", at, draw: draw.hash },
          findings: { hash, record: recordToText(record) },
        });
        return ok({ ...(await withProof(one)), draw });
      }),
    find: async (plan) => {
      const one = called(plan);
      if (!one) return refuse({ code: "draw.plan-unknown", facts: { plan } });
      return ok(await withProof(one));
    },
  };
}

/** What was made public stays as it was; what has to be corrected, with its day, and when it was, may be added where nothing was said. */
function troubleWith(
  now: readonly InspectionFinding[],
  former: readonly InspectionFinding[],
  days: { readonly from: Day; readonly to: Day },
): Refusal<ReportRefusal> | null {
  const known = new Map(now.map((one) => [findingKey(one), one]));
  for (const one of former) {
    const facts = { institution: one.object, matter: one.matter };
    const again = known.get(findingKey(one));
    if (!again) return { code: "findings.dropped", facts };
    const said = [
      ...(["found", "inspected", "published"] as const),
      ...(one.due === null ? [] : (["correct", "due"] as const)),
      ...(one.corrected === null ? [] : (["corrected"] as const)),
    ];
    if (said.some((name) => again[name] !== one[name])) return { code: "findings.rewritten", facts };
  }
  for (const { object, matter, inspected, corrected, published } of now) {
    const facts = { institution: object, matter };
    if (inspected < days.from) return { code: "findings.before-draw", facts };
    if ([inspected, published, corrected ?? inspected].some((day) => day > days.to))
      return { code: "findings.in-future", facts };
  }
  const isNew = now.some((one) => {
    const before = former.find((other) => findingKey(other) === findingKey(one));
    return !before || JSON.stringify(before) !== JSON.stringify(one);
  });
  return isNew ? null : { code: "findings.nothing-new" };
}

function signedIn<K extends "draw" | "drawCommitment" | "drawFindings">(
  kind: K,
  text: string,
): Signed<RecordOf<K>> {
  const record = textToRecord(text);
  invariant(record, "a stored record is base64");
  const { value, hash } = ownRecord(kind, record);
  return { value, hash, record };
}

function hashOfIds(ids: readonly string[]): HashId {
  return digestToHashId(registerHash(ids, digest));
}
