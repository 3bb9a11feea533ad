// The words of the printed forms. A form is Chinese, or Chinese with English beside it: paper is filed here, and read by guests.
import type {
  AmendmentReason,
  PartOutcome,
  PauseReason,
  ReportKind,
  SkillLevel,
  VisitAnswerKind,
  Words,
  WorkplaceState,
} from "#shared/exam";
import type { PaperLanguages } from "#shared/ipc";
import type { PrintedChange } from "#shared/journal";
import { html, type Markup } from "./markup.ts";

/** A term in the languages of the form. */
export type Say = (words: Words) => Markup;

export function sayIn(languages: PaperLanguages): Say {
  return ({ zh, en }) =>
    languages === "zh" || zh === en ? html`${zh}` : html`${zh} <span class="en" lang="en">${en}</span>`;
}

export const words = {
  scoreSheet: { zh: "技能操作考核评分记录表", en: "Skill score sheet" },
  summary: { zh: "成绩汇总表", en: "Result summary" },
  demo: { zh: "演示", en: "Demonstration" },
  illustrative: { zh: "示例", en: "Illustrative" },
  pieceNo: { zh: "考件编号", en: "Work-piece no." },
  no: { zh: "序号", en: "No." },
  name: { zh: "姓名", en: "Name" },
  ticket: { zh: "准考证号", en: "Ticket no." },
  employer: { zh: "单位", en: "Employer" },
  paperCode: { zh: "试卷编号", en: "Paper code" },
  task: { zh: "试题名称", en: "Task" },
  occupation: { zh: "职业编码", en: "Occupation" },
  level: { zh: "等级", en: "Level" },
  day: { zh: "考核日期", en: "Date" },
  panel: { zh: "考评组", en: "Panel" },
  leader: { zh: "组长", en: "leader" },
  element: { zh: "考核要素", en: "Element" },
  criteria: { zh: "评分标准", en: "Criteria" },
  max: { zh: "配分", en: "Max" },
  deducted: { zh: "扣分", en: "Deducted" },
  mark: { zh: "得分", en: "Mark" },
  recorded: { zh: "备注（实测、计数、等级）", en: "Recorded" },
  sum: { zh: "小计", en: "Sum" },
  overtime: { zh: "超时", en: "Overtime" },
  minutes: { zh: "分钟", en: "min" },
  givenBack: { zh: "补时", en: "Time given back" },
  total: { zh: "合计", en: "Total" },
  vetoes: { zh: "否定项", en: "Veto items" },
  none: { zh: "无", en: "none" },
  note: { zh: "备注（整表）", en: "Note" },
  pictures: { zh: "照片", en: "Photographs" },
  amendments: { zh: "更正", en: "Amendments" },
  amendedBy: { zh: "更正人", en: "Amended by" },
  approvedBy: { zh: "批准人", en: "Approved by" },
  notCounted: { zh: "不计", en: "does not count" },
  examiner: { zh: "评分人", en: "Examiner" },
  clerk: { zh: "统分人", en: "Tally clerk" },
  checker: { zh: "核分人", en: "Tally checker" },
  approver: { zh: "核准人", en: "Approves results" },
  date: { zh: "日期", en: "Date" },
  signedAt: { zh: "电子签名", en: "Signed electronically" },
  stamp: { zh: "印鉴", en: "Stamp" },
  scanToCheck: { zh: "用匠评核对", en: "Check in Jiangping" },
  totals: { zh: "各表合计", en: "Sheet totals" },
  result: { zh: "成绩", en: "Mark" },
  outcome: { zh: "评定", en: "Outcome" },
  remarks: { zh: "备注", en: "Remarks" },
  rechecked: { zh: "经复核", en: "rechecked" },
  settled: { zh: "分差已处理", en: "divergence settled" },
  open: { zh: "未评完", en: "Not complete" },
  candidates: { zh: "应考", en: "Candidates" },
  skillOnly: {
    zh: "仅为技能操作考核成绩；评定以各科均合格为准。",
    en: "Skill part alone; every part must be passed.",
  },
  continued: {
    zh: "每处更正：原值划去一次，旁为新值，批准人见文末。",
    en: "Amended: old value struck through once, new value beside it; approved as said below.",
  },
  otherwise: { zh: "其余", en: "otherwise" },
  each: { zh: "每项", en: "each" },
  atMost: { zh: "最多扣", en: "at most" },
  points: { zh: "处", en: "readings" },
  blankSheet: { zh: "评分记录表（手工评分用）", en: "Score sheet to mark on by hand" },
  blankLead: {
    zh: "用黑色笔填写；写错划去一次，旁写新值并签名。每一项都要填，评完由评分人签名，当天由两人分别录入。",
    en: "Black ink. Strike a slip through once, write the new value beside it and sign. Fill in every item; the examiner signs, and two people type it separately on the day.",
  },
  serial: { zh: "表号", en: "Serial" },
  fill: { zh: "填写", en: "Fill in" },
  times: { zh: "次", en: "times" },
  noDeduction: { zh: "无扣分", en: "nothing to deduct" },
  yes: { zh: "√ 合格", en: "√ yes" },
  fails: { zh: "× 不合格", en: "× no" },
  na: { zh: "— 不适用", en: "— does not apply" },
  upTo: { zh: "满分", en: "at most" },
  typedFrom: { zh: "由纸质表录入", en: "Typed from paper" },
  firstTypist: { zh: "录入人一", en: "First typist" },
  secondTypist: { zh: "录入人二", en: "Second typist" },
  roomRecord: { zh: "考场情况记录单", en: "Room record" },
  supervisor: { zh: "督导员", en: "Supervisor" },
  panelLeader: { zh: "考评组长", en: "Panel leader" },
  administrator: { zh: "考务管理员", en: "Administrator" },
  invigilator: { zh: "监考人员", en: "Invigilator" },
  registered: { zh: "应考人数", en: "Registered" },
  present: { zh: "实考人数", en: "Examined" },
  absentCount: { zh: "缺考人数", en: "Absent" },
  withdrawnCount: { zh: "中途离场人数", en: "Left before the end" },
  unexaminedCount: { zh: "未能考核人数", en: "Not examined" },
  at: { zh: "时间", en: "Time" },
  candidate: { zh: "考生", en: "Candidate" },
  what: { zh: "情况", en: "What happened" },
  reason: { zh: "原因", en: "Reason" },
  by: { zh: "签名", en: "Signed by" },
  changes: { zh: "名册变动", en: "Changes of the roster" },
  rotation: { zh: "组", en: "rotation" },
  substitutions: { zh: "考评人员替换", en: "Substitutions" },
  leaves: { zh: "离开", en: "Leaves" },
  joins: { zh: "接替", en: "Joins" },
  vouched: { zh: "接替人、组长与督导员", en: "substitute, leader and supervisor" },
  incidents: { zh: "事件", en: "Incidents" },
  whom: { zh: "涉及", en: "Concerns" },
  done: { zh: "处理", en: "What was done" },
  calls: { zh: "呼叫组长", en: "Calls for the leader" },
  caller: { zh: "呼叫人", en: "Called by" },
  answer: { zh: "应答", en: "Answer" },
  waiting: { zh: "等候应答", en: "Not answered yet" },
  admissionSlip: { zh: "准考证", en: "Admission slip" },
  idNumber: { zh: "证件号码", en: "ID number" },
  group: { zh: "组别", en: "Rotation" },
  workplace: { zh: "工位", en: "Workplace" },
  reportAt: { zh: "报到时间", en: "Report at" },
  site: { zh: "考核地点", en: "Place" },
  scanToEnter: { zh: "签到时扫描", en: "Scan at check-in" },
  slipNote: {
    zh: "凭本人有效身份证件原件和本证入场，证件须与名册一致。本证不代替身份证件。",
    en: "Bring the original of your identity document, which is compared with the roster. This slip does not replace it.",
  },
  checkedInCount: { zh: "签到人数", en: "Checked in" },
  mismatches: { zh: "证件与名册不符", en: "Documents that did not match" },
  settledByAnother: { zh: "另行核对相符，已签到", en: "Checked in with another document" },
  notAdmitted: { zh: "未签到", en: "Not checked in" },
  byHand: { zh: "手写补记", en: "Written by hand" },
  visit: { zh: "现场督导记录表", en: "Supervision on site" },
  visited: { zh: "督导时间", en: "Visited at" },
  pausedCount: { zh: "暂停计时", en: "Time stands still" },
  sheetsSigned: { zh: "已签评分表", en: "Sheets signed" },
  openCalls: { zh: "未应答的呼叫", en: "Calls not answered" },
  checklist: { zh: "核对清单", en: "Checklist" },
  otherQuestions: {
    zh: "签名时的清单与本程序所带的不同：只列条目代号，不列问题。",
    en: "The list of that day is not the one this program has: its items stand by their codes, without the questions.",
  },
  checked: { zh: "核对内容", en: "What was looked at" },
  answerGiven: { zh: "结果", en: "Answer" },
  found: { zh: "发现", en: "Finding" },
  problems: { zh: "发现的问题", en: "Problems found" },
  suggestions: { zh: "意见和建议", en: "Advice" },
  institutionSide: { zh: "机构负责人", en: "For the institution" },
} as const satisfies Readonly<Record<string, Words>>;

export const pauseWords: Readonly<Record<Exclude<PauseReason["kind"], "other">, Words>> = {
  power: { zh: "停电", en: "power cut" },
  alarm: { zh: "警报、疏散", en: "alarm or evacuation" },
  tool: { zh: "工具、设备或材料故障", en: "faulty tool, machine or material" },
  organisation: { zh: "考务原因", en: "organisers" },
};

export const outcomeWords: Readonly<Record<PartOutcome, Words>> = {
  PASS: { zh: "合格", en: "Pass" },
  FAIL: { zh: "不合格", en: "Fail" },
  ABSENT: { zh: "缺考", en: "Absent" },
  CANCELLED: { zh: "取消", en: "Cancelled" },
  DIVERGENT: { zh: "分差待处理", en: "To be settled" },
  WITHHELD: { zh: "待重评", en: "To be marked again" },
  CONTESTED: { zh: "记录矛盾待定", en: "Records contradict" },
};

export const levelWords: Readonly<Record<SkillLevel, Words>> = {
  L5: { zh: "五级/初级工", en: "Level 5 (junior)" },
  L4: { zh: "四级/中级工", en: "Level 4 (intermediate)" },
  L3: { zh: "三级/高级工", en: "Level 3 (senior)" },
  L2: { zh: "二级/技师", en: "Level 2 (technician)" },
  L1: { zh: "一级/高级技师", en: "Level 1 (senior technician)" },
};

export const reasonWords: Readonly<Record<AmendmentReason, Words>> = {
  transcription: { zh: "读数或抄写有误", en: "Misread or miscopied" },
  technical: { zh: "设备或技术问题", en: "Equipment or technical fault" },
  identity: { zh: "考生身份有误", en: "Wrong candidate" },
  moderation: { zh: "考评组评议", en: "Moderation by the panel" },
  appeal: { zh: "申诉成立", en: "Appeal upheld" },
  misconduct: { zh: "违规处理", en: "Misconduct" },
};

export const officeWords = {
  panelLeader: { zh: "考评组长", en: "panel leader" },
  supervisor: { zh: "督导员", en: "supervisor" },
} as const;

export const stateWords: Readonly<Record<WorkplaceState, Words>> = {
  untouched: { zh: "未开始", en: "Not begun" },
  marking: { zh: "评分中", en: "Marking" },
  signed: { zh: "已评完", en: "Signed" },
  absent: { zh: "缺考", en: "Absent" },
  left: { zh: "已离场", en: "Left" },
};

export const answerWords: Readonly<Record<VisitAnswerKind, Words>> = {
  yes: { zh: "是", en: "yes" },
  no: { zh: "否", en: "no" },
  unseen: { zh: "没看到", en: "not seen" },
};

export const changeWords: Readonly<Record<PrintedChange["what"], Words>> = {
  absent: { zh: "缺考", en: "Absent" },
  arrival: { zh: "迟到入场", en: "Came late" },
  swap: { zh: "互换分组", en: "Change places" },
  withdrawal: { zh: "中途离场", en: "Left before the end" },
  relocation: { zh: "工位故障，改到别组", en: "Workplace failed: another rotation" },
  unexamined: { zh: "工位故障，未能考核", en: "Workplace failed: not examined" },
};

export const incidentWords: Readonly<Record<ReportKind, Words>> = {
  breach: { zh: "违纪", en: "Breach" },
  "power-cut": { zh: "停电", en: "Power cut" },
  injury: { zh: "受伤", en: "Injury" },
  "broken-workpiece": { zh: "作品损坏", en: "Broken work piece" },
  equipment: { zh: "设备故障", en: "Equipment failed" },
  other: { zh: "其他", en: "Other" },
};

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** 2026-11-23 18:42 in Asia/Shanghai: digits that both languages read. */
export function moment(instantMs: number): string {
  return new Date(instantMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace("T", " ");
}
