// A supervisor decides about what a panel signed (R23, R46, R76), alone or with a second person, each in main's window with their
// own PIN and over what this journal has. It needs no network and no other laptop. Main asks the gate before anybody is asked for
// a PIN and again when all have typed theirs.
import {
  fractionToText,
  InstantMs,
  instantToDay,
  invariant,
  ok,
  refuse,
  type HashId,
  type Refusal,
  type Result,
} from "#shared/base";
import type { Signer } from "#shared/crypto";
import { countingOf, type Review, type Sheet } from "#shared/exam";
import type { ConfirmMatter, InputOf, ReviewLine, ReviewWay, WindowChannels } from "#shared/ipc";
import {
  admitReview,
  batchWith,
  isAmendedSince,
  mayListReviews,
  maySeeReview,
  recordsOfSitting,
  remarkersOf,
  reviewState,
  wayIn,
  type AdmittedReview,
  type BatchRow,
  type JournalView,
} from "#shared/journal";
import { reviewEffect } from "#shared/rules";
import { signRecord } from "#shared/wire";
import type { Answer } from "./ports.ts";
import { asShown, nextOfChain, readyToSign, shownAs, type SignatureDeps } from "./signatures.ts";

type Asked = InputOf<WindowChannels["review.decide"]>;

export interface Reviews {
  decide(asked: Asked): Answer<"review.decide">;
  list(input: InputOf<WindowChannels["review.list"]>): Answer<"review.list">;
}

export function createReviews(deps: SignatureDeps): Reviews {
  const { journal, sessions, serial } = deps;
  return {
    decide: (asked) => serial(() => decide(asked, deps)),
    list: ({ sitting }) => {
      const { view } = journal;
      const [person, row] = [sessions.current(), view.read("sittings", sitting)];
      if (person === null) return Promise.resolve(refuse({ code: "session.none" }));
      if (!row) return Promise.resolve(refuse({ code: "sitting.unknown" }));
      if (!mayListReviews(person, row, view))
        return Promise.resolve(refuse({ code: "role.not-supervising" }));
      const of = recordsOfSitting(sitting, view);
      const reviews = reviewLines(sitting, view).filter(({ review }) =>
        maySeeReview(review, person, row, of, view),
      );
      return Promise.resolve(ok({ reviews }));
    },
  };
}

async function decide(asked: Asked, deps: SignatureDeps): Answer<"review.decide"> {
  const { journal, sessions, keys, confirm, env } = deps;
  const actor = sessions.current();
  const admit = () =>
    admitReview(asked, actor, instantToDay(InstantMs.parse(env.clock().wall)), journal.view);
  const admitted = admit();
  if (!admitted.ok) return admitted;
  const { person, second } = admitted.value;
  // Not for the sitting alone: a registry takes a decision only from keys that the permit names.
  const ready = readyToSign(person.id, deps);
  if (!ready.ok) return ready;
  if (second && !readyToSign(second.row.id, deps).ok) return refuse({ code: "review.second-not-permitted" });

  const matter = matterOf(admitted.value, asked, journal.view);
  const write = async (signers: readonly Signer[]): Promise<Result<HashId, Refusal>> => {
    const shown = admitted.value;
    const still = asShown(
      admit(),
      ({ basis, follows }) => basis === shown.basis && follows?.hash === shown.follows?.hash,
    );
    return still.ok ? writeReview(still.value, asked, ready.value.permit, signers, deps) : still;
  };
  const alone = () =>
    confirm.ask(person, { ...matter, as: "first" }, async (pin): Promise<Result<HashId, Refusal>> => {
      const signer = await keys.unlockPerson(person.id, pin);
      return signer.ok ? write([signer.value]) : signer;
    });
  const together = async ({ row, office }: NonNullable<AdmittedReview["second"]>) => {
    const first = await confirm.ask(person, { ...matter, as: "first" }, (pin) =>
      keys.unlockPerson(person.id, pin),
    );
    if (!first.ok) return first;
    return confirm.ask(row, { ...matter, as: office }, async (pin): Promise<Result<HashId, Refusal>> => {
      const signer = await keys.unlockPerson(row.id, pin);
      return signer.ok ? write([first.value, signer.value]) : signer;
    });
  };
  const done = await (second === null ? alone() : together(second));
  return done.ok ? ok({ hash: done.value }) : done;
}

async function writeReview(
  { sitting, basis, follows, person, second }: AdmittedReview,
  { subject, decision, reason, question, flags }: Asked,
  permit: HashId,
  signers: readonly Signer[],
  { journal, env }: SignatureDeps,
): Promise<Result<HashId, Refusal>> {
  const chain = nextOfChain(journal);
  const [by, seconding] = signers;
  invariant(by, "a supervisor signs");
  const signed = signRecord(
    "review",
    {
      v: 1,
      reviewId: env.newSheetId(),
      ...chain,
      permit,
      exam: { id: sitting.id, rubric: sitting.rubric },
      ...{ subject, basis, flags, decision, reason },
      ...(follows ? { follows: follows.hash } : {}),
      ...(question === null ? {} : { question }),
      at: env.clock(),
      by: { kid: by.kid, role: "supervisor" },
      ...(second && seconding ? { second: { kid: seconding.kid, role: second.office } } : {}),
      app: env.app,
    },
    signers,
  );
  const written = await journal.append(person.id, [
    {
      body: {
        ...{ kind: "review.signed", hash: signed.hash, seq: chain.seq, sitting: sitting.id, subject, basis },
        ...{ follows: follows?.hash ?? null, flags, decision, reason, question },
        second: second && { person: second.row.id, office: second.office },
      },
      attachments: [signed.record],
    },
  ]);
  return written.ok ? ok(signed.hash) : written;
}

type ReviewMatter = Extract<ConfirmMatter, { kind: "review" }>;

/** Of a whole sitting a person is shown so many of the sheets, and how many more there are. */
const SHOWN_SHEETS = 40;

function matterOf(
  { sitting, rubric, candidate, sheets, absent, follows, person, second }: AdmittedReview,
  { decision, reason, question, flags }: Asked,
  view: JournalView,
): Omit<ReviewMatter, "as"> {
  return {
    kind: "review",
    rubricTitle: rubric.title,
    day: sitting.day,
    about: candidate && shownAs(candidate, sitting),
    sheets: sheets.slice(0, SHOWN_SHEETS).map((sheet) => sheetLine(sheet, view)),
    more: Math.max(0, sheets.length - SHOWN_SHEETS),
    absent,
    ...{ decision, replaced: follows?.decision ?? null, flags, reason, question },
    person: person.name,
    second: second?.row.name ?? null,
  };
}

function sheetLine(sheet: Sheet, view: JournalView) {
  const counting = countingOf(sheet);
  invariant(counting, "a sheet that is looked at was signed");
  return {
    examiner: view.read("people", sheet.examiner)?.name ?? sheet.examiner,
    total: fractionToText(counting.total),
    vetoes: [...sheet.vetoes],
    amended: counting.amendment !== null,
  };
}

/** What was decided about a sitting, the newest first, and how far each decision is. */
export function reviewLines(id: Review["sitting"], view: JournalView): ReviewLine[] {
  const of = recordsOfSitting(id, view);
  const sitting = view.read("sittings", id);
  invariant(sitting, "the sitting was asked for");
  const people = view.rows("people");
  const batches = view.rows("batches").filter(({ kind }) => kind === "reviews");
  return [...of.reviews]
    .sort((a, b) => b.heldSeq - a.heldSeq)
    .map((review) => {
      const { standing, next } = reviewState(review.subject, of);
      const stands = standing?.hash === review.hash;
      const isSentOn = stands && reviewEffect(review.decision).next === "panel";
      return {
        review,
        way: wayOf(review, batches),
        stands,
        answered: !stands && isReturned(review) && isAmendedSince(review, of),
        next: stands ? next : null,
        remarkers: isSentOn ? remarkersOf(sitting, review, people).map((one) => one.id) : [],
      };
    });
}

function isReturned({ decision, refused }: Review): boolean {
  return refused === null && reviewEffect(decision).next === "examiner";
}

/** By the batch it is in, own or carried; another laptop may keep that to itself. */
function wayOf(review: Review, batches: readonly BatchRow[]): ReviewWay {
  const batch = batchWith(review, batches);
  const isUnknown = !batch && review.refused === null && review.from !== null;
  return isUnknown ? "unknown" : wayIn(batch, review.refused);
}
