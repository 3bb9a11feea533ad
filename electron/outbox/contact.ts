// A contact beside the sending: where the registry says this device ends, which keys it revoked, which it has since. Each
// answer is verified and flushed before it counts, and nothing of it keeps a batch from being sent.
import { bytesToHex, ok, refuse, type Bytes, type HashId, type Refusal, type Result } from "#shared/base";
import type { Signer } from "#shared/crypto";
import { ONLY, type CentreRow, type EntryBody } from "#shared/journal";
import {
  compareHead,
  HeadAnswer,
  readAnswer,
  RegistryAnswer,
  RevocationsAnswer,
  takeKeyset,
  takeRevocations,
  type HeadTrouble,
} from "#shared/sync";
import { peekRecord, signRecord, verifyRecord, type KeyLookup, type KeysetRecord } from "#shared/wire";
import type { z } from "zod";
import { CALL_TIMEOUT_MS, callRegistry, RECORD_TYPE, type Call } from "./http.ts";
import type { PerformDeps } from "./perform.ts";

/** The pinned keyset and the keys in it. */
export interface RegistryTrust {
  readonly keyset: Pick<KeysetRecord, "aud" | "version" | "keys">;
  readonly keys: KeyLookup;
}

export interface ContactDeps extends Pick<PerformDeps, "journal" | "fetch" | "timers"> {
  /** Null while the device key is locked: then nobody can ask for this device. */
  readonly device: () => Signer | null;
  readonly random: (length: number) => Bytes;
  readonly wall: () => number;
}

export interface Compared {
  readonly behind: readonly HashId[];
  readonly trouble: HeadTrouble | null;
  /** Version of the registry's list of revocations. */
  readonly revocations: number;
  readonly registryTime: number;
}

export type ContactRefusal = Refusal<
  | "send.no-answer"
  | "send.server-error"
  | "send.not-a-registry"
  | "contact.not-held"
  | "contact.unverified"
  | "revocations.older"
  | "revocations.rewritten"
  | "revocations.other-registry"
  | "keyset.older"
  | "keyset.other-root"
  | "keyset.other-registry"
  | "anchor.invalid"
  | "anchor.other-leaf"
  | "checkpoint.unreadable"
  | "checkpoint.behind"
  | "checkpoint.split-view"
>;

/** [SY24] A question signed by the device; the nonce comes back, so that an old head answers no new question. */
export async function askHead(
  base: URL,
  centre: CentreRow,
  { keyset, keys }: RegistryTrust,
  deps: ContactDeps,
): Promise<Result<Compared | null, ContactRefusal>> {
  const device = deps.device();
  if (!device || device.kid !== centre.device || !centre.enrolled) return ok(null);
  const nonce = bytesToHex(deps.random(16));
  const by = { kid: device.kid };
  const asked = {
    v: 1,
    aud: keyset.aud,
    device: device.kid,
    what: "head",
    nonce,
    at: deps.wall(),
    by,
  } as const;
  const { record: query } = signRecord("query", asked, [device]);
  const call = { method: "POST", path: "/queries", contentType: RECORD_TYPE, body: query } as const;
  const answer = await askFor(base, call, HeadAnswer, deps);
  if (!answer.ok) return answer;
  const head = verifyRecord("head", answer.value.head, keys);
  if (!head.ok || head.value.value.device !== device.kid || head.value.value.nonce !== nonce)
    return refuse({ code: "contact.unverified" });
  const { value, record } = head.value;
  const own = deps.journal.view.rows("batches").map((row) => ({
    batch: row.id,
    device: row.device,
    deviceSeq: row.deviceSeq,
    isAcknowledged: row.receipt !== null,
  }));
  const { behind, trouble } = compareHead(value, own);
  const compared = { behind, trouble, revocations: value.revocations, registryTime: value.time };
  if (!isNews(compared, deps)) return ok(compared);
  const { lastSeq, lastBatch } = value;
  const body: EntryBody = { kind: "head.compared", lastSeq, lastBatch, behind: [...behind], trouble };
  return (await written(body, record, deps)) ? ok(compared) : refuse({ code: "contact.not-held" });
}

/** Only a head that tells something is written down, and the first that is well again after it. */
function isNews({ behind, trouble }: Compared, { journal }: ContactDeps): boolean {
  const told = journal.view.read("registry", ONLY)?.head;
  return behind.length > 0 || trouble !== (told?.trouble ?? null);
}

/** [SY27] */
export async function askRevocations(
  base: URL,
  { keyset, keys }: RegistryTrust,
  deps: ContactDeps,
): Promise<Result<void, ContactRefusal>> {
  const answer = await askFor(base, { method: "GET", path: "/revocations" }, RevocationsAnswer, deps);
  if (!answer.ok) return answer;
  const list = verifyRecord("revocationList", answer.value.revocations, keys);
  if (!list.ok) return refuse({ code: "contact.unverified" });
  const known = deps.journal.view.read("registry", ONLY)?.revocations ?? [];
  const taken = takeRevocations(known, list.value.value, keyset.aud);
  if (!taken.ok) return taken;
  if (!taken.value) return ok(undefined);
  const body: EntryBody = { kind: "revocations.held", revocations: [...taken.value] };
  return (await written(body, list.value.record, deps))
    ? ok(undefined)
    : refuse({ code: "contact.not-held" });
}

/** [SY28] Undefined when the pinned keyset is the newest. */
export async function askKeyset(
  base: URL,
  { keyset, keys }: RegistryTrust,
  deps: ContactDeps,
): Promise<Result<KeysetRecord | undefined, ContactRefusal>> {
  const answer = await askFor(base, { method: "GET", path: "/registry" }, RegistryAnswer, deps);
  if (!answer.ok) return answer;
  const offered = peekRecord("keyset", answer.value.keyset);
  if (!offered.ok) return refuse({ code: "send.not-a-registry" });
  const taken = takeKeyset(keyset, offered.value.value);
  if (!taken.ok) return taken;
  if (!taken.value) return ok(undefined);
  const verified = verifyRecord("keyset", answer.value.keyset, keys);
  if (!verified.ok) return refuse({ code: "contact.unverified" });
  const body: EntryBody = { kind: "keyset.held", keyset: verified.value.hash, version: taken.value.version };
  const isHeld = await written(body, verified.value.record, deps);
  return isHeld ? ok(verified.value.value) : refuse({ code: "contact.not-held" });
}

async function askFor<S extends z.ZodType>(
  base: URL,
  call: Omit<Call, "timeoutMs">,
  schema: S,
  deps: Pick<ContactDeps, "fetch" | "timers">,
): Promise<Result<z.output<S>, ContactRefusal>> {
  const answer = await callRegistry(base, { ...call, timeoutMs: CALL_TIMEOUT_MS }, deps);
  if (!answer) return refuse({ code: "send.no-answer" });
  const reading = readAnswer(answer, schema);
  if (reading.kind === "value") return ok(reading.value);
  return refuse({ code: reading.kind === "wait" ? reading.code : "send.server-error" });
}

async function written(body: EntryBody, record: Bytes, { journal }: ContactDeps): Promise<boolean> {
  return (await journal.append(null, [{ body, attachments: [record] }])).ok;
}
