// What cannot happen crashes at once, to the one top-level handler.

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}

/** Ends a `switch` over a union: the compiler refuses a case that was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`invariant: unreachable ${JSON.stringify(value)}`);
}
