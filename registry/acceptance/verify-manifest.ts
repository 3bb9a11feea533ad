// The gate in front of acceptance: refuses only what cannot be attributed or handled (protocol A6, step 1). Everything
// else, unknown permits, gaps and forks included, is stored first and judged afterwards.
import { ok, refuse, type Bytes, type Result } from "#shared/base";
import {
  peekRecord,
  verifyRecord,
  type BatchManifest,
  type KeyLookup,
  type TrustedKey,
  type VerifiedRecord,
  type VerifyError,
} from "#shared/wire";
import { LIMITS } from "../keys/registry-keys.ts";
import type { Register } from "../register/register.ts";
import { problem, type ProblemRefusal } from "../routes/problem.ts";
import type { Index, IndexedDevice } from "../store/index-of-journal.ts";

// 1 readable and canonical? · 2 for this registry? · 3 within the limits? · 4 device enrolled? · 5 every signature over
//   these exact bytes · 6 does every co-signer lead a panel?
export async function verifyManifest(
  record: Bytes,
  { aud, index, register }: { readonly aud: string; readonly index: Index; readonly register: Register },
): Promise<Result<VerifiedRecord<"batch">, ProblemRefusal>> {
  const peeked = peekRecord("batch", record);
  if (!peeked.ok) return refuse(wireProblem(peeked.error));
  const manifest = peeked.value.value;
  if (manifest.aud !== aud) return refuse(problem("wrong-registry", `this registry is ${aud}`));
  const tooLarge = limitProblem(manifest);
  if (tooLarge) return refuse(tooLarge);
  const device = await index.device(manifest.device);
  if (!device) return refuse(problem("key-unknown", `device ${manifest.device} is not enrolled`));
  const verified = verifyRecord("batch", record, await keysOf(device, index, register));
  if (!verified.ok) return refuse(wireProblem(verified.error));
  const [, ...cosigners] = verified.value.signers;
  if (
    verified.value.value.by.kid !== device.kid ||
    !cosigners.every(({ roles }) => roles.includes("panelLeader"))
  ) {
    return refuse(problem("role-not-allowed", "a manifest is signed by its device and by panel leaders"));
  }
  return ok(verified.value);
}

/** What is wrong with a record, as the wire spells it. */
export function wireProblem({ code, facts }: VerifyError): ProblemRefusal {
  switch (code) {
    case "wire.key-unknown":
      return problem("key-unknown", "signed by a key that is not registered");
    case "wire.signature-invalid":
    case "wire.signer-mismatch":
      return problem("signature-invalid", code);
    case "wire.role-not-allowed":
      return problem("role-not-allowed", code);
    case "wire.too-large":
      return problem("batch-too-large", code);
    case "wire.non-canonical":
      return problem("non-canonical", code);
    default:
      return isOtherVersion(code, facts)
        ? problem("unsupported-version", "this registry reads version 1 of every record")
        : problem("malformed", facts?.["path"] ? `${code} at ${String(facts["path"])}` : code);
  }
}

/** A later version says so in its type, and again in its `v` (protocol A11). */
function isOtherVersion(code: VerifyError["code"], facts: VerifyError["facts"]): boolean {
  if (code === "wire.shape") return facts?.["path"] === "v";
  const version = /^application\/vnd\.ert\.[a-z-]+\.v(\d{1,6})\+json$/.exec(String(facts?.["type"]));
  return code === "wire.wrong-type" && version !== null && version[1] !== "1";
}

function limitProblem(manifest: BatchManifest): ProblemRefusal | undefined {
  const { first, last } = manifest.range;
  // Besides sheets a range holds absences and rosters, hence twice the sheets.
  if (manifest.sheets > LIMITS.maxSheets || last - first + 1 > 2 * LIMITS.maxSheets) {
    return problem("batch-too-large", `at most ${LIMITS.maxSheets} sheets`);
  }
  const large = manifest.objects.find(({ size }) => size > LIMITS.maxObject);
  return large && problem("object-too-large", `${large.wire}: at most ${LIMITS.maxObject} bytes`);
}

/** The device's own key and those of the people registered on it. */
async function keysOf(device: IndexedDevice, index: Index, register: Register): Promise<KeyLookup> {
  const keys = new Map<string, TrustedKey>([
    [device.kid, { kid: device.kid, pub: device.pub, roles: ["device"] }],
  ]);
  for (const { kid, pub, person } of await index.keysOn(device.kid)) {
    keys.set(kid, { kid, pub, roles: register.person(device.institution, person)?.roles ?? [] });
  }
  return (kid) => keys.get(kid);
}
