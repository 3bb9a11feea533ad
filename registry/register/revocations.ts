// Keys that no longer speak for anybody. A revocation is an act of the registry's operator: a numbered record in the
// acceptance journal. The list is all of them, signed; the same version is always the same bytes (protocol A10).
import { InstantMs, ok, refuse, type Bytes, type Kid, type Refusal, type Result } from "#shared/base";
import { recordToText, signRecord, type RevocationListRecord, type RevocationReason } from "#shared/wire";
import { createSerial } from "../acceptance/serial.ts";
import type { WriteEntry } from "../acceptance/write-entry.ts";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { Index } from "../store/index-of-journal.ts";
import { ownRecord } from "../store/stored.ts";

export interface Revocations {
  /** The signed list as it stands. */
  list(): Promise<Bytes>;
  revoke(
    kid: Kid,
    reason: RevocationReason,
    effective: InstantMs,
  ): Promise<Result<number, Refusal<"revocation.key-unknown" | "revocation.already">>>;
}

export interface RevocationDeps {
  readonly write: WriteEntry;
  readonly index: Index;
  readonly keys: Pick<RegistryKeys, "aud" | "revocations">;
  readonly clock: () => number;
}

export function createRevocations({ write, index, keys, clock }: RevocationDeps): Revocations {
  const serial = createSerial();
  const by = { kid: keys.revocations.kid };
  return {
    list: async () => {
      const revocations = (await index.revocations()).map(({ record }) => entryOf(record));
      const list = { v: 1 as const, aud: keys.aud, version: revocations.length, revocations, by };
      return signRecord("revocationList", list, [keys.revocations]).record; // Ed25519: one list, one signature
    },
    revoke: (kid, reason, effective) =>
      serial(async () => {
        const kind = await kindOf(kid, index);
        if (!kind) return refuse({ code: "revocation.key-unknown" });
        const earlier = (await index.revocations()).find((row) => row.kid === kid);
        if (earlier) return refuse({ code: "revocation.already", facts: { version: earlier.version } });
        const version = (await index.revocationsVersion()) + 1;
        const value = { v: 1 as const, aud: keys.aud, kid, kind, reason, effective, version, by };
        const { record, hash } = signRecord("revocation", value, [keys.revocations]);
        await write({
          kind: "key.revoked",
          at: InstantMs.parse(clock()),
          kid,
          version,
          revocation: { hash, record: recordToText(record) },
        });
        return ok(version);
      }),
  };
}

async function kindOf(kid: Kid, index: Index): Promise<"device" | "person" | undefined> {
  if (await index.device(kid)) return "device";
  return (await index.personKey(kid)) ? "person" : undefined;
}

function entryOf(record: Bytes): RevocationListRecord["revocations"][number] {
  const { kid, kind, reason, effective, version } = ownRecord("revocation", record).value;
  return { kid, kind, reason, effective, version };
}
