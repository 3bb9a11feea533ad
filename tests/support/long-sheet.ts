// A sheet that is hard to print: forty elements of every kind, names and a comment of full length, a candidate with rare
// characters, and an amendment by two.
import type { SheetId } from "#shared/base";
import type { Rubric, RubricItem, Words } from "#shared/exam";
import { totalOf } from "#shared/rules";
import {
  aPreparedDay,
  candidateRef,
  everyKindRubric,
  fullInputs,
  nextSeq,
  personId,
  sheetId,
  testHash,
  type PreparedDay,
} from "./journal-builders.ts";

const LONG_ZH = "表面清理至胎釉本色，接缝处无残胶、无缺失，补配部位形态与纹饰连贯，色泽过渡自然，可再处理";
const LONG_EN =
  "cleaned to the body and glaze, joints without residue or loss, fills continuous in shape and ornament, retouching graded and removable";
export const LONG_NOTE = "评语：䂮䶮在补配与做色中分层上色，阿依古丽·买买提复核了接缝。"
  .repeat(29)
  .slice(0, 1000);

const long = (no: number, { zh, en }: Words): Words => ({
  zh: `${zh}${String(no)}：${LONG_ZH}`,
  en: `${en} ${String(no)}: ${LONG_EN}`,
});

/** Forty elements, eight of each kind. */
export function fortyItemRubric(): Rubric {
  const kinds = everyKindRubric().items;
  const items = Array.from({ length: 40 }, (_, at): RubricItem => {
    const item = kinds[at % kinds.length];
    if (!item) throw new Error("no item");
    return { ...item, no: at + 1, max: 5, text: long(at + 1, item.text) };
  });
  return { ...everyKindRubric(), code: "TEST-FORTY", items };
}

export interface LongDay {
  readonly day: PreparedDay;
  readonly sheet: SheetId;
}

/** Of the third candidate, whose name is 䂮䶮: signed, and then one element and the comment amended. */
export function aLongSheet(): LongDay {
  const rubric = fortyItemRubric();
  const day = aPreparedDay({ rubric, candidates: 4, panel: 2 });
  const { journal, sitting, rubric: hash } = day;
  const [author, approver] = [personId(1), personId(4)];
  const sheet = sheetId(journal.entries.length);
  journal.append({ kind: "sheet.opened", sheet, sitting, candidate: candidateRef(3), rubric: hash }, author);
  const inputs = fullInputs(rubric);
  for (const [no, input] of Object.entries(inputs))
    journal.append({ kind: "mark.set", sheet, item: Number(no), input }, author);
  journal.append({ kind: "note.set", sheet, text: LONG_NOTE }, author);
  const signed = testHash("signed");
  const seq = nextSeq(journal);
  const { total } = totalOf(rubric, inputs, 0);
  journal.append({ kind: "sheet.signed", sheet, seq, hash: signed, total }, author);

  journal.append({ kind: "amendment.opened", sheet, basis: signed }, author);
  const input = { kind: "JUDGE", level: 1 } as const;
  journal.append({ kind: "mark.set", sheet, item: 3, input }, author);
  const amended = testHash("amended");
  journal.append(
    {
      ...{ kind: "sheet.amended", sheet, sitting, seq: seq + 1, hash: amended, reason: "transcription" },
      ...{ text: "三级误记为一级以外", approvedBy: approver, office: "supervisor" },
      total: totalOf(rubric, { ...inputs, "3": input }, 0).total,
    },
    author,
  );
  return { day, sheet };
}
