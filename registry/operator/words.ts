// Every word of the operator's page, in both languages. What a note of a receipt means is said in a sentence, and what an
// operator can do about it in another; a test fails on a code without them.
import type { ReviewDecision } from "#shared/exam";
import type { Language } from "../publishing/language.ts";
import type { Decided } from "./decisions.ts";

export interface Words {
  readonly title: string;
  readonly language: string;
  readonly demo: string;
  readonly asOf: string;
  readonly reload: string;
  readonly main: string;
  readonly figures: {
    readonly batches: string;
    readonly accepted: string;
    readonly setAside: string;
    readonly waiting: string;
  };
  readonly sent: { readonly title: string; readonly empty: string };
  readonly setAside: { readonly title: string; readonly lead: string; readonly empty: string };
  readonly decided: {
    readonly title: string;
    readonly empty: string;
    readonly waiting: string;
    readonly waitingNote: string;
    readonly nothingWaits: string;
    readonly all: string;
    readonly one: string;
    readonly two: string;
    readonly about: Readonly<Record<"candidate" | "sitting", string>>;
    readonly decisions: Readonly<Record<ReviewDecision, string>>;
    readonly states: Readonly<Record<Decided["state"], string>>;
  };
  readonly panels: {
    readonly title: string;
    readonly lead: string;
    readonly empty: string;
    readonly states: Readonly<Record<"open" | "settled", string>>;
    readonly kept: (said: number, unasked: number) => string;
  };
  readonly visited: Readonly<
    Record<
      "title" | "empty" | "note" | "yes" | "no" | "unseen" | "found" | "problems" | "suggestions",
      string
    >
  >;
  readonly owing: { readonly title: string; readonly empty: string };
  readonly sittings: { readonly title: string; readonly note: string };
  readonly contradictions: { readonly title: string; readonly note: string };
  readonly coming: string;
  readonly evidence: string;
  readonly gaps: string;
  readonly silent: string;
  readonly laptops: { readonly title: string; readonly empty: string; readonly frozen: string };
  readonly pendingKeys: (keys: number) => string;
  readonly revocations: (keys: number) => string;
  readonly log: {
    readonly title: string;
    readonly none: string;
    readonly size: string;
    readonly root: string;
    readonly origin: string;
  };
  readonly columns: Readonly<
    Record<
      | "institution"
      | "laptop"
      | "batches"
      | "accepted"
      | "quarantined"
      | "waiting"
      | "last"
      | "batch"
      | "received"
      | "sheets"
      | "why"
      | "day"
      | "sitting"
      | "candidates"
      | "absent"
      | "left"
      | "arrived"
      | "expected"
      | "held"
      | "files"
      | "bytes"
      | "missing"
      | "about"
      | "decision"
      | "flags"
      | "signatures"
      | "standing"
      | "spread"
      | "words",
      string
    >
  >;
  readonly none: string;
  readonly times: (count: number) => string;
  readonly more: (count: number) => string;
  readonly unknownCode: (code: string) => string;
  readonly notes: Readonly<Record<string, readonly [meaning: string, next: string]>>;
}

const zh: Words = {
  title: "登记中心值班页",
  language: "中文",
  demo: "演示登记中心：名字和结果都是虚构的",
  asOf: "截至",
  reload: "重新载入即为最新",
  main: "今日情况",
  figures: {
    batches: "今日批次",
    accepted: "今日生效评分表",
    setAside: "待处理批次",
    waiting: "等待判定",
  },
  sent: { title: "今日送达", empty: "今天还没有电脑送来批次。" },
  setAside: {
    title: "留存待处理",
    lead: "这里的内容都已留存，没有丢失，只是暂不生效，等人决定。",
    empty: "没有留存待处理的内容。",
  },
  decided: {
    title: "督导员的决定",
    empty: "还没有督导员的决定送到。",
    waiting: "上报待值班员处理",
    waitingNote: "督导员把这些交由登记中心处理；处理意见由机构的督导员另签一份决定，随后不再列在这里。",
    nothingWaits: "没有上报待处理的。",
    all: "全部决定",
    one: "一人签",
    two: "两人签",
    about: { candidate: "考生", sitting: "整场" },
    decisions: { confirm: "确认", return: "退回说明", "re-mark": "另组重评", void: "作废", escalate: "上报" },
    states: {
      stands: "现行",
      superseded: "已由后来的决定取代",
      outdated: "所依据的评分表此后有更正，不再有效",
      answered: "考评员已更正作答",
    },
  },
  panels: {
    title: "分差过大的考生",
    lead: "考评组的评分表已送齐而分差过大。处理之前没有人为成绩签过名；请机构的考评组复看，由组长签署处理。",
    empty: "没有分差过大的考生。",
    states: { open: "待处理", settled: "组长已签署处理" },
    kept: (said, unasked) => `${said} 人签名维持${unasked > 0 ? `，${unasked} 人已停用、无从询问` : ""}`,
  },
  visited: {
    title: "现场督导",
    empty: "还没有现场督导的记录送到。",
    note: "督导员在考场看到的，按清单逐项签名。选“否”的和写了文字的列在这里。",
    yes: "是",
    no: "否",
    unseen: "没看到",
    found: "发现",
    problems: "发现的问题",
    suggestions: "意见和建议",
  },
  owing: { title: "尚未送齐", empty: "没有尚欠的内容。" },
  sittings: { title: "评分表未到齐的场次", note: "应到 = 到场考生 × 考评组人数" },
  contradictions: {
    title: "记录相互矛盾的考生",
    note: "名册上已离场，考评组却已全部签名。两者都已收下；请机构的质量督导员与第二人对该考生作决定（确认或作废）。",
  },
  coming: "送到一半的批次",
  evidence: "尚欠的照片（成绩已有回执）",
  gaps: "批次号有缺的电脑",
  silent: "已登记、从未送过批次的电脑",
  laptops: {
    title: "电脑与密钥",
    empty: "没有被冻结的电脑。",
    frozen: "被冻结的电脑（送来过两个不同的版本）",
  },
  pendingKeys: (keys) => `等待登记的替补密钥：${keys}`,
  revocations: (keys) => `已吊销的密钥：${keys}`,
  log: {
    title: "公开日志",
    none: "还没有检查点。",
    size: "记录数",
    root: "根",
    origin: "日志",
  },
  columns: {
    institution: "机构",
    laptop: "电脑",
    batches: "批次",
    accepted: "生效",
    quarantined: "留存",
    waiting: "待判定",
    last: "最近送达",
    batch: "批次",
    received: "收到",
    sheets: "评分表",
    why: "原因与下一步",
    day: "日期",
    sitting: "场次",
    candidates: "考生",
    absent: "缺考",
    left: "中途离场",
    arrived: "已到",
    expected: "应到",
    held: "待密钥",
    files: "文件",
    bytes: "大小",
    missing: "缺",
    about: "对象",
    decision: "决定",
    flags: "当时的提示",
    signatures: "签名",
    standing: "效力",
    spread: "分差",
    words: "督导员的话",
  },
  none: "—",
  times: (count) => `${count} 处`,
  more: (count) => `另有 ${count} 行没有列出。`,
  unknownCode: (code) => `代码 ${code}`,
  notes: {
    "amendment-conflict": ["更正所依据的记录已经不是生效的那一份", "由人决定以哪一份为准"],
    "approval-missing": [
      "缺少另一人的签名：考评组组长没有签批次，更正没有批准人，名册变动没有第二人确认，或督导员的决定缺第二人",
      "请机构核实后由人决定；这些内容不会自动生效",
    ],
    "build-unknown": [
      "制作它的程序不在登记中心的名单上",
      "核对该电脑上程序的来源；可信的版本写入 builds.json",
    ],
    "candidate-absent": ["考生另有缺考记录", "请机构说明以哪一个为准"],
    "candidate-left": ["考生已中途离场", "请机构说明；离场之前签的表照样留存，不计成绩"],
    "candidate-not-in-permit": ["考生不在本场名册里", "查名册的批次是否没有送到"],
    "candidate-present": ["记为缺考的考生另有评分表", "请机构说明以哪一个为准"],
    "centre-unknown": ["批次所写的机构不是这台电脑的机构", "联系机构；这台电脑的登记可能有误"],
    "chain-broken": ["与前一批次接不上", "请机构送来中间的批次；否则由人核对"],
    "count-mismatch": ["份数与批次所写的不符", "由人核对；内容已原样留存"],
    "delta-unfounded": ["名册变动与已有的缺考或离场记录不符", "请机构说明以哪一个为准"],
    "device-fork": ["同一台电脑在同一批次号上送来两个不同的版本", "电脑已冻结；两个版本都已留存，请机构说明"],
    "device-frozen": ["这台电脑已被冻结", "先处理此前的两个版本，再为电脑重新登记"],
    "device-replaced": ["这台电脑的工作已由另一台电脑接续", "查明原来那台电脑为什么还在送"],
    "duplicate-candidate": ["同一考评员对同一考生有两张表", "先到的一张生效；请机构说明"],
    "enrolment-pending": [
      "签名密钥还没有登记，组长和督导员已担保",
      "用 --pending 查看，核实后用 --enrol 登记，随即生效",
    ],
    "examiner-conflicted": ["考评员对这名考生应当回避", "由人按回避规则处理"],
    "hash-mismatch": ["文件与批次所写的摘要不符", "由人核对；请机构用优盘另送一份"],
    "key-revoked": ["签名的密钥已吊销", "吊销之后送来的不生效；核实电脑在谁手里"],
    "key-unknown": ["不认得签名的密钥", "核对签名人是否已登记"],
    malformed: ["内容读不懂", "由人核对；内容已原样留存"],
    "non-canonical": ["写法不合规范", "由人核对；内容已原样留存"],
    "not-vouched": ["更换考评组的记录没有足够的担保", "请机构补办替补手续"],
    "object-undecryptable": ["其中一份文件解不开", "请机构确认它是给本登记中心的"],
    "permit-expired": ["送到时许可已过期或尚未生效", "由人决定；电脑上的时间不作依据"],
    "permit-unknown": ["不认得所用的许可", "核对许可是不是本登记中心签发、给这台电脑的"],
    "review-conflict": ["决定没有接上此前现行的那一份", "请督导员看过现行的决定后另签一份"],
    "review-outdated": ["决定所依据的评分表此后有更正，或还没有送齐", "请督导员看过现在生效的内容后另签一份"],
    "reviewer-involved": [
      "签决定或督导记录的人自己评过这些评分表，或在考评组里",
      "由没有评过的督导员另作决定或另行督导",
    ],
    "role-not-allowed": ["签名人没有这个职责", "核对登记册里的职责"],
    "root-mismatch": ["记录与批次的总摘要不符", "由人核对；内容已原样留存"],
    "rubric-mismatch": ["评分表与考生报考的不是同一份评分标准", "请机构说明"],
    "rubric-unknown": ["登记中心没有这份评分标准", "请机构重新送来带评分标准的批次"],
    "scope-refused": ["本场不在机构备案的认定范围内", "核对机构的备案"],
    "sequence-gap": ["前面还有记录没有送到", "等前面的批次；若已丢失，由人核对"],
    "figures-unknown": ["所涉评分表由旧版登记处判定，没有留下总分可核对", "由人核对；内容已原样留存"],
    "settlement-outdated": ["所处理的评分表此后有更正", "请组长按现行的评分表另签处理"],
    "settlement-unfounded": ["这些评分表的分差在允许范围内", "不用处理；请机构说明"],
    "statement-invalid": [
      "处理记录里的说明不是本人签名，或讲的是别的评分表",
      "按篡改对待：请机构说明，由人查清",
    ],
    "statement-missing": ["考评组里还有人既没有维持也没有更正", "请机构补齐后由组长另签"],
    "signature-invalid": ["签名不对", "按篡改对待：保全电脑，由人查清"],
    "target-unknown": ["登记中心没有这份更正或决定所说的评分表", "等那份评分表的批次送到；否则由人核对"],
    "sitting-unknown": ["登记中心没有这一场的名册", "等带名册的批次送到，再请督导员另签一份"],
    "visit-incomplete": ["督导记录没有逐项回答清单", "请督导员另签一份"],
    "total-mismatch": ["总分不是由各项算出的那个数", "按篡改对待：保全电脑，由人查清"],
    "unsupported-version": ["记录的版本较新", "升级登记中心"],
  },
};

const en: Words = {
  title: "Registry duty page",
  language: "English",
  demo: "Demonstration registry: names and results are invented",
  asOf: "As of",
  reload: "reload for the latest",
  main: "Today",
  figures: {
    batches: "Batches today",
    accepted: "Sheets counted today",
    setAside: "Batches set aside",
    waiting: "Waiting for judgement",
  },
  sent: { title: "Sent today", empty: "No laptop has sent a batch today." },
  setAside: {
    title: "Kept and set aside",
    lead: "All of this is kept and nothing is lost; it does not count until people have decided.",
    empty: "Nothing is set aside.",
  },
  decided: {
    title: "Supervisors’ decisions",
    empty: "No supervisor’s decision has come yet.",
    waiting: "Left to the operator",
    waitingNote:
      "A supervisor leaves these to the registry. What is decided comes back as another decision of the institution’s supervisor, and then it is no longer listed here.",
    nothingWaits: "Nothing is left to the operator.",
    all: "All decisions",
    one: "one person",
    two: "two people",
    about: { candidate: "Candidate", sitting: "Whole sitting" },
    decisions: {
      confirm: "Confirmed",
      return: "Returned with a question",
      "re-mark": "To be marked again by another panel",
      void: "Void",
      escalate: "Left to the operator",
    },
    states: {
      stands: "stands",
      superseded: "a later decision took its place",
      outdated: "stands no more: what it rests on was amended since",
      answered: "answered: the examiner amended",
    },
  },
  panels: {
    title: "Candidates whose panel lies too far apart",
    lead: "The whole panel’s sheets are here and lie too far apart. Until it is settled nobody has signed for a mark: the institution’s panel looks again, and its leader signs.",
    empty: "No panel lies too far apart.",
    states: { open: "still open", settled: "settled by its leader" },
    kept: (said, unasked) =>
      `${said} signed that they keep their sheet${unasked > 0 ? `; ${unasked} could not be asked any more` : ""}`,
  },
  visited: {
    title: "Supervision on site",
    empty: "No supervisor’s visit has come yet.",
    note: "What supervisors saw in the rooms, signed item by item. Each “no” and whatever was said is listed here.",
    yes: "Yes",
    no: "No",
    unseen: "Not seen",
    found: "Findings",
    problems: "Problems found",
    suggestions: "Advice",
  },
  owing: { title: "Still owing", empty: "Nothing is owed." },
  sittings: {
    title: "Sittings with sheets to come",
    note: "expected = candidates present × examiners on the panel",
  },
  contradictions: {
    title: "Candidates whose records contradict each other",
    note: "Said to have left, and signed for by the whole panel. Both are taken; ask the institution for a supervisor’s decision about the candidate, signed by a second person (confirmed or void).",
  },
  coming: "Batches that are half here",
  evidence: "Photographs still owed (the scores have their receipt)",
  gaps: "Laptops with a gap in their batch numbers",
  silent: "Laptops that are enrolled and never sent a batch",
  laptops: {
    title: "Laptops and keys",
    empty: "No laptop is frozen.",
    frozen: "Frozen laptops (they sent two different versions)",
  },
  pendingKeys: (keys) => `Substitutes’ keys waiting to be enrolled: ${keys}`,
  revocations: (keys) => `Revoked keys: ${keys}`,
  log: {
    title: "Public log",
    none: "There is no checkpoint yet.",
    size: "Entries",
    root: "Root",
    origin: "Log",
  },
  columns: {
    institution: "Institution",
    laptop: "Laptop",
    batches: "Batches",
    accepted: "Counted",
    quarantined: "Set aside",
    waiting: "Waiting",
    last: "Last arrival",
    batch: "Batch",
    received: "Received",
    sheets: "Sheets",
    why: "Why, and what next",
    day: "Day",
    sitting: "Sitting",
    candidates: "Candidates",
    absent: "Absent",
    left: "Left",
    arrived: "Here",
    expected: "Expected",
    held: "Key pending",
    files: "Files",
    bytes: "Size",
    missing: "Missing",
    about: "About",
    decision: "Decision",
    flags: "Flags in sight",
    signatures: "Signed by",
    standing: "Standing",
    spread: "Spread",
    words: "In the supervisor’s words",
  },
  none: "—",
  times: (count) => (count === 1 ? "once" : `${count} times`),
  more: (count) => `${count} more ${count === 1 ? "is" : "are"} not listed.`,
  unknownCode: (code) => `Code ${code}`,
  notes: {
    "amendment-conflict": [
      "The amendment rests on a record that no longer counts",
      "People decide which of them holds",
    ],
    "approval-missing": [
      "A second signature is missing: the panel leader’s on the batch, the approver’s on an amendment, that of whoever confirms a change of roster, or the second person’s on a supervisor’s decision",
      "Ask the institution; people decide, nothing of it counts by itself",
    ],
    "build-unknown": [
      "The program that made it is not on the registry’s list",
      "Find out where that laptop’s program comes from; builds that are trusted go into builds.json",
    ],
    "candidate-absent": [
      "The candidate is also recorded as absent",
      "Ask the institution which of the two holds",
    ],
    "candidate-left": [
      "The candidate had left",
      "Ask the institution; what was signed before is kept, and makes no mark",
    ],
    "candidate-not-in-permit": [
      "The candidate is not in the roster of the sitting",
      "See whether the batch with the roster is missing",
    ],
    "candidate-present": [
      "A candidate recorded as absent has a sheet",
      "Ask the institution which of the two holds",
    ],
    "centre-unknown": [
      "The batch names another institution than the laptop’s",
      "Ask the institution; the laptop may be enrolled wrongly",
    ],
    "chain-broken": [
      "It does not continue the batch before it",
      "Ask for the batches between; otherwise people compare",
    ],
    "count-mismatch": ["The counts are not those the batch says", "People compare; it is kept as it came"],
    "delta-unfounded": [
      "A change of roster does not fit the absences and departures on record",
      "Ask the institution which one holds",
    ],
    "device-fork": [
      "One laptop sent two different versions under one batch number",
      "The laptop is frozen and both versions are kept; ask the institution",
    ],
    "device-frozen": ["The laptop is frozen", "Settle the two versions first, then enrol the laptop anew"],
    "device-replaced": [
      "Another laptop goes on with this one’s work",
      "Find out why the former laptop still sends",
    ],
    "duplicate-candidate": [
      "Two sheets of one examiner for one candidate",
      "The first one counts; ask the institution",
    ],
    "enrolment-pending": [
      "The signing key is not enrolled yet; leader and supervisor vouched for it",
      "See --pending, check, and enrol it with --enrol; it counts from then on",
    ],
    "examiner-conflicted": [
      "The examiner had to stand aside for this candidate",
      "People decide by the rules on recusal",
    ],
    "hash-mismatch": [
      "A file is not the one the batch names",
      "People compare; ask for it once more by stick",
    ],
    "key-revoked": [
      "The signing key was revoked",
      "What comes after a revocation does not count; find out who has the laptop",
    ],
    "key-unknown": ["The signing key is not known", "See whether the signer was enrolled"],
    malformed: ["It cannot be read", "People compare; it is kept as it came"],
    "non-canonical": ["It is not in canonical form", "People compare; it is kept as it came"],
    "not-vouched": [
      "The change of panel was not vouched for as it must be",
      "Ask the institution to complete the substitution",
    ],
    "object-undecryptable": [
      "One of the files cannot be decrypted",
      "Ask the institution whether it is meant for this registry",
    ],
    "permit-expired": [
      "The permit was not in force when it arrived",
      "People decide; the laptop’s clock proves nothing",
    ],
    "permit-unknown": ["The permit is not known", "See whether this registry issued it, and for this laptop"],
    "review-conflict": [
      "The decision does not follow the one that stands",
      "The supervisor looks at that one and signs again",
    ],
    "review-outdated": [
      "What the decision rests on was amended since, or has not come whole",
      "The supervisor looks at what counts now and signs again",
    ],
    "reviewer-involved": [
      "Whoever signed the decision or the visit marked some of these sheets, or is of the panel",
      "A supervisor who marked nothing of it decides, or visits",
    ],
    "role-not-allowed": ["The signer does not hold this role", "Compare with the roles in the register"],
    "root-mismatch": ["The records do not fit the batch’s root", "People compare; it is kept as it came"],
    "rubric-mismatch": [
      "The sheet is by another rubric than the candidate was entered for",
      "Ask the institution",
    ],
    "rubric-unknown": ["The registry does not have this rubric", "Ask for a batch that brings the rubric"],
    "scope-refused": [
      "The sitting lies outside what the institution is registered for",
      "Compare with its registration",
    ],
    "sequence-gap": [
      "Earlier records have not arrived",
      "Wait for the batch before it; if it is lost, people compare",
    ],
    "figures-unknown": [
      "An earlier version of the registry judged these sheets and kept no totals to compare",
      "People compare; it is kept as it came",
    ],
    "settlement-outdated": [
      "A sheet of the settled panel was amended since",
      "The leader signs again over what counts now",
    ],
    "settlement-unfounded": [
      "The sheets are within what is allowed",
      "Nothing was to be settled; ask the institution",
    ],
    "statement-invalid": [
      "An examiner’s words in the settlement are not signed by them, or are about another sheet",
      "Treat it as tampering: ask the institution, people find out",
    ],
    "statement-missing": [
      "An examiner of the panel has neither kept nor amended their sheet",
      "The institution completes it, and the leader signs again",
    ],
    "signature-invalid": [
      "The signature does not hold",
      "Treat it as tampering: secure the laptop and find out",
    ],
    "target-unknown": [
      "The registry has no sheet that this amendment or decision speaks of",
      "Wait for the batch with that sheet; otherwise people compare",
    ],
    "sitting-unknown": [
      "The registry has no roster of this sitting",
      "Wait for the batch with the roster, then ask the supervisor to sign again",
    ],
    "visit-incomplete": [
      "The visit does not answer its checklist item by item",
      "Ask the supervisor to sign another one",
    ],
    "total-mismatch": [
      "The total is not what the items give",
      "Treat it as tampering: secure the laptop and find out",
    ],
    "unsupported-version": ["The record is of a later version", "Update the registry"],
  },
};

export const WORDS: Readonly<Record<Language, Words>> = { "zh-CN": zh, en };

/** The first language the browser asks for that there is; Chinese where it asks for neither. */
export function languageOf(asked: string | undefined, accepts: string | undefined): Language {
  const wanted = asked ?? /^\s*([a-z]{2})/i.exec(accepts ?? "")?.[1];
  return wanted?.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}
