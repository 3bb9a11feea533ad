// What is published of a draw, and what an inspection asks, in both languages. The matters are the scorecard's (domain 8.4).
import type { InspectionMatter } from "#shared/exam";
import type { Language } from "../publishing/language.ts";

export const MATTERS: readonly {
  readonly code: InspectionMatter;
  readonly zh: string;
  readonly en: string;
}[] = [
  { code: "organisation", zh: "组织与人员", en: "Organisation and staff" },
  { code: "venue", zh: "场地与设备", en: "Venues and equipment" },
  { code: "papers", zh: "题库与试卷", en: "Item bank and papers" },
  { code: "conduct", zh: "考核实施", en: "Conduct of examinations" },
  { code: "discipline", zh: "考评人员纪律（回避、轮换）", en: "Examiner discipline (recusal, rotation)" },
  { code: "data", zh: "数据质量与及时性", en: "Data quality and timeliness" },
  { code: "complaints", zh: "投诉与复核", en: "Complaints and rechecks" },
  { code: "effect", zh: "成效", en: "Effect" },
];

interface Words {
  readonly title: (plan: string) => string;
  readonly committed: (at: string, no: number) => string;
  readonly rates: (percent: number, each: number) => string;
  readonly source: (name: string, day: string) => string;
  readonly value: (value: string, at: string) => string;
  readonly taken: (drawn: number, objects: number) => string;
  readonly row: (name: string, id: string, inspectors: string) => string;
  readonly added: string;
  readonly aside: (inspectors: string) => string;
  readonly check: (file: string) => string;
  readonly findings: {
    readonly title: (plan: string) => string;
    readonly lead: (at: string, no: number) => string;
    readonly institution: (name: string, id: string, inspectors: string) => string;
    readonly found: (matter: string, inspected: string, found: string) => string;
    readonly correct: (what: string, due: string) => string;
    readonly corrected: (on: string) => string;
    readonly uncorrected: string;
    readonly open: (matters: number) => string;
    readonly nothing: string;
    readonly sum: (found: number, asked: number, corrected: number) => string;
  };
}

export const WORDS: Readonly<Record<Language, Words>> = {
  "zh-CN": {
    title: (plan) => `“双随机、一公开”抽查 ${plan}`,
    committed: (at, no) => `${at} 已事先锁定检查对象库、检查人员库和密值（承诺第 ${no} 号）。`,
    rates: (percent, each) => `抽取比例不低于 ${percent}%，每家 ${each} 名检查人员；有利害关系的人员回避。`,
    source: (name, day) => `事先声明使用的公开值：${name}（${day} 公布）。`,
    value: (value, at) => `公开值为“${value}”，抽取时间 ${at}。`,
    taken: (drawn, objects) => `${objects} 家机构中检查 ${drawn} 家：`,
    row: (name, id, inspectors) => `${name}（${id}）：${inspectors}`,
    added: "（有投诉或不良记录，必查）",
    aside: (inspectors) => `（回避：${inspectors}）`,
    check: (file) => `任何人都可以复算：npm run verify -- ${file}`,
    findings: {
      title: (plan) => `“双随机、一公开”抽查 ${plan}：检查结果公示`,
      lead: (at, no) => `${at} 公示（第 ${no} 次）。以前公示的内容照样保留，整改情况随后补充。`,
      institution: (name, id, inspectors) => `${name}（${id}），检查人员 ${inspectors}：`,
      found: (matter, inspected, found) => `- ${matter}（${inspected}）：${found}`,
      correct: (what, due) => `  整改要求：${what}，期限 ${due}`,
      corrected: (on) => `；已于 ${on} 完成`,
      uncorrected: "；尚未完成",
      open: (matters) => `- 另有 ${matters} 项尚未检查。`,
      nothing: "- 尚未检查。",
      sum: (found, asked, corrected) => `共公示 ${found} 项，要求整改 ${asked} 项，已完成 ${corrected} 项。`,
    },
  },
  en: {
    title: (plan) => `Double-random inspection ${plan}`,
    committed: (at, no) =>
      `At ${at} the registers of institutions and inspectors and a secret were fixed beforehand (commitment ${no}).`,
    rates: (percent, each) =>
      `At least ${percent} % are inspected, by ${each} inspectors each; whoever has an interest steps aside.`,
    source: (name, day) => `The public value named beforehand: ${name} (known on ${day}).`,
    value: (value, at) => `The value was “${value}”; drawn at ${at}.`,
    taken: (drawn, objects) => `Of ${objects} institutions ${drawn} are inspected:`,
    row: (name, id, inspectors) => `${name} (${id}): ${inspectors}`,
    added: " (complaints or a bad record: always inspected)",
    aside: (inspectors) => ` (stepped aside: ${inspectors})`,
    check: (file) => `Anybody can draw again: npm run verify -- ${file}`,
    findings: {
      title: (plan) => `Double-random inspection ${plan}: what was found`,
      lead: (at, no) =>
        `Published ${at} (number ${no}). What was published before stays; corrections are added as they come.`,
      institution: (name, id, inspectors) => `${name} (${id}), inspected by ${inspectors}:`,
      found: (matter, inspected, found) => `- ${matter} (${inspected}): ${found}`,
      correct: (what, due) => `  To be corrected: ${what}, by ${due}`,
      corrected: (on) => `; corrected on ${on}`,
      uncorrected: "; not corrected yet",
      open: (matters) =>
        `- ${matters} more ${matters === 1 ? "matter is" : "matters are"} not inspected yet.`,
      nothing: "- Not inspected yet.",
      sum: (found, asked, corrected) =>
        `${found} published in all; ${asked} to be corrected, of which ${corrected} are.`,
    },
  },
};
