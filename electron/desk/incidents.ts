// An incident, signed by whoever reports it, with their PIN in main's window over the words as they will stand (rulings 2 and 3).
import { invariant, ok, type Refusal, type Result } from "#shared/base";
import type { InputOf, WindowChannels } from "#shared/ipc";
import { admitIncident } from "#shared/journal";
import { signRecord } from "#shared/wire";
import type { Answer } from "./ports.ts";
import { nextOfChain, readyToSign, shownAs, type SignatureDeps } from "./signatures.ts";

export interface Incidents {
  record(asked: Asked): Answer<"incident.record">;
}

type Asked = InputOf<WindowChannels["incident.record"]>;

export function createIncidents(deps: SignatureDeps): Incidents {
  return { record: (asked) => deps.serial(() => record(asked, deps)) };
}

async function record({ sitting: id, report }: Asked, deps: SignatureDeps): Answer<"incident.record"> {
  const { journal, sessions, keys, confirm, env } = deps;
  const { view } = journal;
  const admitted = admitIncident(id, report, env.clock().wall, sessions.current(), view);
  if (!admitted.ok) return admitted;
  const { sitting, person } = admitted.value;
  const ready = readyToSign(person.id, deps);
  if (!ready.ok) return ready;
  const rubric = view.read("rubrics", sitting.rubric)?.rubric;
  const [role] = person.roles;
  invariant(rubric && role, "a prepared sitting has its rubric, and a person a role");

  const done = await confirm.ask(
    ready.value.person,
    {
      kind: "incident",
      rubricTitle: rubric.title,
      day: sitting.day,
      report: report.kind,
      tier: report.tier,
      happenedAt: report.happenedAt,
      candidates: report.candidates.flatMap((ref) => {
        const candidate = view.read("candidates", ref);
        return candidate ? [{ no: candidate.no, ...shownAs(candidate, sitting) }] : [];
      }),
      staff: report.staff.flatMap((one) => view.read("people", one)?.name ?? []),
      what: report.what,
      done: report.done,
    },
    async (pin): Promise<Result<void, Refusal>> => {
      const signer = await keys.unlockPerson(person.id, pin);
      if (!signer.ok) return signer;
      const chain = nextOfChain(journal);
      const incident = env.newSheetId();
      const signed = signRecord(
        "incident",
        {
          v: 1,
          incidentId: incident,
          ...chain,
          permit: ready.value.permit,
          exam: { id: sitting.id, rubric: sitting.rubric },
          report,
          at: env.clock(),
          by: { kid: signer.value.kid, role },
          app: env.app,
        },
        [signer.value],
      );
      const written = await journal.append(person.id, [
        {
          body: {
            ...{ kind: "incident.recorded", incident, sitting: sitting.id, report },
            ...{ seq: chain.seq, hash: signed.hash, person: person.id },
          },
          attachments: [signed.record],
        },
      ]);
      return written.ok ? ok(undefined) : written;
    },
  );
  return done.ok ? ok({}) : done;
}
