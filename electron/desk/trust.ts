// Whose keys this laptop believes: the registry's keyset, pinned when the centre was opened, and through it the permit.
import { invariant, ok, refuse, type Bytes, type Refusal, type Result } from "#shared/base";
import {
  peekRecord,
  verifyRecord,
  type KeyLookup,
  type KeysetRecord,
  type RecordOf,
  type TrustedKey,
  type VerifiedRecord,
} from "#shared/wire";
import { ONLY, type EntryBody } from "#shared/journal";
import type { EntryDraft, Journal } from "./ports.ts";

/**
 * A keyset vouches for itself: it must verify under the root key it names. Whether that root is the right one is for
 * people to compare (its stamp), and then pinned.
 */
export function readKeyset(
  record: Bytes,
): Result<VerifiedRecord<"keyset">, Refusal<"registry.not-a-registry">> {
  const peeked = peekRecord("keyset", record);
  if (!peeked.ok) return refuse({ code: "registry.not-a-registry" });
  const verified = verifyRecord("keyset", record, keysetLookup(peeked.value.value));
  return verified.ok ? verified : refuse({ code: "registry.not-a-registry" });
}

export function keysetLookup(keyset: Pick<KeysetRecord, "keys">): KeyLookup {
  return (kid): TrustedKey | undefined => {
    const named = keyset.keys.filter((key) => key.kid === kid);
    const [first] = named;
    return first && { kid, pub: first.pub, roles: named.map(({ role }) => role) };
  };
}

/**
 * The keyset pinned in the journal's own opening entry, or the newest one after it: each was verified under the one before
 * and has its root keys.
 */
export async function pinnedKeyset(journal: Journal): Promise<VerifiedRecord<"keyset">> {
  const [opening] = await journal.read(0, 1);
  invariant(opening?.entry.body.kind === "centre.opened", "the first entry opens the centre");
  const later = journal.view.read("registry", ONLY)?.keyset;
  const [record] = await journal.attachments(later?.heldSeq ?? opening.entry.seq);
  invariant(record, "the entry carries the keyset");
  const keyset = readKeyset(record);
  const pinned = journal.view.read("centre", ONLY)?.keyset;
  invariant(keyset.ok && keyset.value.hash === pinned, "the pinned keyset verifies");
  return keyset.value;
}

/** Verifies a permit under the pinned keyset and makes it an entry. */
export function permitDraft(
  record: Bytes,
  keyset: Pick<KeysetRecord, "keys" | "aud">,
): Result<EntryDraft, Refusal<"enrolment.refused">> {
  const permit = verifyRecord("permit", record, keysetLookup(keyset));
  if (!permit.ok || permit.value.value.aud !== keyset.aud) return refuse({ code: "enrolment.refused" });
  return ok({ body: permitBody(permit.value), attachments: [record] });
}

function permitBody(permit: VerifiedRecord<"permit">): EntryBody {
  const { policy, centre, window, transportKey, people, limits, reference }: RecordOf<"permit"> =
    permit.value;
  return {
    kind: "permit.received",
    permit: permit.hash,
    policy,
    centre,
    window,
    transportKey,
    people,
    limits,
    reference,
  };
}
