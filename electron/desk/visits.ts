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
  mayReadVisits,
  nameOf,
  visitorRefusal,
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

export interface VisitReading {
  readonly list: Act<"visit.list">;
  readonly count: Act<"visit.count">;
}

export interface Visits extends VisitReading {
  readonly sign: Act<"visit.sign">;
}

export type VisitDeps = SignatureDeps & Pick<ReadingDeps, "supervision">;

export function createVisits(deps: VisitDeps): Visits {
  return { ...createVisitReading(deps), sign: ({ sitting }) => deps.serial(() => sign(sitting, deps)) };
}

export interface ReadingDeps {
  readonly journal: Pick<Journal, "view">;
  readonly sessions: Pick<Sessions, "current">;
  readonly supervision: Pick<Supervision, "visitsOf">;
}

export function createVisitReading({ journal, sessions, supervision }: ReadingDeps): VisitReading {
  const { view } = journal;
  const linesOf = async (sitting: SittingId) =>
    (await supervision.visitsOf(sitting)).signedOf(sitting).map((visit) => lineOf(visit, view));
  return {
    list: async ({ sitting: id }) => {
      const actor = sessions.current();
      if (actor === null) return refuse({ code: "session.none" });
      const sitting = view.read("sittings", id);
      if (!sitting) return refuse({ code: "sitting.unknown" });
      const person = view.read("people", actor);
      if (!person || !mayReadVisits(person, sitting)) return refuse({ code: "role.not-supervising" });
      // The office files what supervisors signed, and reads nobody's notes.
      const mayNote = visitorRefusal(person, sitting) === null;
      const { notesOf } = await supervision.visitsOf(id);
      return ok({ notes: mayNote ? notesOf(id, actor) : null, visits: (await linesOf(id)).reverse() });
    },

    count: async ({ sitting: id }) => {
      if (sessions.current() === null) return refuse({ code: "session.none" });
      if (!view.read("sittings", id)) return refuse({ code: "sitting.unknown" });
      const lines = await linesOf(id);
      return ok({ unsealed: lines.filter(({ way }) => way === "signed").length });
    },
  };
}

/** How far a visit is on its way to the registry, and what that said against it. */
function lineOf(visit: SignedVisit, view: Journal["view"]): VisitLine {
  const batch = view.rows("batches").find((one) => !one.carried && isIn(visit, one));
  const refusal = batch?.receipt?.notes.find(({ seq }) => seq === visit.seq)?.code ?? null;
  return { visit, way: refusal === null ? wayIn(batch) : "refused", refusal };
}

function isIn({ seq }: SignedVisit, { range }: BatchRow): boolean {
  return seq >= range.first && seq <= range.last;
}

function wayIn(batch: BatchRow | undefined): VisitLine["way"] {
  if (!batch) return "signed";
  if (!batch.receipt) return "sealed";
  return batch.anchored ? "anchored" : "acknowledged";
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
