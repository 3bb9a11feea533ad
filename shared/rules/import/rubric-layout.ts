// How a rubric lies in a spreadsheet: three sheets, their headings and the words in their cells, in both languages. A cell
// may hold the Chinese word, the English one, the code, or several of them with a space between, as we write them.
import type { Words } from "#shared/exam";

export type SheetKey = "head" | "items" | "vetoes";

export const SHEETS: Readonly<Record<SheetKey, Words>> = {
  head: { zh: "评分表", en: "Rubric" },
  items: { zh: "考核要素", en: "Items" },
  vetoes: { zh: "否定项", en: "Vetoes" },
};

/** Label in the first column, value in the second. */
export const HEAD = {
  code: { zh: "试卷编号", en: "Paper code" },
  version: { zh: "版本", en: "Version" },
  illustrative: { zh: "示例", en: "Sample" },
  occupation: { zh: "职业编码", en: "Occupation code" },
  direction: { zh: "职业方向", en: "Direction" },
  level: { zh: "等级", en: "Level" },
  titleZh: { zh: "名称（中文）", en: "Title (Chinese)" },
  titleEn: { zh: "名称（英文）", en: "Title (English)" },
  minutes: { zh: "时限（分钟）", en: "Time limit (minutes)" },
  step: { zh: "最小分值", en: "Smallest step of a mark" },
  overtimePer: { zh: "超时每（分钟）", en: "Overtime, each (minutes)" },
  overtimeMark: { zh: "每次扣", en: "takes off" },
  overtimeMax: { zh: "最长超时（分钟）", en: "Overtime at most (minutes)" },
  specimen: { zh: "考件", en: "Specimen" },
} as const satisfies Readonly<Record<string, Words>>;
export type HeadKey = keyof typeof HEAD;

/** An item is a row with a number; the rows below it without one are its parts. */
export const ITEM_COLUMNS = {
  no: { zh: "序号", en: "No." },
  kind: { zh: "类型", en: "Kind" },
  code: { zh: "代码", en: "Code" },
  zh: { zh: "中文", en: "Chinese" },
  en: { zh: "英文", en: "English" },
  mark: { zh: "分值", en: "Mark" },
  limit: { zh: "上限", en: "Limit" },
  count: { zh: "数量", en: "Count" },
  unit: { zh: "单位", en: "Unit" },
  resolution: { zh: "分辨力", en: "Resolution" },
  fn: { zh: "职业功能", en: "Function" },
  mayNotApply: { zh: "可不适用", en: "May not apply" },
} as const satisfies Readonly<Record<string, Words>>;
export type ItemColumn = keyof typeof ITEM_COLUMNS;

export const VETO_COLUMNS = {
  code: { zh: "代码", en: "Code" },
  effect: { zh: "后果", en: "Effect" },
  zh: { zh: "中文", en: "Chinese" },
  en: { zh: "英文", en: "English" },
} as const satisfies Readonly<Record<string, Words>>;
export type VetoColumn = keyof typeof VETO_COLUMNS;

/** The code of the format, with the Chinese word that people write for it. */
export const KINDS = {
  DEDUCT: "扣分",
  MEASURE: "测量",
  JUDGE: "评判",
  CHECK: "核对",
  POINTS: "给分",
} as const;
export const EFFECTS = { FAIL_PART: "本部分不合格", DISQUALIFY: "取消资格" } as const;
export const SPECIMENS = { REPLICA: "仿制品", SHERD: "残片", MATERIAL: "材料", RELIC: "文物" } as const;
export const LEVELS = {
  L5: "五级/初级工",
  L4: "四级/中级工",
  L3: "三级/高级工",
  L2: "二级/技师",
  L1: "一级/高级技师",
} as const;

export const YES = { yes: { zh: "是", en: "yes" }, no: { zh: "否", en: "no" } } as const;

export function wordsToCell({ zh, en }: Words): string {
  return `${zh} ${en}`;
}

export function codeToCell<K extends string>(words: Readonly<Record<K, string>>, code: K): string {
  return `${words[code]} ${code}`;
}

/** What the cells of one column, or of one list of codes, may say. */
export type Spellings<K extends string> = ReadonlyMap<string, K>;

export function spellingsOf<K extends string>(named: Readonly<Record<K, Words>>): Spellings<K> {
  const entries = Object.entries<Words>(named) as [K, Words][];
  return spelled(entries.map(([key, { zh, en }]) => [key, [zh, en, wordsToCell({ zh, en })]]));
}

/** A level is also known by either half of its name (五级/初级工). */
export function codeSpellings<K extends string>(words: Readonly<Record<K, string>>): Spellings<K> {
  const entries = Object.entries<string>(words) as [K, string][];
  return spelled(
    entries.map(([code, word]) => [code, [code, word, codeToCell(words, code), ...word.split("/")]]),
  );
}

/** Which of the named things a cell means; undefined when it means none of them. */
export function meant<K extends string>(spellings: Spellings<K>, text: string): K | undefined {
  return text === "" ? undefined : spellings.get(plain(text));
}

function spelled<K extends string>(entries: readonly (readonly [K, readonly string[]])[]): Spellings<K> {
  return new Map(entries.flatMap(([key, texts]) => texts.map((text) => [plain(text), key] as const)));
}

/** Full width or half, upper case or lower, with spaces or without: to a person it is the same word. */
function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s/gu, "").toLowerCase();
}
