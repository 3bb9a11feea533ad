// Two laptops, one sheet, two versions: both are kept, and a supervisor says which counts (S12). Nothing is overwritten.
import {
  fractionToText,
  invariant,
  ok,
  refuse,
  type HashId,
  type PersonId,
  type Refusal,
  type Result,
} from "#shared/base";
import { countingOf, hasRole, type Sheet } from "#shared/exam";
import type { InputOf, WindowChannels } from "#shared/ipc";
import { stampOf } from "#shared/wire";
import type { CarrierDeps } from "./stick-ports.ts";
import { readyToSign } from "./signatures.ts";

export async function chooseVersion(
  { sheet: id, chosen, person, reason }: InputOf<WindowChannels["sheet.choose"]>,
  deps: Pick<CarrierDeps, "journal" | "keys" | "confirm" | "sessions">,
): Promise<Result<Record<string, never>, Refusal>> {
  const { journal, keys, confirm, sessions } = deps;
  const { view } = journal;
  const standing = view.read("sheets", id);
  const candidate = standing && view.read("candidates", standing.candidate);
  if (!standing || !candidate) return refuse({ code: "sheet.unknown" });
  const { examiner, signature } = standing;
  const beside = view
    .rows("versions")
    .filter(({ sheet }) => sheet.candidate === candidate.ref && sheet.examiner === examiner);
  const all = [
    ...(signature ? [shownOf(signature.hash, standing)] : []),
    ...beside.filter(({ hash }) => hash !== signature?.hash).map(({ hash, sheet }) => shownOf(hash, sheet)),
  ];
  if (all.length < 2 || !all.some(({ hash }) => hash === chosen))
    return refuse({ code: "sheet.one-version" });
  const row = view.read("people", person);
  if (!row || !maySettle(row, examiner)) return refuse({ code: "role.not-supervisor" });
  const ready = readyToSign(person, deps);
  if (!ready.ok) return ready;
  const done = await confirm.ask(
    ready.value.person,
    {
      kind: "versions",
      candidate: candidate.name,
      examiner: view.read("people", examiner)?.name ?? examiner,
      versions: all.map(({ hash, total, from, amended }) => ({
        stamp: stampOf(hash).code,
        total: fractionToText(total),
        here: from === null,
        amended,
        chosen: hash === chosen,
      })),
      reason,
    },
    async (pin): Promise<Result<void, Refusal>> => {
      const signer = await keys.unlockPerson(person, pin);
      if (!signer.ok) return signer;
      const written = await journal.append(sessions.current(), [
        {
          body: {
            kind: "sheet.chosen",
            sheet: id,
            sitting: standing.sitting,
            versions: beside.map(({ hash }) => hash),
            chosen,
            person,
            reason,
          },
        },
      ]);
      return written.ok ? ok(undefined) : written;
    },
  );
  return done.ok ? ok({}) : done;
}

/** Supervisor or leader, and never the person whose sheet it is. */
function maySettle(
  person: Parameters<typeof hasRole>[0] & { readonly id: PersonId },
  examiner: PersonId,
): boolean {
  return person.id !== examiner && (hasRole(person, "supervisor") || hasRole(person, "panelLeader"));
}

/** What would count with it: as signed, or as its last amendment has it. */
function shownOf(hash: HashId, sheet: Sheet) {
  const counting = countingOf(sheet);
  invariant(counting, "a version was signed");
  return { hash, total: counting.total, from: sheet.from, amended: counting.amendment !== null };
}
