// A person's key on this device: made here, vouched for to the registry with proof of possession, admitted by the next
// permit. Until then its owner may sign in and mark; a signature waits for the permit.
import {
  bytesToHex,
  invariant,
  ok,
  refuse,
  PublicKeyHex,
  type Bytes,
  type PersonId,
  type Refusal,
  type Result,
} from "#shared/base";
import type { Signer } from "#shared/crypto";
import { signRecord } from "#shared/wire";
import { ONLY, type CentreRow } from "#shared/journal";
import { permitDraft, pinnedKeyset } from "./trust.ts";
import type { EntryDraft, Environment, Journal, Keys, RegistryClient } from "./ports.ts";

interface PersonKeyDeps {
  readonly journal: Journal;
  readonly keys: Keys;
  readonly registry: RegistryClient;
  readonly env: Environment;
  /** Where the centre's registry is to be called. */
  readonly registryUrl: (centre: CentreRow) => string;
}

/** Makes the key, writes it down, and asks the registry for a permit that admits it; without a network that waits. */
export async function addPersonKey(
  person: PersonId,
  pin: string,
  deps: PersonKeyDeps,
): Promise<Result<void, Refusal>> {
  const { journal, keys } = deps;
  const signer = await keys.createPerson(person, pin);
  const written = await journal.append(null, [keyMade(person, signer)]);
  if (!written.ok) return written;
  const device = keys.device();
  invariant(device, "the device key is open when a person's key is made");
  await requestPermit([personKeyRecord(person, signer, device, deps.env)], deps);
  return ok(undefined);
}

export function keyMade(person: PersonId, signer: Signer): EntryDraft {
  return {
    body: {
      kind: "person.key-made",
      person,
      kid: signer.kid,
      pub: PublicKeyHex.parse(bytesToHex(signer.publicKey)),
    },
  };
}

export function personKeyRecord(person: PersonId, signer: Signer, device: Signer, env: Environment): Bytes {
  const pub = PublicKeyHex.parse(bytesToHex(signer.publicKey));
  const nonce = bytesToHex(env.random(16));
  const value = {
    v: 1 as const,
    device: device.kid,
    person,
    kid: signer.kid,
    pub,
    nonce,
    by: { kid: signer.kid },
  };
  return signRecord("personKey", value, [signer, device]).record;
}

/** Ok when a permit that verifies was received and written. */
export async function requestPermit(
  records: readonly Bytes[],
  deps: PersonKeyDeps,
): Promise<Result<void, Refusal>> {
  const { journal, registry } = deps;
  const centre = journal.view.read("centre", ONLY);
  if (!centre) return refuse({ code: "permit.none" });
  const answer = await registry.addPeopleKeys(deps.registryUrl(centre), records);
  if (!answer.ok) return answer;
  const draft = permitDraft(answer.value.permit, (await pinnedKeyset(journal)).value);
  if (!draft.ok) return draft;
  const written = await journal.append(null, [draft.value]);
  return written.ok ? ok(undefined) : written;
}
