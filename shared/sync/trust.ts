// What a laptop takes from the registry about keys: a later keyset under the root it pinned, and a list of revocations
// that only ever grows. An older one, or one that lost an entry, is refused and shown (protocol A10; P18) [SY27, SY28].
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import type { KeysetRecord, RevocationListRecord } from "#shared/wire";

type Listed = RevocationListRecord["revocations"][number];

export type RevocationsRefusal = Refusal<
  "revocations.older" | "revocations.rewritten" | "revocations.other-registry"
>;

/** Undefined when it says nothing new. The record's signature must have been verified. */
export function takeRevocations(
  known: readonly Listed[],
  list: Pick<RevocationListRecord, "aud" | "version" | "revocations">,
  aud: string,
): Result<readonly Listed[] | undefined, RevocationsRefusal> {
  if (list.aud !== aud) return refuse({ code: "revocations.other-registry" });
  if (list.version < known.length) return refuse({ code: "revocations.older" });
  const isWhole = list.revocations.length === list.version;
  if (!isWhole || known.some((one, i) => !isSame(one, list.revocations[i])))
    return refuse({ code: "revocations.rewritten" });
  return ok(list.version === known.length ? undefined : list.revocations);
}

function isSame(a: Listed, b: Listed | undefined): boolean {
  return (
    b !== undefined &&
    a.kid === b.kid &&
    a.kind === b.kind &&
    a.reason === b.reason &&
    a.effective === b.effective &&
    a.version === b.version
  );
}

export type KeysetRefusal = Refusal<"keyset.other-root" | "keyset.older" | "keyset.other-registry">;

/**
 * A later keyset is taken only from the root that people compared when the centre was opened: same root keys, higher
 * version. Its signature must have been verified under the pinned one. Undefined when it is the pinned one.
 */
export function takeKeyset<K extends Pick<KeysetRecord, "aud" | "version" | "keys">>(
  pinned: Pick<KeysetRecord, "aud" | "version" | "keys">,
  offered: K,
): Result<K | undefined, KeysetRefusal> {
  if (offered.aud !== pinned.aud) return refuse({ code: "keyset.other-registry" });
  if (rootsOf(offered) !== rootsOf(pinned)) return refuse({ code: "keyset.other-root" });
  if (offered.version < pinned.version) return refuse({ code: "keyset.older" });
  return ok(offered.version === pinned.version ? undefined : offered);
}

function rootsOf({ keys }: Pick<KeysetRecord, "keys">): string {
  return keys
    .filter(({ role }) => role === "root")
    .map(({ kid, pub }) => `${kid} ${pub}`)
    .sort()
    .join("\n");
}
