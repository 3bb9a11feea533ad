// The log's tree as it grows (RFC 6962 section 2.1): the hash of every complete subtree is kept, so that the root and the
// proofs of any size it ever had cost a few dozen hashes.
import { invariant, type Bytes } from "#shared/base";
import { emptyRoot, HASH_BYTES, nodeHash, splitPoint } from "#shared/wire";

export interface LogTree {
  size(): number;
  append(leaf: Bytes): void;
  /** The root of the first `size` leaves. */
  root(size: number): Bytes;
  /** From the leaf's sibling up to the root's child. */
  inclusion(index: number, size: number): Bytes[];
  consistency(from: number, size: number): Bytes[];
  /** The hash of the `index`-th complete subtree of 2^level leaves. */
  node(level: number, index: number): Bytes;
}

export function createLogTree(): LogTree {
  const levels: HashRow[] = [createRow()];
  const rowAt = (level: number) => (levels[level] ??= createRow());

  const hashOf = (from: number, to: number): Bytes => {
    const count = to - from;
    const level = Math.log2(count);
    if (Number.isInteger(level)) return rowAt(level).at(from / count);
    const middle = from + splitPoint(count);
    return nodeHash(hashOf(from, middle), hashOf(middle, to));
  };

  const pathOf = (index: number, from: number, to: number): Bytes[] => {
    if (to - from === 1) return [];
    const middle = from + splitPoint(to - from);
    return index < middle
      ? [...pathOf(index, from, middle), hashOf(middle, to)]
      : [...pathOf(index, middle, to), hashOf(from, middle)];
  };

  const subproofOf = (size: number, from: number, to: number, isWhole: boolean): Bytes[] => {
    if (size === to) return isWhole ? [] : [hashOf(from, to)];
    const middle = from + splitPoint(to - from);
    return size <= middle
      ? [...subproofOf(size, from, middle, isWhole), hashOf(middle, to)]
      : [...subproofOf(size, middle, to, false), hashOf(from, middle)];
  };

  return {
    size: () => rowAt(0).count(),
    append: (leaf) => {
      rowAt(0).push(leaf);
      for (let level = 0; rowAt(level).count() % 2 === 0; level++) {
        const count = rowAt(level).count();
        rowAt(level + 1).push(nodeHash(rowAt(level).at(count - 2), rowAt(level).at(count - 1)));
      }
    },
    root: (size) => (size === 0 ? emptyRoot() : hashOf(0, size)),
    inclusion: (index, size) => {
      invariant(index < size && size <= rowAt(0).count(), "a leaf of this tree");
      return pathOf(index, 0, size);
    },
    consistency: (from, size) => {
      invariant(from > 0 && from <= size && size <= rowAt(0).count(), "sizes of this tree");
      return subproofOf(from, 0, size, true);
    },
    node: (level, index) => rowAt(level).at(index),
  };
}

interface HashRow {
  count(): number;
  push(hash: Bytes): void;
  at(index: number): Bytes;
}

/** One buffer that doubles: a million hashes as a million arrays would be several times as large. */
function createRow(): HashRow {
  let bytes = new Uint8Array(64 * HASH_BYTES);
  let count = 0;
  return {
    count: () => count,
    push: (hash) => {
      if ((count + 1) * HASH_BYTES > bytes.length) {
        const larger = new Uint8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
      }
      bytes.set(hash, count * HASH_BYTES);
      count += 1;
    },
    at: (index) => {
      invariant(index < count, "a hash that is there");
      return bytes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
    },
  };
}
