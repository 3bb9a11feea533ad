// Going on where a laptop stopped: with the copy it left on another medium, or on the same machine whose keyring is lost
// (S14). The recovery code opens what is stored and signs nothing: device and people get new keys, and what was signed
// before stays signed by the former ones.
import { invariant, ok, refuse, type Bytes, type Refusal, type Result } from "#shared/base";
import type { Signer } from "#shared/crypto";
import { ONLY, type CentreRow } from "#shared/journal";
import { choosePassphrase, demonstrationKeys, requestEnrolment, type CentreDeps } from "./centre.ts";
import { permitDraft, pinnedKeyset } from "./trust.ts";
import type {
  Answer,
  CheckedCopy,
  Confirm,
  Copies,
  EntryDraft,
  Environment,
  Journal,
  Keys,
  RecoveryKeys,
} from "./ports.ts";

export interface Recovery {
  /** Takes a copy over for the next start. Only on a laptop that has no centre yet. */
  takeOver(): Answer<"centre.takeOver">;
  /** Enrols the device that goes on; `code` is null at the demonstration. */
  enrolAgain(code: string | null): Answer<"centre.enrolAgain">;
}

export interface RecoveryDeps extends Omit<CentreDeps, "keys"> {
  readonly keys: Keys & RecoveryKeys;
  readonly copies: Copies;
  readonly chooseFolder: () => Promise<string | null>;
  readonly registryUrl: (centre: CentreRow) => string;
}

export function createRecovery(deps: RecoveryDeps): Recovery {
  const { journal, serial } = deps;
  return {
    takeOver: () =>
      serial(async () => {
        if (journal.view.read("centre", ONLY)) return refuse({ code: "centre.open" });
        const folder = await deps.chooseFolder();
        if (folder === null) return ok({ outcome: "cancelled" });
        return takeOver(folder, deps);
      }),
    enrolAgain: (code) =>
      serial(async () => {
        const centre = journal.view.read("centre", ONLY);
        if (!centre || centre.enrolled) return refuse({ code: "centre.enrolled" });
        return enrolAgain(centre, code, deps);
      }),
  };
}

async function takeOver(folder: string, deps: RecoveryDeps): Answer<"centre.takeOver"> {
  const { keys, confirm, copies } = deps;
  const found = await copies.find(folder);
  if (!found.ok) return found;
  const { recovery } = found.value;
  const opened = await confirm.ask(
    null,
    { kind: "recovery", why: "another-laptop" },
    async (code): Promise<Result<{ dataKey: Bytes; copy: CheckedCopy }, Refusal>> => {
      const dataKey = await copies.openRecovery(recovery, code);
      if (!dataKey.ok) return dataKey;
      const copy = await copies.check(found.value.folder, dataKey.value);
      return copy.ok ? ok({ dataKey: dataKey.value, copy: copy.value }) : copy;
    },
  );
  if (!opened.ok)
    return refuse({ code: opened.error.code === "person.busy" ? "person.busy" : "person.declined" });
  const { dataKey, copy } = opened.value;
  const replaced = await replaceDevice(copy.view.read("centre", ONLY), dataKey, recovery, { keys, confirm });
  if (!replaced.ok) return replaced;
  const laid = await copy.layDown();
  if (!laid.ok) return laid;
  const sheets = copy.view.rows("sheets");
  return ok({
    outcome: "taken",
    entries: copy.entries,
    sittings: copy.view.rows("sittings").length,
    sheets: sheets.length,
    signed: sheets.filter(({ signature }) => signature !== null).length,
    unsent: copy.view.rows("batches").filter(({ receipt }) => receipt === null).length,
  });
}

/** The keys of a device that goes on: a passphrase is asked where there is no keyring. */
export async function replaceDevice(
  centre: CentreRow | undefined,
  dataKey: Bytes,
  recovery: Bytes,
  { keys, confirm }: { readonly keys: Keys & RecoveryKeys; readonly confirm: Confirm },
): Promise<Result<void, Refusal<"person.declined">>> {
  const demo = centre?.institution.demo ?? false;
  const options = { demo, dataKey, recovery };
  if (keys.storageForNewDevice(demo) !== "passphrase") {
    await keys.replaceDevice({ ...options, passphrase: null });
    return ok(undefined);
  }
  const chosen = await choosePassphrase(confirm, (passphrase) =>
    keys.replaceDevice({ ...options, passphrase }),
  );
  return chosen.ok ? ok(undefined) : refuse({ code: "person.declined" });
}

/**
 * At start: a device that is not the one the journal speaks of goes on with its work. Written without a network; its
 * people may mark at once and sign when the registry has enrolled it.
 */
export async function continueWork(
  journal: Journal,
  { keys, env }: { readonly keys: Keys; readonly env: Environment },
): Promise<void> {
  const centre = journal.view.read("centre", ONLY);
  const device = keys.device();
  if (!centre || !device || device.kid === centre.device) return;
  const people = journal.view.rows("people");
  const body = {
    kind: "device.continued" as const,
    device: device.kid,
    from: centre.device,
    storage: keys.storage() ?? ("passphrase" as const),
    people: people.map(({ id }) => id),
  };
  const made = centre.institution.demo ? await demonstrationKeys(people, device, { keys, env }) : undefined;
  const written = await journal.append(null, [{ body }, ...(made?.drafts ?? [])]);
  if (!written.ok) throw new Error(`going on was not written: ${written.error.code}`);
}

async function enrolAgain(
  centre: CentreRow,
  given: string | null,
  deps: RecoveryDeps,
): Answer<"centre.enrolAgain"> {
  const { journal, keys, registry } = deps;
  const device = keys.device();
  invariant(device && centre.continues, "a device that goes on has its key and a former one");
  const url = deps.registryUrl(centre);
  const code = given === null ? await registry.demonstrationCode(url) : ok(given);
  if (!code.ok) return refuse({ code: narrowed(code.error.code) });
  const keyset = await pinnedKeyset(journal);
  const asked = { url, code: code.value, device, continues: centre.continues };
  const enrolment = await requestEnrolment(asked, keyset, deps);
  if (!enrolment.ok) return refuse({ code: narrowed(enrolment.error.code) });
  const enrolled: EntryDraft = {
    body: { kind: "device.enrolled", device: device.kid },
    attachments: [enrolment.value.record],
  };
  const permit = await demonstrationPermit(centre, url, device, deps);
  if (!permit.ok) return refuse({ code: narrowed(permit.error.code) });
  const written = await journal.append(null, [enrolled, ...permit.value]);
  return written.ok ? ok({}) : refuse({ code: "journal.failed" });
}

/** The demonstration's keys are offered at once; everybody else's when they next sign in with their own PIN. */
async function demonstrationPermit(
  { institution }: CentreRow,
  url: string,
  device: Signer,
  { journal, keys, registry, env }: RecoveryDeps,
): Promise<Result<EntryDraft[], Refusal>> {
  if (!institution.demo) return ok([]);
  const made = await demonstrationKeys(journal.view.rows("people"), device, { keys, env });
  if (!made) return refuse({ code: "registry.no-demonstration" });
  const answer = await registry.addPeopleKeys(url, made.records);
  if (!answer.ok) return answer;
  const permit = permitDraft(answer.value.permit, (await pinnedKeyset(journal)).value);
  return permit.ok ? ok([permit.value]) : permit;
}

const ENROL_CODES = [
  "registry.unreachable",
  "registry.not-a-registry",
  "registry.not-loopback",
  "registry.no-demonstration",
  "enrolment.code-unknown",
  "enrolment.code-used",
] as const;

function narrowed(code: string): (typeof ENROL_CODES)[number] | "enrolment.refused" {
  return ENROL_CODES.find((one) => one === code) ?? "enrolment.refused";
}
