// Every set, in the order it is printed.
import { hostileFiles } from "./hostile-files.ts";
import { hostileJson } from "./hostile-json.ts";
import { hostileKeys } from "./hostile-keys.ts";
import { hostileRecords } from "./hostile-records.ts";
import { morePublic } from "./more-public.ts";
import { publicCrypto } from "./public-crypto.ts";
import { publicWire } from "./public-wire.ts";
import type { VectorSet } from "./set.ts";
import { formatConfusion, typeConfusion } from "./type-confusion.ts";

/** Sets of this repository, and later editions of them: nothing is counted twice. */
const NEWER: Readonly<Record<string, string>> = {
  "ed25519-wycheproof": "wycheproof-ed25519",
  "json-parsing": "json-test-suite",
};

/** `folder`: where sets lie that are not part of this repository; what is not there is not run. */
export function allSets(folder: string): readonly VectorSet[] {
  const found = morePublic(folder);
  const isNewer = ({ name }: VectorSet) => found.some((set) => set.name === NEWER[name]);
  return [
    ...[...publicCrypto, ...publicWire].filter((set) => !isNewer(set)),
    ...found,
    hostileJson,
    hostileKeys,
    hostileRecords,
    ...hostileFiles,
    typeConfusion,
    formatConfusion,
  ];
}
