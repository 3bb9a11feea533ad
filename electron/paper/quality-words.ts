// The words of the report on a centre's quality, which is read by people who never saw the screen.
import type { Words } from "#shared/exam";
import type { PublishedShareName } from "#shared/journal";
import type { FlagCode, WithheldWhy } from "#shared/rules";

export const qualityWords = {
  title: { zh: "质量情况公示", en: "Report on quality" },
  year: { zh: "年份", en: "Year" },
  sittings: { zh: "场次", en: "Sittings" },
  signed: { zh: "已签名的评分表", en: "Signed score sheets" },
  source: {
    zh: "只算生成本报告的电脑上有的记录。",
    en: "Counted from what lay on the laptop that made this report.",
  },
  reading: {
    zh: "圆点是每百的数值，横线是 95% 区间：数量越少，横线越长。区间把各份评分表当作互不相关。",
    en: "The dot is the rate per hundred, the line its 95 % interval: the fewer there are, the longer the line. Intervals take sheets as unrelated.",
  },
  shares: { zh: "多少中的多少", en: "So many of so many" },
  flags: { zh: "每百份评分表的督导提示", en: "Supervision flags per hundred sheets" },
  flagsAre: {
    zh: "提示是请人去看的问题，不是结论。",
    en: "A flag is a question to be looked at and no finding.",
  },
  noFlags: { zh: "没有提示。", en: "There was none." },
  delays: { zh: "及时性", en: "Timeliness" },
  what: { zh: "内容", en: "What" },
  hits: { zh: "数量", en: "Number" },
  of: { zh: "总数", en: "Out of" },
  perHundred: { zh: "每百", en: "Per hundred" },
  interval: { zh: "95% 区间", en: "95 % interval" },
  low: { zh: "区间下限", en: "Interval from" },
  high: { zh: "区间上限", en: "Interval to" },
  why: { zh: "不公布的原因", en: "Why withheld" },
  withheld: { zh: "不公布", en: "withheld" },
  none: { zh: "没有", en: "none" },
  sealing: { zh: "从签名到封存（评分表）", en: "From signature to sealing (sheets)" },
  receipt: { zh: "从封存到登记中心回执（批次）", en: "From sealing to the registry's receipt (batches)" },
  shortest: { zh: "最短（小时）", en: "Shortest (h)" },
  middle: { zh: "一半不超过（小时）", en: "Half within (h)" },
  longest: { zh: "最长（小时）", en: "Longest (h)" },
  open: { zh: "尚未", en: "Not yet" },
  doubtful: { zh: "时钟有误，不计", en: "Clock wrong, not counted" },
  notTold: { zh: "没有公布的数", en: "What is not told" },
  allTold: { zh: "全部公布。", en: "Everything is told." },
  people: {
    zh: "本报告不含任何考评员或考生的姓名和单人数值。",
    en: "This report has no name and no single figure of any examiner or candidate.",
  },
} as const satisfies Readonly<Record<string, Words>>;

export const shareWords: Readonly<
  Record<PublishedShareName, { readonly name: Words; readonly what: Words }>
> = {
  rechecked: {
    name: { zh: "复核更正", en: "Corrected by a recheck" },
    what: { zh: "成绩复核中，结果更正的", en: "Of the rechecks, those that corrected the result" },
  },
  lookedAgain: {
    name: { zh: "再看后改分", en: "Changed on a second look" },
    what: {
      zh: "由评分人再看一遍的评分表中，合计改变的",
      en: "Of the sheets their examiner looked at again, those that came to another total",
    },
  },
  amended: {
    name: { zh: "更正成立", en: "Amendments that stand" },
    what: { zh: "两人签名的更正中，成立的", en: "Of the amendments signed by two, those that count" },
  },
  appealed: {
    name: { zh: "申诉成立", en: "Appeals upheld" },
    what: {
      zh: "已签名的评分表中，因申诉成立而更正的",
      en: "Of the signed sheets, those amended because an appeal was upheld",
    },
  },
  severity: {
    name: { zh: "考评尺度", en: "Severity" },
    what: {
      zh: "份数足够的考评员中，整个区间在允许范围之外的",
      en: "Of the examiners with enough sheets, those whose whole interval lies beyond what is allowed",
    },
  },
};

export function whyWords(why: WithheldWhy, least: number): Words {
  const n = String(least);
  return {
    few: { zh: `总数小于 ${n}`, en: `out of fewer than ${n}` },
    small: { zh: `数量小于 ${n}`, en: `a count below ${n}` },
    rest: { zh: `余下的小于 ${n}`, en: `leaves fewer than ${n} out` },
  }[why];
}

export const flagTitles: Readonly<Record<FlagCode, Words>> = {
  "too-fast": { zh: "评得过快", en: "Marked too fast" },
  "straight-lining": { zh: "连续评得一样", en: "Judged alike in a row" },
  "late-changes": { zh: "评完后集中改分", en: "Changes after the sheet was whole" },
  "changed-after-reveal": { zh: "公开之后改分", en: "Changed after the sheets lay open" },
  divergence: { zh: "评分相差过大", en: "Sheets too far apart" },
  "examiner-severity": { zh: "一贯偏严或偏宽", en: "Stricter or milder throughout" },
  "identical-sheets": { zh: "不同考生的评分表雷同", en: "The same sheet for different candidates" },
  "identical-photographs": { zh: "同一张照片用于不同考生", en: "One photograph for different candidates" },
  "veto-without-evidence": { zh: "否定项没有照片", en: "A veto without a photograph" },
  "evidence-missing": { zh: "照片不够", en: "Too few photographs" },
  "clock-changed": { zh: "评分时电脑时间被改", en: "The clock was changed during marking" },
  "conflict-late": { zh: "打开评分表后才声明回避", en: "A conflict declared after the sheet was opened" },
  "examiner-uncovered": { zh: "考评员资格不覆盖本场", en: "The examiner's card does not cover the sitting" },
  "long-pause": { zh: "评分中断很久", en: "A long pause on an open sheet" },
  "sequence-gap": { zh: "签名记录缺号", en: "A signed record is missing" },
  "pass-rate": { zh: "合格率异常", en: "An unusual pass rate" },
};
