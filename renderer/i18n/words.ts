// The types of words: which keys there are, which variables each one wants, and what a translation must bring. All of
// it follows from the Chinese modules, so a missing key or variable does not compile.

export interface WordTree {
  readonly [key: string]: string | WordTree;
}

/** The same keys with other words. `key_one` may be added where a language has a singular. */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]>;
} & {
  readonly [K in keyof T & string as T[K] extends string ? `${K}_one` : never]?: string;
};

/** Every path to a word: `confirm.title.sheet`. */
export type PathsOf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}`;
}[keyof T & string];

/** The word at a path. A key may contain dots itself, as error codes do. */
export type WordAt<T, P extends string> = P extends keyof T
  ? T[P]
  : { [K in keyof T & string]: P extends `${K}.${infer Rest}` ? WordAt<T[K], Rest> : never }[keyof T &
      string];

/** The names between braces. */
export type VariablesIn<S> = S extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | VariablesIn<Rest>
  : never;
