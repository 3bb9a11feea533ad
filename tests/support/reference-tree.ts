// RFC 6962 section 2.1 as it is written, recursion by recursion: slow, and nothing but the definition. What the log and
// the checks do faster is compared with this.
import type { Bytes } from "#shared/base";
import { emptyRoot, leafHash, nodeHash, splitPoint } from "#shared/wire";

export function rootOf(leaves: readonly Bytes[]): Bytes {
  const [first] = leaves;
  if (!first) return emptyRoot();
  if (leaves.length === 1) return leafHash(first);
  const [left, right] = halves(leaves);
  return nodeHash(rootOf(left), rootOf(right));
}

/** 2.1.1: PATH(m, D[n]). */
export function pathOf(index: number, leaves: readonly Bytes[]): Bytes[] {
  if (leaves.length <= 1) return [];
  const [left, right] = halves(leaves);
  return index < left.length
    ? [...pathOf(index, left), rootOf(right)]
    : [...pathOf(index - left.length, right), rootOf(left)];
}

/** 2.1.2: PROOF(m, D[n]). */
export function consistencyOf(size: number, leaves: readonly Bytes[]): Bytes[] {
  return size === 0 || size === leaves.length ? [] : subproofOf(size, leaves, true);
}

function subproofOf(size: number, leaves: readonly Bytes[], isWhole: boolean): Bytes[] {
  if (size === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const [left, right] = halves(leaves);
  return size <= left.length
    ? [...subproofOf(size, left, isWhole), rootOf(right)]
    : [...subproofOf(size - left.length, right, false), rootOf(left)];
}

function halves(leaves: readonly Bytes[]): [Bytes[], Bytes[]] {
  const split = splitPoint(leaves.length);
  return [leaves.slice(0, split), leaves.slice(split)];
}
