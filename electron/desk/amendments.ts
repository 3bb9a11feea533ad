// A signed sheet amended (R46): its author and somebody who holds an office sign the same record, each in main's window with
// their own PIN, over what this journal has of the amendment. Main asks the gate twice: before anybody is asked for a PIN, and
// when both have typed theirs.
import {
  fractionToText,
  invariant,
  multiply,
  ok,
  refuse,
  type Fraction,
  type HashId,
  type Refusal,
  type Result,
} from "#shared/base";
import type { Signer } from "#shared/crypto";
import type { Rubric, SheetMarks } from "#shared/exam";
import type { ConfirmMatter, InputOf, WindowChannels } from "#shared/ipc";
import { admitAmendment, changedItems, type AdmittedAmendment } from "#shared/journal";
import { scoreItem, totalOf } from "#shared/rules";
import { inputsToSheetItems, signRecord } from "#shared/wire";
import type { Answer } from "./ports.ts";
import { nextOfChain, readyToSign, shownAs, type SignatureDeps } from "./signatures.ts";

export interface Amendments {
  amend(asked: Asked): Answer<"sheet.requestAmendment">;
}

type Asked = InputOf<WindowChannels["sheet.requestAmendment"]>;

export function createAmendments(deps: SignatureDeps): Amendments {
  return { amend: (asked) => deps.serial(() => amend(asked, deps)) };
}

async function amend(asked: Asked, deps: SignatureDeps): Answer<"sheet.requestAmendment"> {
  const { journal, sessions, keys, confirm } = deps;
  const admitted = admitAmendment(asked, sessions.current(), journal.view);
  if (!admitted.ok) return admitted;
  const { author, approver, office } = admitted.value;
  // Not for the sitting alone: a registry takes an amendment only from keys that the permit names.
  const ready = readyToSign(author.id, deps);
  if (!ready.ok) return ready;
  const approving = readyToSign(approver.id, deps);
  if (!approving.ok) return refuse({ code: "amendment.approver-not-permitted" });

  const matter = matterOf(admitted.value, asked);
  const byAuthor = await confirm.ask(ready.value.person, { ...matter, as: "author" }, (pin) =>
    keys.unlockPerson(author.id, pin),
  );
  if (!byAuthor.ok) return byAuthor;
  const done = await confirm.ask(
    approving.value.person,
    { ...matter, as: office },
    async (pin): Promise<Result<HashId, Refusal>> => {
      const byApprover = await keys.unlockPerson(approver.id, pin);
      if (!byApprover.ok) return byApprover;
      const still = admitAmendment(asked, author.id, journal.view);
      // The draft stays behind, and the window says what to do with it.
      if (!still.ok) return refuse({ code: "amendment.stale" });
      const signers = { author: byAuthor.value, approver: byApprover.value };
      return writeAmendment(still.value, asked, ready.value.permit, signers, deps);
    },
  );
  return done.ok ? ok({ hash: done.value }) : done;
}

async function writeAmendment(
  { sheet, draft, candidate, rubric, author, approver, office }: AdmittedAmendment,
  { reason, text }: Asked,
  permit: HashId,
  signers: { readonly author: Signer; readonly approver: Signer },
  { journal, env }: SignatureDeps,
): Promise<Result<HashId, Refusal>> {
  const { total } = totalOf(rubric, draft.items, draft.overtimeMs);
  const chain = nextOfChain(journal);
  const { vetoes, overtimeMs, note, basis } = draft;
  invariant(sheet.signature, "only a signed sheet is amended");
  const signed = signRecord(
    "amendment",
    {
      v: 1,
      amendId: env.newSheetId(),
      ...chain,
      permit,
      exam: { id: sheet.sitting, rubric: sheet.rubric },
      candidate: { ref: candidate.ref },
      target: sheet.signature.hash,
      ...{ basis, reason, text },
      new: { items: inputsToSheetItems(rubric, draft.items), overtimeMs, vetoes, total, note },
      at: env.clock(),
      by: { kid: signers.author.kid, role: "examiner" },
      approvedBy: { kid: signers.approver.kid, role: office },
      app: env.app,
    },
    [signers.author, signers.approver],
  );
  const written = await journal.append(author.id, [
    {
      body: {
        ...{ kind: "sheet.amended", sheet: sheet.id, sitting: sheet.sitting, seq: chain.seq },
        ...{ hash: signed.hash, reason, text, total, approvedBy: approver.id, office },
      },
      attachments: [signed.record],
    },
  ]);
  return written.ok ? ok(signed.hash) : written;
}

type AmendmentMatter = Extract<ConfirmMatter, { kind: "amendment" }>;

/** What changes, old beside new; what does not is counted. */
function matterOf(
  { draft, former, candidate, sitting, rubric, author, approver }: AdmittedAmendment,
  { reason, text }: Asked,
): Omit<AmendmentMatter, "as"> {
  const both = <T>(read: (marks: SheetMarks) => T): [T, T] => [read(former.marks), read(draft)];
  const changed = changedItems(rubric, former.marks, draft);
  const ifChanged = <T>(pair: [T, T]) => (JSON.stringify(pair[0]) === JSON.stringify(pair[1]) ? null : pair);
  return {
    kind: "amendment",
    ...shownAs(candidate, sitting),
    rubricTitle: rubric.title,
    author: author.name,
    approver: approver.name,
    items: rubric.items
      .filter(({ no }) => changed.includes(no))
      .map((item) => ({
        item,
        inputs: both(({ items }) => {
          const input = items[String(item.no)];
          invariant(input, "an amendment has every item");
          return input;
        }),
        marks: both(({ items }) => pointsOf(scoreItem(item, items[String(item.no)]), rubric)),
      })),
    unchanged: rubric.items.length - changed.length,
    step: rubric.step,
    overtimeMinutes: ifChanged(both(({ overtimeMs }) => Math.ceil(overtimeMs / 60_000))),
    vetoes: ifChanged(both(({ vetoes }) => [...vetoes])),
    note: ifChanged(both(({ note }) => note)),
    totals: [
      fractionToText(former.total),
      fractionToText(totalOf(rubric, draft.items, draft.overtimeMs).total),
    ],
    ...{ reason, text },
  };
}

function pointsOf(steps: Fraction | null, { step }: Pick<Rubric, "step">): string {
  invariant(steps, "a complete item has a mark");
  return fractionToText(multiply(steps, step));
}
