// Supervision on site (R23): a supervisor's notes and what they signed, as main reads them from the journal; and the signature, over the
// room as main counts it in that moment (rulings 2).
import {
  instantToDay,
  invariant,
  ok,
  refuse,
  type HashId,
  type Refusal,
  type Result,
  type SittingId,
} from "#shared/base";
import type { InputOf, VisitLine, WindowChannels } from "#shared/ipc";
import {
  admitVisit,
  batchWith,
  mayReadVisits,
  nameOf,
  visitorRefusal,
  wayIn,
  whyNot,
  type AdmittedVisit,
  type BatchRow,
  type SignedVisit,
} from "#shared/journal";
import { onSiteChecklist } from "#shared/rules";
import { signRecord } from "#shared/wire";
import type { Answer, Journal } from "./ports.ts";
import { nextOfChain, readyToSign, type SignatureDeps } from "./signatures.ts";
import type { Sessions } from "./sessions.ts";
import type { Supervision } from "./supervision.ts";

type Act<K extends keyof WindowChannels> = (input: InputOf<WindowChannels[K]>) => Answer<K>;

export interface Visits {
  readonly list: Act<"visit.list">;
  readonly sign: Act<"visit.sign">;
}

export type VisitDeps = SignatureDeps & Pick<ReadingDeps, "supervision">;

export function createVisits(deps: VisitDeps): Visits {
  return {
    list: ({ sitting }) => listVisits(sitting, deps),
    sign: ({ sitting }) => deps.serial(() => sign(sitting, deps)),
  };
}

export interface ReadingDeps {
  readonly journal: Pick<Journal, "view">;
  readonly sessions: Pick<Sessions, "current">;
  readonly supervision: Pick<Supervision, "visitsOf">;
}

export async function listVisits(
  id: SittingId,
  { journal: { view }, sessions, supervision }: ReadingDeps,
): Answer<"visit.list"> {
  const actor = sessions.current();
  if (actor === null) return refuse({ code: "session.none" });
  const sitting = view.read("sittings", id);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  const person = view.read("people", actor);
  if (!person || !mayReadVisits(person, sitting)) return refuse({ code: "role.not-supervising" });
  // Here the office reads what supervisors signed, and a supervisor their own notes alone.
  const mayNote = visitorRefusal(person, sitting) === null;
  const { notesOf, signedOf } = await supervision.visitsOf(id);
  const batches = view.rows("batches");
  const visits = signedOf(id).map((visit) => lineOf(visit, batches));
  return ok({ notes: mayNote ? notesOf(id, actor) : null, visits: visits.reverse() });
}

/** How far a visit is on its way to the registry, and what that said against it or against the whole batch. */
function lineOf(visit: SignedVisit, batches: readonly BatchRow[]): VisitLine {
  const batch = batchWith({ from: null, seq: visit.seq }, batches);
  const refusal = batch?.receipt ? whyNot(visit.seq, batch.receipt) : null;
  return { visit, way: wayIn(batch, refusal), refusal };
}

async function sign(id: SittingId, deps: VisitDeps): Answer<"visit.sign"> {
  const { journal, sessions, keys, confirm, env, supervision } = deps;
  const { view } = journal;
  const actor = sessions.current();
  if (actor === null) return refuse({ code: "session.none" });
  if (!view.read("sittings", id)) return refuse({ code: "sitting.unknown" });
  const { notesOf } = await supervision.visitsOf(id);
  const admitted = admitVisit(id, notesOf(id, actor), actor, instantToDay(env.clock().wall), view);
  if (!admitted.ok) return admitted;
  const ready = readyToSign(actor, deps);
  if (!ready.ok) return ready;
  const { sitting, report } = admitted.value;

  const done = await confirm.ask(
    ready.value.person,
    visitMatter(admitted.value, view),
    async (pin): Promise<Result<HashId, Refusal>> => {
      const signer = await keys.unlockPerson(actor, pin);
      if (!signer.ok) return signer;
      const chain = nextOfChain(journal);
      const visit = env.newSheetId();
      const signed = signRecord(
        "supervision",
        {
          v: 1,
          visitId: visit,
          ...chain,
          permit: ready.value.permit,
          exam: { id: sitting.id, rubric: sitting.rubric },
          report,
          at: env.clock(),
          by: { kid: signer.value.kid, role: "supervisor" },
          app: env.app,
        },
        [signer.value],
      );
      const written = await journal.append(actor, [
        {
          body: {
            ...{ kind: "visit.signed", visit, sitting: sitting.id, report },
            ...{ seq: chain.seq, hash: signed.hash, person: actor },
          },
          attachments: [signed.record],
        },
      ]);
      return written.ok ? ok(signed.hash) : written;
    },
  );
  return done.ok ? ok({ hash: done.value }) : done;
}

function visitMatter({ sitting, rubric, report }: AdmittedVisit, view: Journal["view"]) {
  const { items } = onSiteChecklist();
  return {
    kind: "visit" as const,
    ...{ rubricTitle: rubric.title, day: sitting.day, room: report.room },
    panel: report.panel.map(({ person, leader }) => ({ name: nameOf(person, view), leader })),
    answers: report.answers.map(({ item, answer, words }) => {
      const text = items.find(({ code }) => code === item)?.text;
      invariant(text, "what is admitted answers the list");
      return { text, answer, words };
    }),
    ...{ problems: report.problems, suggestions: report.suggestions },
  };
}
