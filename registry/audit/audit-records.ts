// Records and objects of the journal: each record is signed by whoever may say it and is the one its entry names; each
// object is there and is what its name says.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { HashId, unreachable, type Kid } from "#shared/base";
import { hashId } from "#shared/crypto";
import {
  canonicalBytes,
  leafOfReceipt,
  peekRecord,
  recordToEnvelope,
  textToRecord,
  verifyPeeked,
  verifyRecord,
  type KeyLookup,
  type RecordKind,
  type RecordOf,
  type TrustedKey,
  type VerifiedRecord,
} from "#shared/wire";
import type { AcceptanceEntry } from "../acceptance/entries.ts";
import type { PlacedEntry } from "../acceptance/journal.ts";
import { objectsNeededBy } from "../acceptance/needed.ts";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { Finding } from "./finding.ts";

const JOURNAL = "acceptance.journal";

export function auditRecords(found: readonly PlacedEntry[], keys: RegistryKeys): Finding[] {
  const own = ownKeys(keys);
  const laptops = new Map<Kid, Map<Kid, TrustedKey>>();
  return found.flatMap(({ place, entry }) => {
    admit(entry, laptops);
    const wrong = wrongIn(entry, own, laptops);
    return wrong === null ? [] : [{ where: JOURNAL, what: `entry ${place} (${entry.kind}): ${wrong}` }];
  });
}

/** Of each laptop its own key and those of the people on it, as far as the journal has come. */
type Laptops = ReadonlyMap<Kid, ReadonlyMap<Kid, TrustedKey>>;

function admit(entry: AcceptanceEntry, laptops: Map<Kid, Map<Kid, TrustedKey>>): void {
  if (entry.kind === "device.enrolled") {
    const { kid } = entry.device;
    laptops.set(
      kid,
      (laptops.get(kid) ?? new Map<Kid, TrustedKey>()).set(kid, { ...entry.device, roles: ["device"] }),
    );
  }
  // Who of them led a panel is the register's to say, and was the gate's to ask: here the signature is what counts.
  if (entry.kind === "keys.admitted")
    for (const { kid, pub } of entry.keys)
      laptops.get(entry.device)?.set(kid, { kid, pub, roles: ["panelLeader"] });
}

function ownKeys({ keyset }: RegistryKeys): KeyLookup {
  const read = peekRecord("keyset", keyset);
  const keys = read.ok ? read.value.value.keys : [];
  return (kid) => {
    const named = keys.filter((key) => key.kid === kid);
    const [first] = named;
    return first && { kid, pub: first.pub, roles: named.map(({ role }) => role) };
  };
}

/** What is wrong with it; null when nothing is. */
function wrongIn(entry: AcceptanceEntry, own: KeyLookup, laptops: Laptops): string | null {
  switch (entry.kind) {
    case "log.opened":
    case "code.issued":
      return null;
    case "device.enrolled":
      return wrongRecord(
        "enrolment",
        entry.enrolment,
        null,
        own,
        ({ device: { kid, pub } }) => kid === entry.device.kid && pub === entry.device.pub,
      );
    case "keys.admitted":
      if (!entry.keys.every((_, i) => isEnvelope(entry.records[i])))
        return "what asked for its keys cannot be read";
      return wrongRecord("permit", entry.permit.record, entry.permit.hash, own, ({ people }) =>
        entry.keys.every(({ kid, pub, person }) =>
          people.some((one) => one.kid === kid && one.pub === pub && one.id === person),
        ),
      );
    case "batch.accepted":
      return wrongManifest(entry, laptops);
    case "batch.judged":
    case "held.accepted":
      return wrongRecord("receipt", entry.receipt.record, entry.receipt.hash, own, (receipt) => {
        const { accepted } = receipt.sheets;
        const isCounted =
          entry.kind === "batch.judged"
            ? entry.sheets.length +
                entry.amendments.length +
                entry.reviews.length +
                entry.settlements.length ===
              accepted
            : entry.sheets.length <= accepted;
        return receipt.batch === entry.batch && leafOfReceipt(receipt) !== undefined && isCounted;
      });
    case "evidence.complete":
      return wrongRecord("evidence", entry.statement.record, entry.statement.hash, own, ({ batch }) => {
        return batch === entry.batch;
      });
    case "key.revoked":
      return wrongRecord("revocation", entry.revocation.record, entry.revocation.hash, own, (revocation) => {
        return revocation.kid === entry.kid && revocation.version === entry.version;
      });
    case "draw.committed":
      return wrongRecord(
        "drawCommitment",
        entry.commitment.record,
        entry.commitment.hash,
        own,
        ({ register, at }) => register === hashId(canonicalBytes(entry.register)) && at === entry.at,
      );
    case "draw.revealed":
      return wrongRecord("draw", entry.draw.record, entry.draw.hash, own, ({ commitment, at }) => {
        return commitment === entry.commitment && at === entry.at;
      });
    case "draw.reported":
      return wrongRecord("drawFindings", entry.findings.record, entry.findings.hash, own, ({ draw, at }) => {
        return draw === entry.draw && at === entry.at;
      });
    default:
      return unreachable(entry);
  }
}

/** Leaves of the log are made of it. */
function isEnvelope(text: string | undefined): boolean {
  const record = textToRecord(text ?? "");
  return record !== undefined && recordToEnvelope(record).ok;
}

function wrongRecord<K extends RecordKind>(
  kind: K,
  text: string,
  hash: HashId | null,
  keys: KeyLookup,
  isOf: (value: RecordOf<K>) => boolean,
): string | null {
  const record = textToRecord(text);
  const verified = record && verifyRecord(kind, record, keys);
  if (!verified?.ok) return `its ${kind} does not verify`;
  const { value, hash: own }: VerifiedRecord<K> = verified.value;
  if (hash !== null && own !== hash) return `its ${kind} is another one than it names`;
  return isOf(value) ? null : `its ${kind} says something else than the entry`;
}

function wrongManifest(
  { batch, manifest: text, objects }: Extract<AcceptanceEntry, { kind: "batch.accepted" }>,
  laptops: Laptops,
): string | null {
  const record = textToRecord(text);
  const read = record && peekRecord("batch", record);
  if (!read?.ok) return "its manifest cannot be read";
  const { hash, value } = read.value;
  if (hash !== batch) return "its manifest is another one than it names";
  const signers = laptops.get(value.device);
  if (!signers) return "its device was never enrolled";
  if (!verifyPeeked("batch", read.value, (kid) => signers.get(kid)).ok) return "its manifest does not verify";
  const named = value.objects.map(({ wire }) => wire);
  return named.join() === objects.join() ? null : "its objects are others than the manifest's";
}

export async function auditObjects(found: readonly PlacedEntry[], dataDir: string): Promise<Finding[]> {
  const folder = join(dataDir, "objects");
  const due = objectsNeededBy(found.map(({ entry }) => entry));
  const stored = existsSync(folder) ? await readdir(folder) : [];
  const findings: Finding[] = [];
  for (const name of stored) {
    const wire = HashId.safeParse(`sha256:${name}`);
    if (!wire.success) continue; // an upload on its way
    due.delete(wire.data);
    if (hashId(new Uint8Array(await readFile(join(folder, name)))) !== wire.data)
      findings.push({ where: join("objects", name), what: "is not what its name says" });
  }
  return [...findings, ...[...due].map((wire) => ({ where: "objects", what: `${wire} is not there` }))];
}
