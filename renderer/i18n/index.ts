export { flagName, flagTitle, flagWords, type FlagWords } from "./flag-words.ts";
export * from "./format.ts";
export { bandTexts, decimalsOf, inputText, unitsToText } from "./input-text.ts";
export {
  blockedText,
  candidateName,
  candidateNo,
  findingText,
  pauseText,
  personName,
  refusalKind,
  refusalNotice,
  refusalText,
  shownName,
  wordsIn,
} from "./say.ts";
export { I18nextProvider as TextProvider } from "react-i18next";
export {
  createI18n,
  resources,
  setLocale,
  textOf,
  useText,
  inOtherLanguage,
  useBothTexts,
  useWordsInBoth,
  type BothWords,
  type Text,
  type TextKey,
  type Wording,
} from "./text.ts";
export type { Translated, WordTree } from "./words.ts";
