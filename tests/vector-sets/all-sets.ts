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

/** `folder`: where sets lie that are not part of this repository; what is not there is not run. */
export function allSets(folder: string): readonly VectorSet[] {
  return [
    ...publicCrypto,
    ...publicWire,
    ...morePublic(folder),
    hostileJson,
    hostileKeys,
    hostileRecords,
    ...hostileFiles,
    typeConfusion,
    formatConfusion,
  ];
}
