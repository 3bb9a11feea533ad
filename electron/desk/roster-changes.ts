// A change of the roster on the day (rulings 3): the panel's leader and a second person, who is supervisor or administrator, sign
// the same record, each in main's window with their own PIN, over what this journal has of the candidates. Main asks the gate
// twice: before anybody is asked for a PIN, and when both have typed theirs.
import { invariant, ok, refuse, type HashId, type Refusal, type Result } from "#shared/base";
import type { Signer } from "#shared/crypto";
import type { ConfirmMatter, InputOf, WindowChannels } from "#shared/ipc";
import { admitRosterChange, type AdmittedChange } from "#shared/journal";
import { signRecord } from "#shared/wire";
import type { Answer } from "./ports.ts";
import { asShown, nextOfChain, readyToSign, shownAs, type SignatureDeps } from "./signatures.ts";

export interface RosterChanges {
  change(asked: Asked): Answer<"roster.requestChange">;
}

type Asked = InputOf<WindowChannels["roster.requestChange"]>;

export function createRosterChanges(deps: SignatureDeps): RosterChanges {
  return { change: (asked) => deps.serial(() => change(asked, deps)) };
}

async function change(asked: Asked, deps: SignatureDeps): Answer<"roster.requestChange"> {
  const { journal, sessions, keys, confirm } = deps;
  const actor = sessions.current();
  const admitted = admitRosterChange(asked, actor, journal.view);
  if (!admitted.ok) return admitted;
  const { leader, confirmer, office } = admitted.value;
  const ready = readyToSign(leader.id, deps);
  if (!ready.ok) return ready;
  const confirming = readyToSign(confirmer.id, deps);
  if (!confirming.ok) return refuse({ code: "roster.confirmer-not-permitted" });

  const matter = matterOf(admitted.value, asked, deps);
  const byLeader = await confirm.ask(ready.value.person, { ...matter, as: "panelLeader" }, (pin) =>
    keys.unlockPerson(leader.id, pin),
  );
  if (!byLeader.ok) return byLeader;
  const done = await confirm.ask(
    confirming.value.person,
    { ...matter, as: office },
    async (pin): Promise<Result<HashId, Refusal>> => {
      const byConfirmer = await keys.unlockPerson(confirmer.id, pin);
      if (!byConfirmer.ok) return byConfirmer;
      const still = asShown(admitRosterChange(asked, actor, journal.view));
      if (!still.ok) return still;
      const signers = { leader: byLeader.value, confirmer: byConfirmer.value };
      return writeChange(still.value, asked.reason, ready.value.permit, signers, deps);
    },
  );
  return done.ok ? ok({ hash: done.value }) : done;
}

async function writeChange(
  { sitting, change: changed, leader, confirmer, office }: AdmittedChange,
  reason: string,
  permit: HashId,
  signers: { readonly leader: Signer; readonly confirmer: Signer },
  { journal, env, sessions }: SignatureDeps,
): Promise<Result<HashId, Refusal>> {
  const chain = nextOfChain(journal);
  const signed = signRecord(
    "delta",
    {
      v: 1,
      ...chain,
      permit,
      exam: { id: sitting.id, rubric: sitting.rubric },
      change: changed,
      reason,
      at: env.clock(),
      by: { kid: signers.leader.kid, role: "panelLeader" },
      confirmedBy: { kid: signers.confirmer.kid, role: office },
      app: env.app,
    },
    [signers.leader, signers.confirmer],
  );
  const written = await journal.append(sessions.current(), [
    {
      body: {
        ...{ kind: "roster.changed", sitting: sitting.id, change: changed, reason },
        ...{ seq: chain.seq, hash: signed.hash },
        ...{ leader: leader.id, confirmedBy: confirmer.id, office },
      },
      attachments: [signed.record],
    },
  ]);
  return written.ok ? ok(signed.hash) : written;
}

type ChangeMatter = Extract<ConfirmMatter, { kind: "roster-change" }>;

function matterOf(
  { sitting, change: changed, candidates, leader, confirmer }: AdmittedChange,
  { reason }: Asked,
  { journal }: SignatureDeps,
): Omit<ChangeMatter, "as"> {
  const { view } = journal;
  const moves = "moves" in changed ? changed.moves : [];
  const sheets = view.rowsOf("sheets", sitting.id);
  const refs = candidates.map(({ ref }) => ref);
  const rubric = view.read("rubrics", sitting.rubric)?.rubric;
  invariant(rubric, "a prepared sitting has its rubric");
  return {
    kind: "roster-change",
    change: changed.kind,
    rubricTitle: rubric.title,
    day: sitting.day,
    candidates: candidates.map((candidate) => ({
      ...shownAs(candidate, sitting),
      no: candidate.no,
      from: candidate.rotation,
      to: moves.find((move) => move.candidate === candidate.ref)?.to ?? null,
    })),
    // What the people who confirm should know of: it is kept, and makes no mark.
    begun: sheets.filter(({ candidate, signature }) => refs.includes(candidate) && signature === null).length,
    signed: sheets.filter(({ candidate, signature }) => refs.includes(candidate) && signature !== null)
      .length,
    reason,
    leader: leader.name,
    confirmer: confirmer.name,
  };
}
