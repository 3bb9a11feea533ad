// The reproducible draw: whoever has the register, the seed and this page draws the same again (R58, R59). The digest comes
// in, so that an SM3 profile is another argument and another `algorithmVersion`.
import { concatBytes, invariant, utf8, type Bytes } from "#shared/base";
import { block, decide, type Decision, type DrawRates, type DrawRegister, type PolicyOf } from "#shared/exam";

export type Digest = (bytes: Bytes) => Bytes;

/** R58: A seeded permutation: ids in byte order, then Fisher-Yates from the last place down. */
export function permute<T extends string>(ids: readonly T[], seed: string, digest: Digest): T[] {
  const drawn = [...ids].sort(byBytes);
  const below = createBelow(seed, digest);
  for (let i = drawn.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [drawn[i], drawn[j]] = [drawn[j] as T, drawn[i] as T];
  }
  return drawn;
}

/** R58: The hash under which a register is frozen before its draw: its ids in byte order, one a line. */
export function registerHash(ids: readonly string[], digest: Digest): Bytes {
  return digest(utf8([...ids].sort(byBytes).join("\n")));
}

/** R59: One in twenty of the objects, rounded up, and at least one. */
export function sampleSize(objects: number, policy: PolicyOf<"drawRatioPercent">): number {
  return Math.max(1, Math.ceil((objects * policy.drawRatioPercent) / 100));
}

export interface DrawnObject<O extends string = string, I extends string = string> {
  readonly object: O;
  readonly inspectors: I[];
  /** Who would have come next and stepped aside. */
  readonly stoodAside: I[];
  /** Drawn, or added because of complaints or a bad record. */
  readonly because: "DRAWN" | "RECORD";
}

export interface DrawRequest<O extends string = string, I extends string = string> {
  readonly objects: readonly O[];
  readonly inspectors: readonly I[];
  readonly seed: string;
  readonly size: number;
  readonly perObject: number;
  /** Objects with complaints or a bad record: always inspected. */
  readonly always: readonly O[];
  readonly isConflicted: (inspector: I, object: O) => boolean;
}

/** R58, R59: Objects and inspectors at random; a conflicted inspector steps aside and stays first for the next object. */
export function drawInspections<O extends string, I extends string>(
  request: DrawRequest<O, I>,
  digest: Digest,
): DrawnObject<O, I>[] {
  const { objects, inspectors, seed, size, perObject, always, isConflicted } = request;
  const drawn = permute(objects, `${seed}|object`, digest).slice(0, size);
  const added = permute(objects, `${seed}|object`, digest).filter(
    (object) => always.includes(object) && !drawn.includes(object),
  );
  const ring = permute(inspectors, `${seed}|inspector`, digest);
  return [...drawn, ...added].map((object) => {
    const taken: I[] = [];
    const stoodAside: I[] = [];
    for (const inspector of ring) {
      if (taken.length === perObject) break;
      (isConflicted(inspector, object) ? stoodAside : taken).push(inspector);
    }
    // Who was taken goes to the end of the ring; who stood aside stays in front.
    for (const inspector of taken) {
      ring.splice(ring.indexOf(inspector), 1);
      ring.push(inspector);
    }
    return { object, inspectors: taken, stoodAside, because: drawn.includes(object) ? "DRAWN" : "RECORD" };
  });
}

/** R58: The seed of a draw: its name, what was committed to, and what nobody could know by then. */
export function drawSeed(plan: string, secret: string, value: string): string {
  return `${plan}|${secret}|${value}`;
}

/** R59: Whatever is drawn, enough inspectors without an interest are there: asked before the draw, of every object. */
export function checkInspectors(
  { objects, inspectors, conflicts }: DrawRegister,
  { inspectorsPerObject: least }: Pick<DrawRates, "inspectorsPerObject">,
): Decision {
  return decide(
    objects.flatMap(({ id }) => {
      const aside = new Set(
        conflicts.filter(({ object }) => object === id).map(({ inspector }) => inspector),
      );
      const there = inspectors.filter((one) => !aside.has(one)).length;
      return there < least
        ? [block("R59", "draw.too-few-inspectors", { institution: id, inspectors: there, least })]
        : [];
    }),
  );
}

/** Ids are ASCII: code units in order are bytes in order. */
function byBytes(a: string, b: string): number {
  return a < b ? -1 : 1;
}

const WORDS = 2n ** 64n;

/** Uniform integers by rejection on 64-bit big-endian words of digest(seed || counter). */
function createBelow(seed: string, digest: Digest): (n: number) => number {
  let counter = 0;
  let words: bigint[] = [];
  const next = (): bigint => {
    if (words.length === 0) {
      const block = digest(concatBytes(utf8(seed), uint32(counter)));
      counter += 1;
      const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
      words = Array.from({ length: block.byteLength / 8 }, (_, at) => view.getBigUint64(at * 8));
    }
    const word = words.shift();
    invariant(word !== undefined, "a digest of at least 8 bytes");
    return word;
  };
  return (n) => {
    const limit = WORDS - (WORDS % BigInt(n));
    for (;;) {
      const word = next();
      if (word < limit) return Number(word % BigInt(n));
    }
  };
}

function uint32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
