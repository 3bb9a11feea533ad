// The Merkle trees of RFC 6962: a batch commits to every record it carries, and the registry's public log to every
// decision. Here: roots, and the two checks anyone can make with nothing but hashes; the registry makes the proofs.
import { concatBytes, digestToHashId, isEqualBytes, type Bytes, type HashId } from "#shared/base";
import { digest } from "#shared/crypto";

/** `sha256:` root over the records' bytes, in order; the empty tree is SHA-256 of nothing. */
export function merkleRoot(records: readonly Bytes[]): HashId {
  return digestToHashId(treeHash(records));
}

export function emptyRoot(): Bytes {
  return digest(new Uint8Array());
}

export function leafHash(leaf: Bytes): Bytes {
  return digest(concatBytes(Uint8Array.of(0), leaf));
}

export function nodeHash(left: Bytes, right: Bytes): Bytes {
  return digest(concatBytes(Uint8Array.of(1), left, right));
}

/** RFC 9162 §2.1.3.2: does the leaf stand at `index` in the tree of `size` leaves with this root? */
export function isIncluded(
  { index, size }: { readonly index: number; readonly size: number },
  leaf: Bytes,
  proof: readonly Bytes[],
  root: Bytes,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let [at, last] = [index, size - 1];
  let hash = leaf;
  for (const node of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(node, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, node);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isEqualBytes(hash, root);
}

export interface TreeHead {
  readonly size: number;
  readonly root: Bytes;
}

/** RFC 9162 §2.1.4.2: is the first tree, leaf by leaf, the beginning of the second? */
export function isConsistent(first: TreeHead, second: TreeHead, proof: readonly Bytes[]): boolean {
  if (!isSize(first.size) || !isSize(second.size) || first.size > second.size) return false;
  if (first.size === 0) return false; // every tree begins with nothing: that says nothing
  if (first.size === second.size) return proof.length === 0 && isEqualBytes(first.root, second.root);
  return isPrefix(first, second, proof);
}

function isPrefix(first: TreeHead, second: TreeHead, proof: readonly Bytes[]): boolean {
  // When the first tree is a whole subtree of the second its own root opens the proof.
  const [start, ...path] = isPowerOfTwo(first.size) ? [first.root, ...proof] : proof;
  if (!start || proof.length === 0) return false;
  let [at, last] = [first.size - 1, second.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [old, now] = [start, start];
  for (const node of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      old = nodeHash(node, old);
      now = nodeHash(node, now);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      now = nodeHash(now, node);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isEqualBytes(old, first.root) && isEqualBytes(now, second.root);
}

/** The largest power of two below `size` (RFC 6962 §2.1); `size` is at least 2. */
export function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

function treeHash(leaves: readonly Bytes[]): Bytes {
  const [only] = leaves;
  if (!only) return emptyRoot();
  if (leaves.length === 1) return leafHash(only);
  const split = splitPoint(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

/** Sizes go up to 2^53 - 1, where the bit operators of the language end at 2^31. */
function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  return 2 ** Math.round(Math.log2(value)) === value;
}

function areHashes(all: readonly Bytes[]): boolean {
  return all.every(({ length }) => length === 32);
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
