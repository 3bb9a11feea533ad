// One log, in memory: its leaves in order, its tree, and where each leaf stands. Derived from the acceptance journal and
// from nothing else, at every start and by whoever audits the registry.
import { concatBytes, digestToHashId, type Bytes, type HashId, type LogOrigin } from "#shared/base";
import {
  leafBytes,
  leafHash,
  TILE_WIDTH,
  writeEntryBundle,
  type LogLeaf,
  type TilePlace,
} from "#shared/wire";
import { createLogTree, type LogTree } from "./tree.ts";

export interface OneLog {
  readonly origin: LogOrigin;
  readonly tree: LogTree;
  append(leaf: LogLeaf): void;
  /** Where the leaf of this hash stands. */
  indexOf(leaf: HashId): number | undefined;
  /** The bytes of a tile, or of a bundle of entries. */
  tile(place: TilePlace): Bytes;
}

export function createLog(origin: LogOrigin): OneLog {
  const tree = createLogTree();
  const entries: Bytes[] = [];
  const places = new Map<HashId, number>();
  return {
    origin,
    tree,
    append: (leaf) => {
      const bytes = leafBytes(leaf);
      const hash = leafHash(bytes);
      places.set(digestToHashId(hash), tree.size());
      entries.push(bytes);
      tree.append(hash);
    },
    indexOf: (leaf) => places.get(leaf),
    tile: ({ level, index, width }) => {
      const from = index * TILE_WIDTH;
      if (level === "entries") return writeEntryBundle(entries.slice(from, from + width));
      return concatBytes(...Array.from({ length: width }, (_, i) => tree.node(8 * level, from + i)));
    },
  };
}
