// Expected trouble is a value. Errors are plain objects with a `code` of the form `area.reason` plus facts; words for
// people live in renderer/i18n, in both languages.

export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** A refusal as it crosses a door: a code, and facts a message may quote. Never a name, never a secret. */
export interface Refusal<C extends string = string> {
  readonly code: C;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}
