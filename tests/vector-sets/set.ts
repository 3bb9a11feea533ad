// A set of vectors: where it comes from, and what running it showed. Public ones were made by others and are data in
// tests/vectors/; own ones are hostile and made here from a seed, each with the error it must get.

export interface VectorSet {
  readonly name: string;
  readonly origin: "public" | "own";
  readonly source: string;
  readonly licence: string;
  readonly run: () => Promise<Outcome> | Outcome;
}

export interface Outcome {
  readonly count: number;
  /** Which vectors did not get what they must, and what they got. */
  readonly failed: readonly string[];
}

/** `judge` says what went wrong, or nothing. A throw is never what a vector must get. */
export function runEach<T>(
  vectors: readonly T[],
  judge: (vector: T, at: number) => string | undefined,
): Outcome {
  const failed = vectors.flatMap((vector, at) => {
    const wrong = tried(() => judge(vector, at));
    return wrong === undefined ? [] : [`${String(at)}: ${wrong}`];
  });
  return { count: vectors.length, failed };
}

export async function runEachSoon<T>(
  vectors: readonly T[],
  judge: (vector: T, at: number) => Promise<string | undefined>,
): Promise<Outcome> {
  const failed: string[] = [];
  for (const [at, vector] of vectors.entries()) {
    const wrong = await judge(vector, at).catch(threw);
    if (wrong !== undefined) failed.push(`${String(at)}: ${wrong}`);
  }
  return { count: vectors.length, failed };
}

/** One hostile vector of our own: what is offered, and the code it must be refused with. */
export interface Hostile {
  readonly about: string;
  readonly expected: string;
  readonly offer: () => string;
}

export function runHostile(vectors: readonly Hostile[]): Outcome {
  return runEach(vectors, ({ about, expected, offer }) => {
    const got = offer();
    return got === expected ? undefined : `${about}: ${got} instead of ${expected}`;
  });
}

/** The code of a result, `ok` where it was taken. */
export function codeOf(result: { ok: true } | { ok: false; error: { code: string } }): string {
  return result.ok ? "ok" : result.error.code;
}

function tried(judge: () => string | undefined): string | undefined {
  try {
    return judge();
  } catch (error) {
    return threw(error);
  }
}

function threw(error: unknown): string {
  return `threw ${String(error)}`;
}
