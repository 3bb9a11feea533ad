// The two languages in which the registry says everything.

export type Language = "zh-CN" | "en";

export const LANGUAGES: readonly Language[] = ["zh-CN", "en"];

export interface InBoth {
  readonly zh: string;
  readonly en: string;
}

export function inLanguage({ zh, en }: InBoth, language: Language): string {
  return language === "en" ? en : zh;
}
