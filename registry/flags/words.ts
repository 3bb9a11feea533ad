// Every word of the report on flags, in both languages: what each flag says here, and what would clear it. A flag is a question and
// never a verdict: no word says that anybody cheated. A test fails on a fact that is not said.
import type { ReviewDecision } from "#shared/exam";
import type { Language } from "../publishing/language.ts";
import type { AskedCode, NOT_ASKED, Unsent } from "./asked.ts";
import type { Silent } from "./ask-flags.ts";
import type { Standing } from "./standing.ts";

/** A fact as it is written, by its name. */
export type Fact = (name: string) => string;

export interface FlagWords {
  readonly title: string;
  readonly says: (fact: Fact) => string;
  readonly clears: string;
}

export interface Words {
  readonly title: string;
  readonly of: (day: string | null) => string;
  readonly kept: string;
  readonly asOf: (entries: number) => string;
  readonly demo: string;
  readonly summary: (sittings: number, flagged: number, open: number) => string;
  readonly none: string;
  readonly empty: (day: string | null) => string;
  readonly sitting: string;
  readonly panel: (members: number) => string;
  readonly candidates: (count: number) => string;
  readonly sheets: (count: number) => string;
  readonly held: (count: number) => string;
  readonly unread: (count: number) => string;
  readonly unreadable: string;
  readonly sure: { readonly fact: string; readonly oneIn: (n: number) => string; readonly rare: string };
  readonly states: Readonly<Record<Standing["state"], string>>;
  readonly decisions: Readonly<Record<ReviewDecision, string>>;
  readonly rule: string;
  readonly about: string;
  readonly examiner: string;
  readonly restsOn: string;
  readonly wouldClear: string;
  readonly record: (place: number, seq: number) => string;
  readonly laptop: string;
  readonly more: (count: number) => string;
  readonly silentTitle: (count: number) => string;
  readonly silent: Readonly<Record<Silent["why"], (has: number, least: number) => string>>;
  readonly notAskedTitle: string;
  readonly notAsked: Readonly<Record<keyof typeof NOT_ASKED, string>>;
  readonly unsent: Readonly<Record<Unsent, string>>;
  readonly partlyTitle: string;
  readonly partly: readonly string[];
  readonly flags: Readonly<Record<AskedCode, FlagWords>>;
  /** Facts that are one of a few; of yes or no by the fact's name. */
  readonly facts: Readonly<Record<string, string>>;
}

const zh: Words = {
  title: "督导提示（登记处）",
  of: (day) => (day === null ? "所有场次" : `${day} 的场次`),
  kept: "供登记处值班人员使用，不公布。提示是要弄清的问题，不是结论。",
  asOf: (entries) => `依据接收日志第 1 至 ${String(entries)} 条`,
  demo: "演示登记处：不作任何依据",
  summary: (sittings, flagged, open) =>
    `共 ${String(sittings)} 场，${String(flagged)} 场有提示；未处理的提示 ${String(open)} 条。`,
  none: "没有提示的场次",
  empty: (day) => (day === null ? "还没有收到任何场次。" : `没有收到 ${day} 的场次。`),
  sitting: "场次",
  panel: (members) => `考评员 ${String(members)} 人`,
  candidates: (count) => `考生 ${String(count)} 人`,
  sheets: (count) => `计入的评分表 ${String(count)} 份`,
  held: (count) => `另有 ${String(count)} 份等待登记密钥，未看`,
  unread: (count) => `有 ${String(count)} 份读不出来，未看：请用 --verify 检查数据`,
  unreadable: "本场的名册、评分标准或许可读不出来，没有看：请用 --verify 检查数据。",
  sure: {
    fact: "记录里直接写着的事实，不是推算。",
    oneIn: (n) => `什么毛病也没有的场次，大约每 ${n.toLocaleString("en")} 场会有 1 场出现同样的情形。`,
    rare: "什么毛病也没有的场次，每一百万场也不到 1 场会出现同样的情形。",
  },
  states: { open: "未处理", asked: "等考评员答复", decided: "已处理" },
  decisions: {
    confirm: "确认",
    return: "退回",
    "re-mark": "另组重评",
    void: "作废",
    escalate: "报登记处",
  },
  rule: "规则",
  about: "考生",
  examiner: "是一名考评员的事：看下列记录由谁签名。",
  restsOn: "依据的记录",
  wouldClear: "怎样可以说明",
  record: (place, seq) => `接收日志第 ${String(place)} 条，该电脑第 ${String(seq)} 号记录`,
  laptop: "电脑",
  more: (count) => `另有 ${String(count)} 项，见 JSON 文件`,
  silentTitle: (count) => `本场没有看的提示：${String(count)} 种`,
  silent: {
    "few-members": (has, least) => `考评员 ${String(has)} 人，至少要 ${String(least)} 人`,
    "none-asked-for": () => "没有规定评分表至少要有照片",
    "few-earlier": (has, least) =>
      `本机构同一评分标准以往只有 ${String(has)} 人，至少要 ${String(least)} 人才能比较`,
  },
  notAskedTitle: "登记处不看的提示",
  notAsked: {
    "too-fast": "评得过快",
    "late-changes": "评完后集中改分",
    "changed-after-reveal": "公开之后改分",
    "clock-changed": "评分时电脑时间被改",
    "conflict-late": "打开评分表后才声明回避",
    "long-pause": "评分中断很久",
  },
  unsent: {
    marks: "每次记分的时刻留在评分的电脑上，不上报",
    sight: "更正时看到了哪些评分表，不上报",
    clock: "电脑时钟的变化留在该电脑的日志里，不上报",
    declarations: "回避声明和打开评分表的先后不上报",
    moments: "评分中间的时刻不上报",
  },
  partlyTitle: "只能看一部分的提示",
  partly: [
    "评分相差过大：只认组长签名处理、登记处已接受的；以前没有签名的处理不上报。",
    "照片不够：签名之前取走的照片，不上报。",
    "同一张照片：只比较逐字节相同的；照片本身不在这里看。",
  ],
  flags: {
    "straight-lining": {
      title: "连续评得一样",
      says: (of) =>
        `同一考评员连续 ${of("count")} 份评分表，凡靠判断的项目都一模一样，扣分处也相同；读数不算在内。`,
      clears: "作品确实一样的，照片能看出来；否则请另一名考评员看其中几件。",
    },
    divergence: {
      title: "评分相差过大",
      says: (of) => `一名考生的评分表里，有一份与其他人的平均相差 ${of("points")} 分。${of("settled")}`,
      clears:
        "考评组合看作品，各人更正或维持，由组长签名处理；差得多而已处理的，请机构出示理由，看是否站得住。",
    },
    "examiner-severity": {
      title: "一贯偏严或偏宽",
      says: (of) =>
        `一名考评员的 ${of("count")} 份评分表平均比同组其他人差 ${of("points")} 分（正数偏宽，负数偏严），允许 ${of("allowed")} 分。`,
      clears: "请考评组一起看几件作品，对齐尺度；分工不同、看的角度不同的，请说明。",
    },
    "identical-sheets": {
      title: "不同考生的评分表雷同",
      says: (of) => `${of("count")} 名考生的评分表完全相同，连 ${of("faults")} 处失分和每个读数都一样。`,
      clears: "对照照片或重新量一次；抄错了的，由考评员更正。",
    },
    "identical-photographs": {
      title: "同一张照片用于不同考生",
      says: (of) => `同一张照片，逐字节相同，放在 ${of("count")} 名考生的评分表里。`,
      clears: "看照片上的编号是谁的作品；放错的请考评员说明真正的照片在哪里。",
    },
    "veto-without-evidence": {
      title: "否定项没有照片",
      says: (of) => `计入的评分表有否定项 ${of("vetoes")}，却没有一张照片说明依据。`,
      clears: "另一名在场者的说明、现场记录，或别处留存的照片。",
    },
    "evidence-missing": {
      title: "照片不够",
      says: (of) => `签名时留有照片 ${of("held")} 张，至少应有 ${of("least")} 张。`,
      clears: "说明为什么没有；作品还在的，可以再看作品。",
    },
    "examiner-uncovered": {
      title: "考评员资格不覆盖本场",
      says: (of) => `签名的考评员资格不符：${of("finding")}。`,
      clears: "出示有效的考评员证，或更正登记处的资格记录。",
    },
    "sequence-gap": {
      title: "签名记录缺号",
      says: (of) => `参加本场的电脑签名的记录中间缺了 ${of("count")} 个号。`,
      clears: "所缺的批次送到，或找回缺的记录；找不到的，检查这台电脑。",
    },
    "pass-rate": {
      title: "合格率异常",
      says: (of) =>
        `评完的 ${of("assessed")} 人中合格 ${of("passed")} 人；本机构同一评分标准以往的合格率是 ${of("recordPercent")}%。其中高出合格线不到 ${of("above")} 分的和不合格的共 ${of("near")} 人，合格 ${of("nearPassed")} 人；这部分以往是 ${of("nearRecordPercent")}%。`,
      clears: "说明这一批考生有什么不同，如培训、年限或来源；并抽几件作品请他人再看，先看刚过合格线的。",
    },
  },
  facts: {
    "settled.true": "组长已签名处理。",
    "settled.false": "还没有处理。",
    "examiner.no-qualification": "没有考评员证",
    "examiner.other-trade": "证书不含这个职业或方向",
    "examiner.term": "证书不在有效期内",
    "examiner.level": "证书不含这个等级",
    "examiner.leader-not-senior": "二级以上的组长须是高级考评员",
  },
};

const en: Words = {
  title: "Supervision flags at the registry",
  of: (day) => (day === null ? "All sittings" : `Sittings of ${day}`),
  kept: "For whoever is on duty at the registry, and not to be published. A flag is a question to be settled, not a verdict.",
  asOf: (entries) => `From entries 1 to ${String(entries)} of the acceptance journal`,
  demo: "Demonstration registry: nothing may rest on it",
  summary: (sittings, flagged, open) =>
    `Sittings: ${String(sittings)}, with flags: ${String(flagged)}. Flags not dealt with: ${String(open)}.`,
  none: "Sittings without a flag",
  empty: (day) => (day === null ? "No sitting has come yet." : `No sitting of ${day} has come.`),
  sitting: "Sitting",
  panel: (members) => `panel of ${String(members)}`,
  candidates: (count) => `candidates: ${String(count)}`,
  sheets: (count) => `sheets that count: ${String(count)}`,
  held: (count) => `held for a key and not looked at: ${String(count)}`,
  unread: (count) => `not readable and not looked at: ${String(count)}; check the data with --verify`,
  unreadable:
    "Roster, rubric or permit of this sitting cannot be read, and nothing was asked: check the data with --verify.",
  sure: {
    fact: "A fact that the records themselves say; nothing was worked out.",
    oneIn: (n) =>
      `Of sittings in which nothing is wrong, about one in ${n.toLocaleString("en")} would show as much.`,
    rare: "Of sittings in which nothing is wrong, fewer than one in a million would show as much.",
  },
  states: { open: "open", asked: "the examiner is asked", decided: "dealt with" },
  decisions: {
    confirm: "confirmed",
    return: "returned",
    "re-mark": "marked again by another panel",
    void: "void",
    escalate: "left to the registry",
  },
  rule: "Rule",
  about: "Candidates",
  examiner: "It is about one examiner: whoever signed the records below.",
  restsOn: "Records it rests on",
  wouldClear: "What would clear it",
  record: (place, seq) => `acceptance journal entry ${String(place)}, record ${String(seq)} of that laptop`,
  laptop: "Laptop",
  more: (count) => `and ${String(count)} more, in the JSON file`,
  silentTitle: (count) => `Flags not asked of this sitting: ${String(count)}`,
  silent: {
    "few-members": (has, least) => `a panel of ${String(has)}, and it takes ${String(least)}`,
    "none-asked-for": () => "no policy asks for a photograph on every sheet",
    "few-earlier": (has, least) =>
      `${String(has)} earlier candidates of this rubric at this institution, and it takes ${String(least)} to compare`,
  },
  notAskedTitle: "Flags that the registry does not ask",
  notAsked: {
    "too-fast": "Marked too fast",
    "late-changes": "Changes after the sheet was whole",
    "changed-after-reveal": "Changed after the sheets lay open",
    "clock-changed": "The clock was changed during marking",
    "conflict-late": "A conflict declared after the sheet was opened",
    "long-pause": "A long pause on an open sheet",
  },
  unsent: {
    marks: "when each mark was set stays on the laptop where it was set",
    sight: "which sheets lay open when one was amended is not sent",
    clock: "what a laptop's clock did stays in that laptop's journal",
    declarations: "declarations, and when a sheet was opened, are not sent",
    moments: "what happened between opening and signing is not sent",
  },
  partlyTitle: "Flags that are asked in part",
  partly: [
    "Sheets too far apart: settled is what a leader signed and the registry took; what was settled before settlements were signed is not sent.",
    "Too few photographs: what was taken away before the signature is not sent.",
    "One photograph: compared byte for byte; the pictures themselves are not looked at here.",
  ],
  flags: {
    "straight-lining": {
      title: "Judged alike in a row",
      says: (of) =>
        `${of("count")} sheets of one examiner in a row have the very same judgements, and lose marks in the same places; readings are left out.`,
      clears:
        "Work that really is alike shows it in its photographs; otherwise another examiner looks at some of it.",
    },
    divergence: {
      title: "Sheets too far apart",
      says: (of) =>
        `Of a candidate's sheets one lies ${of("points")} points from the mean of the others. ${of("settled")}`,
      clears:
        "The panel looks at the work together, each amends or keeps their own sheet, and the leader settles it with a signature. Where it is settled and far, the institution shows the reason: does it hold?",
    },
    "examiner-severity": {
      title: "Stricter or milder throughout",
      says: (of) =>
        `Over ${of("count")} sheets one examiner lies ${of("points")} points from the others of the panel (plus is milder, minus is stricter); ${of("allowed")} are allowed.`,
      clears:
        "The panel looks at some of the work together and agrees on a scale; whoever had another task or another view says so.",
    },
    "identical-sheets": {
      title: "The same sheet for different candidates",
      says: (of) =>
        `The sheets of ${of("count")} candidates are the same, down to every fault (${of("faults")}) and every reading.`,
      clears: "Compare with the photographs or measure again; what was miscopied is amended by its examiner.",
    },
    "identical-photographs": {
      title: "One photograph for different candidates",
      says: (of) =>
        `One photograph, the same byte for byte, lies in the sheets of ${of("count")} candidates.`,
      clears:
        "Whose number is on the photograph? The examiner says how it was misplaced and where the right one is.",
    },
    "veto-without-evidence": {
      title: "A veto without a photograph",
      says: (of) => `A sheet that counts has the veto ${of("vetoes")} and not one photograph that shows why.`,
      clears: "The word of another person who was there, the room's record, or a photograph kept elsewhere.",
    },
    "evidence-missing": {
      title: "Too few photographs",
      says: (of) =>
        `Photographs on the sheet when it was signed: ${of("held")}; at least ${of("least")} are asked for.`,
      clears: "Why there is none; where the work is still there, look at the work.",
    },
    "examiner-uncovered": {
      title: "The examiner's card does not cover the sitting",
      says: (of) => `Sheets were signed by an examiner without the card for it: ${of("finding")}.`,
      clears: "A valid examiner's card is shown, or the registry's own record is corrected.",
    },
    "sequence-gap": {
      title: "A signed record is missing",
      says: (of) =>
        `Numbers missing among the records that the laptops of this sitting signed: ${of("count")}.`,
      clears:
        "The batch that is missing comes, or the record is found; if it is not, the laptop is looked at.",
    },
    "pass-rate": {
      title: "An unusual pass rate",
      says: (of) =>
        `Of ${of("assessed")} candidates whose marking is whole ${of("passed")} pass; earlier sittings of this rubric at this institution came to ${of("recordPercent")}%. Of the ${of("near")} with less than ${of("above")} points above the pass mark ${of("nearPassed")} pass; earlier it was ${of("nearRecordPercent")}%.`,
      clears:
        "What is different about these candidates: training, years of work, where they come from. Others look again at some of the work, first at what lies just above the pass mark.",
    },
  },
  facts: {
    "settled.true": "The leader has settled it with a signature.",
    "settled.false": "It is not settled yet.",
    "examiner.no-qualification": "no examiner's card",
    "examiner.other-trade": "the card is for another occupation or direction",
    "examiner.term": "the card is not valid on that day",
    "examiner.level": "the card does not include this level",
    "examiner.leader-not-senior": "from level two up the leader is a senior examiner",
  },
};

export const WORDS: Readonly<Record<Language, Words>> = { "zh-CN": zh, en };

/** What the flag says, with its facts. */
export function says(
  { code, facts }: { readonly code: AskedCode; readonly facts: Readonly<Record<string, unknown>> },
  language: Language,
): string {
  const words = WORDS[language];
  return words.flags[code].says((name) => factText(name, facts[name], words));
}

function factText(name: string, value: unknown, { facts }: Words): string {
  if (typeof value === "boolean") return facts[`${name}.${String(value)}`] ?? String(value);
  if (typeof value !== "number") return facts[String(value)] ?? String(value);
  const size = Number.isInteger(value) ? String(Math.abs(value)) : Math.abs(value).toFixed(1);
  const plus = name === "points" ? "+" : "";
  return `${value < 0 ? "−" : plus}${size}`;
}
