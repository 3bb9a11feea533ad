// `t("area.key", { variables })`, typed from the Chinese modules. A thin cover over i18next: no namespaces, no
// suspense, nothing loaded.
import { createInstance, type i18n } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Locale } from "#shared/ipc";
import * as en from "./en/index.ts";
import type { PathsOf, VariablesIn, WordAt, WordTree } from "./words.ts";
import * as zhCN from "./zh-CN/index.ts";

type Areas = typeof zhCN;
export type TextKey = PathsOf<Areas>;

type Variables<K extends TextKey> = VariablesIn<WordAt<Areas, K>>;
type Given<K extends TextKey> = [Variables<K>] extends [never]
  ? []
  : [variables: Readonly<Record<Variables<K>, string | number>>];

export interface Text {
  <K extends TextKey>(key: K, ...variables: Given<K>): string;
  /** For keys made of codes: null where there is no such word. */
  maybe: (key: string, variables?: Readonly<Record<string, string | number | boolean>>) => string | null;
  readonly locale: Locale;
}

/** Both languages, as plain trees: what i18next is given and what the tests compare. */
export const resources: Readonly<Record<Locale, WordTree>> = { "zh-CN": { ...zhCN }, en: { ...en } };

export type Wording = i18n;

export function createI18n(locale: Locale): Wording {
  const words = createInstance();
  words.use(initReactI18next);
  void words.init({
    lng: locale,
    fallbackLng: false,
    supportedLngs: ["zh-CN", "en"],
    resources: { "zh-CN": { translation: resources["zh-CN"] }, en: { translation: resources.en } },
    initAsync: false,
    returnNull: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return words;
}

/** Changes the language of the page, and says so to screen readers and hyphenation. */
export async function setLocale(words: Wording, locale: Locale): Promise<void> {
  document.documentElement.lang = locale;
  await words.changeLanguage(locale);
}

/** The words outside React: a notification, a file name. */
export function textOf(words: Wording): Text {
  return makeText(words, words.language);
}

/** The words of the language in use; a component that calls it is drawn again when the language changes. */
export function useText(): Text {
  const { i18n } = useTranslation();
  return cachedText(i18n, i18n.language);
}

export interface BothWords {
  readonly text: string;
  /** In the language that is not in use. */
  readonly also: string;
}

/** The same words in both languages: for what is found by either. */
export function useWordsInBoth(): <K extends TextKey>(key: K, ...variables: Given<K>) => BothWords {
  const { t, other } = useBothTexts();
  return (key, ...variables) => ({ text: t(key, ...variables), also: other(key, ...variables) });
}

/** The words of the language in use, and of the other one. */
export function useBothTexts(): { readonly t: Text; readonly other: Text } {
  const { i18n } = useTranslation();
  const t = cachedText(i18n, i18n.language);
  return { t, other: cachedText(i18n, t.locale === "en" ? "zh-CN" : "en") };
}

/** What words without variables, wherever they stand, are in the other language; nothing where no key says them. */
export function inOtherLanguage(text: string, locale: Locale): string {
  const from = flattened(resources[locale]);
  const to = flattened(resources[locale === "en" ? "zh-CN" : "en"]);
  return [...from].flatMap(([path, words]) => (words === text ? (to.get(path) ?? []) : [])).join(" ");
}

const flat = new WeakMap<WordTree, ReadonlyMap<string, string>>();

function flattened(tree: WordTree): ReadonlyMap<string, string> {
  const known = flat.get(tree);
  if (known) return known;
  const made = new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === "string"
        ? [[key, value]]
        : [...flattened(value)].map(([inner, words]) => [`${key}\n${inner}`, words]),
    ),
  );
  flat.set(tree, made);
  return made;
}

const cache = new WeakMap<Wording, Map<string, Text>>();

/** The same function as long as the language stays, so that effects and memos may depend on it. */
function cachedText(words: Wording, language: string): Text {
  let byLanguage = cache.get(words);
  if (!byLanguage) cache.set(words, (byLanguage = new Map<string, Text>()));
  let text = byLanguage.get(language);
  if (!text) byLanguage.set(language, (text = makeText(words, language)));
  return text;
}

function makeText(words: Wording, language: string): Text {
  const translate = words.getFixedT(language) as (key: string, variables?: object) => string;
  const text = (key: string, variables?: object) => translate(key, variables);
  return Object.assign(text, {
    maybe: (key: string, variables?: object) =>
      words.exists(key, { lng: language }) ? translate(key, variables) : null,
    locale: language === "en" ? ("en" as const) : ("zh-CN" as const),
  });
}
