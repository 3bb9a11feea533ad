// Every word of the report on institutions, in both languages.
import type { QualityIndicator } from "#shared/exam";
import type { Language } from "../publishing/language.ts";

export interface Words {
  readonly title: (period: string) => string;
  readonly lead: string;
  readonly compare: string;
  readonly withholding: (least: number) => string;
  readonly institution: string;
  readonly hits: string;
  readonly of: string;
  readonly perHundred: string;
  readonly interval: string;
  readonly all: string;
  readonly withheld: string;
  readonly missing: string;
  readonly none: string;
  readonly picture: (indicator: string) => string;
  readonly indicators: Readonly<Record<QualityIndicator, { readonly name: string; readonly what: string }>>;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  "zh-CN": {
    title: (period) => `评价机构质量情况公示 ${period}`,
    lead: "每一项都是“多少中的多少”。圆点是每百的数值，横线是 95% 区间：数量越少，横线越长。",
    compare: "横线重叠的机构之间不能据此分高下，因此不排名。",
    withholding: (least) =>
      `涉及个人的各项中，小于 ${String(least)} 的数（或余数小于 ${String(least)} 的数）可能指向个人，不予公布；可由合计推算出来的数也一并不公布。报送批次不涉及个人，全部公布。`,
    institution: "机构",
    hits: "数量",
    of: "总数",
    perHundred: "每百",
    interval: "95% 区间",
    all: "合计",
    withheld: "不公布",
    missing: "未报送",
    none: "没有可以图示的数值",
    picture: (indicator) => `${indicator}：各机构每百数值及 95% 区间，数据见下表`,
    indicators: {
      remarked: { name: "复评差异", what: "由他人复评的成绩单中，结果与原评分不同的" },
      severity: { name: "考评尺度", what: "评分份数足够的考评员中，宽严超出允许范围的" },
      appeals: { name: "申诉成立", what: "已处理的申诉中，成立的" },
      late: { name: "报送迟延", what: "应报送的批次中，迟报的" },
      flagged: { name: "确认的疑点", what: "考核场次中，有疑点并经督导员确认的" },
    },
  },
  en: {
    title: (period) => `Quality of assessment institutions ${period}`,
    lead: "Everything is so many of so many. The dot is the rate per hundred, the line its 95 % interval: the fewer there are, the longer the line.",
    compare: "Institutions whose lines overlap cannot be told apart by these figures, so nobody is ranked.",
    withholding: (least) =>
      `Where a figure is about people, counts below ${String(least)}, and counts that leave fewer than ${String(least)} out, could point to single ones and are not published; neither is what they could be worked out from. Batches are nobody, and all of them are told.`,
    institution: "Institution",
    hits: "Number",
    of: "Out of",
    perHundred: "Per hundred",
    interval: "95 % interval",
    all: "All",
    withheld: "withheld",
    missing: "not handed in",
    none: "There is nothing that could be drawn",
    picture: (indicator) =>
      `${indicator}: rate per hundred and 95 % interval of each institution; the figures are in the table below`,
    indicators: {
      remarked: {
        name: "Re-marking differences",
        what: "Of the sheets that others marked again, those that came to another mark",
      },
      severity: {
        name: "Examiners' severity",
        what: "Of the examiners with enough sheets, those stricter or milder than is allowed",
      },
      appeals: { name: "Appeals upheld", what: "Of the appeals that were decided, those upheld" },
      late: { name: "Sent late", what: "Of the batches that were due, those sent late" },
      flagged: {
        name: "Confirmed flags",
        what: "Of the sittings, those with a flag that a supervisor confirmed",
      },
    },
  },
};
