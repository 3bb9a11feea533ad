// One step of a sheet's story in a sentence: what was done, from what to what.
import { fractionToText, type PersonId } from "#shared/base";
import type { EvidenceItem, Review, Rubric, Sheet, SheetMarks } from "#shared/exam";
import type { Frame } from "#shared/journal";
import { begunMinutes, inputText, pauseText, type Text } from "../../i18n/index.ts";

export interface FrameWords {
  readonly rubric: Rubric;
  readonly nameOf: (person: PersonId) => string;
  /** Whose story it is. */
  readonly sheet: Sheet["id"];
  readonly examiner: PersonId;
}

export function frameText(
  t: Text,
  { entry: { body, actor } }: Frame,
  before: Sheet | null,
  { rubric, nameOf, sheet, examiner }: FrameWords,
): string {
  const marks: SheetMarks | null = before && (before.amending ?? before);
  const who = actor === null ? t("supervision.film.system") : nameOf(actor);
  switch (body.kind) {
    case "mark.set": {
      const item = rubric.items.find(({ no }) => no === body.item);
      const text = (input: SheetMarks["items"][string] | undefined) =>
        item ? inputText(t, item, input, rubric.step) : t("common.blank");
      return t("supervision.act.mark.set", {
        no: body.item,
        from: text(marks?.items[String(body.item)]),
        to: text(body.input ?? undefined),
      });
    }
    case "overtime.set":
      return t("supervision.act.overtime.set", {
        from: begunMinutes(marks?.overtimeMs ?? 0),
        to: begunMinutes(body.overtimeMs),
      });
    case "veto.set":
      return t(body.on ? "supervision.act.veto.on" : "supervision.act.veto.off", { code: body.code });
    case "note.set":
      return t("supervision.act.note.set", { text: body.text === "" ? t("common.blank") : body.text });
    case "sheet.paused":
      return t("supervision.act.sheet.paused", { name: who, reason: pauseText(t, body.reason) });
    case "sheet.resumed":
      return t("supervision.act.sheet.resumed", { name: who });
    case "evidence.added":
    case "evidence.removed":
      return t(`supervision.act.${body.kind}`, { about: aboutText(t, body.item) });
    case "sheet.transcribed": {
      const [first, second] = body.by;
      return t("supervision.act.sheet.transcribed", { first: nameOf(first), second: nameOf(second) });
    }
    case "transcription.returned":
      return t("supervision.act.transcription.returned", { name: who, reason: body.reason });
    case "sheet.signed":
      return body.sheet === sheet
        ? t("supervision.act.sheet.signed", { total: fractionToText(body.total) })
        : t("supervision.act.member.signed", { name: t("supervision.film.someone", { name: who }) });
    case "sheet.amended": {
      if (body.sheet !== sheet)
        return t("supervision.act.member.amended", { name: t("supervision.film.someone", { name: who }) });
      return t("supervision.act.sheet.amended", {
        total: fractionToText(body.total),
        reason: t(`amending.reasons.${body.reason}`),
        text: body.text,
        name: nameOf(body.approvedBy),
      });
    }
    case "amendment.received":
      return t("supervision.act.amendment.received", {
        total: fractionToText(body.amendment.total),
        reason: t(`amending.reasons.${body.amendment.reason}`),
        text: body.amendment.text,
      });
    case "sheet.received":
      return body.sheet.examiner !== examiner
        ? t("supervision.act.member.signed", {
            name: t("supervision.film.someone", { name: nameOf(body.sheet.examiner) }),
          })
        : t("supervision.act.sheet.received", { total: fractionToText(body.signature.total) });
    case "sheet.chosen":
      return t("supervision.act.sheet.chosen", { name: nameOf(body.person), reason: body.reason });
    case "divergence.settled":
    case "settlement.received":
      return t("supervision.act.divergence.settled", { name: nameOf(body.person), reason: body.reason });
    case "upholding.received":
      return t("supervision.act.sheet.upheld", { name: nameOf(body.examiner), reason: body.reason });
    case "sheet.upheld":
      return t(body.answers ? "supervision.act.sheet.answered" : "supervision.act.sheet.upheld", {
        name: who,
        reason: body.reason,
      });
    case "review.signed":
      return reviewText(t, body, who, nameOf);
    case "review.received":
      return reviewText(t, body.review, nameOf(body.review.person), nameOf);
    case "roster.changed":
    case "roster.change-received":
      return t("supervision.act.roster.changed", {
        change: t(`room.change.${body.change.kind}`),
        reason: body.reason,
        leader: nameOf(body.leader),
        confirmer: nameOf(body.confirmedBy),
      });
    case "identity.checked": {
      const result = t(body.matches ? "checkIn.states.matched" : "checkIn.states.mismatched");
      return t("supervision.act.identity.checked", {
        name: who,
        result: body.note === null ? result : `${result} · ${body.note}`,
      });
    }
    case "identity.check-undone":
      return t("supervision.act.identity.check-undone", { name: who });
    case "conflict.declared":
      return body.candidates.length === 0
        ? t("supervision.act.conflict.none")
        : t("supervision.act.conflict.some", { count: body.candidates.length });
    case "clock.changed":
      return t("supervision.act.clock.changed", { seconds: Math.round(Math.abs(body.byMs) / 1000) });
    case "panel.changed": {
      const { leaves, joins, reason } = body;
      return t("supervision.act.panel.changed", { leaves: nameOf(leaves), joins: nameOf(joins), reason });
    }
    default:
      return t.maybe(`supervision.act.${body.kind}`) ?? t("supervision.act.other", { kind: body.kind });
  }
}

/** What was decided, about what, by whom, and what was asked. */
function reviewText(
  t: Text,
  {
    subject,
    decision,
    reason,
    question,
    second,
  }: Pick<Review, "subject" | "decision" | "reason" | "question" | "second">,
  who: string,
  nameOf: FrameWords["nameOf"],
): string {
  const said = {
    decision: t(`review.decision.kind.${decision}`),
    name: second ? [who, nameOf(second.person)].join(" · ") : who,
    reason,
  };
  return [
    t(`supervision.act.review.${subject.kind}`, said),
    ...(question === null ? [] : [t("review.decisions.question", { question })]),
  ].join(" ");
}

/** What it takes back, where it does. */
export function takenBack({ entry: { body } }: Frame): number | null {
  return "undoes" in body ? (body.undoes ?? null) : null;
}

/** The item that a step is about. */
export function itemOf({ entry: { body } }: Frame): number | null {
  if (body.kind === "mark.set") return body.item;
  return body.kind === "evidence.added" || body.kind === "evidence.removed" ? body.item : null;
}

function aboutText(t: Text, item: EvidenceItem): string {
  return item === null ? t("evidence.ofSheet") : t("evidence.ofItem", { no: item });
}
