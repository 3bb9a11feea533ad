// Which leaves an entry of the acceptance journal puts into the public log. Pure, so that the log can be derived again
// from the journal at any time, leaf by leaf, and compared.
import { invariant, unreachable, type HashId } from "#shared/base";
import { hashId } from "#shared/crypto";
import { leafOfReceipt, recordToEnvelope, textToRecord, type LogLeaf } from "#shared/wire";
import type { AcceptanceEntry } from "../acceptance/entries.ts";
import { ownRecord } from "../store/stored.ts";

export function leavesOf(entry: AcceptanceEntry): LogLeaf[] {
  switch (entry.kind) {
    case "log.opened": {
      const { keyset, former, at: t } = entry;
      const before: LogLeaf[] = former
        ? [{ v: 1, k: "former", h: former.root, o: former.log, n: former.size, t }]
        : [];
      return [...before, { v: 1, k: "keyset", h: keyset, t }];
    }
    case "code.issued":
    case "evidence.complete":
    case "batch.accepted": // a leaf stands for a decision: this one comes with the receipt
      return [];
    case "device.enrolled":
      return [
        {
          v: 1,
          k: "enrol",
          h: ownRecord("enrolment", entry.enrolment).hash,
          d: entry.device.kid,
          t: entry.at,
        },
      ];
    case "keys.admitted":
      return [
        ...entry.keys.map(({ kid: d }, i): LogLeaf => {
          return { v: 1, k: "enrol", h: payloadHash(entry.records[i] ?? ""), d, t: entry.at };
        }),
        { v: 1, k: "permit", h: entry.permit.hash, d: entry.device, t: entry.at },
      ];
    case "batch.judged":
    case "held.accepted": // the later receipt counts more sheets, and has a leaf of its own
      return [judgedLeaf(entry.receipt.record)];
    case "key.revoked":
      return [{ v: 1, k: "revoke", h: entry.revocation.hash, d: entry.kid, t: entry.at }];
    case "draw.committed":
      return [{ v: 1, k: "commit", h: entry.commitment.hash, t: entry.at }];
    case "draw.revealed":
      return [{ v: 1, k: "draw", h: entry.draw.hash, t: entry.at }];
    case "draw.reported":
      return [{ v: 1, k: "findings", h: entry.findings.hash, t: entry.at }];
    default:
      return unreachable(entry);
  }
}

function judgedLeaf(receipt: string): LogLeaf {
  const leaf = leafOfReceipt(ownRecord("receipt", receipt).value);
  invariant(leaf, "a receipt names the leaf of its own batch");
  return leaf;
}

/** Whatever record asked for a key: the person's own, or another's word for a substitute. */
function payloadHash(text: string): HashId {
  const record = textToRecord(text);
  const envelope = record && recordToEnvelope(record);
  invariant(envelope?.ok, "a stored record can be read");
  return hashId(envelope.value.payload);
}
