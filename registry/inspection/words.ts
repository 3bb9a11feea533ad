// What is published of a draw, and what an inspection asks, in both languages. The matters are the scorecard's (domain 8.4).
import type { Language } from "../publishing/language.ts";

export const MATTERS: readonly { readonly zh: string; readonly en: string }[] = [
  { zh: "组织与人员", en: "Organisation and staff" },
  { zh: "场地与设备", en: "Venues and equipment" },
  { zh: "题库与试卷", en: "Item bank and papers" },
  { zh: "考核实施", en: "Conduct of examinations" },
  { zh: "考评人员纪律（回避、轮换）", en: "Examiner discipline (recusal, rotation)" },
  { zh: "数据质量与及时性", en: "Data quality and timeliness" },
  { zh: "投诉与复核", en: "Complaints and rechecks" },
  { zh: "成效", en: "Effect" },
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
  },
};
