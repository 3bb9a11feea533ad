// A rubric's identity: the hash of its canonical bytes, which every sheet marked by it carries (rulings 14).
import type { HashId } from "#shared/base";
import type { Rubric } from "#shared/exam";
import { hashId } from "#shared/crypto";
import { canonicalBytes } from "./canonical.ts";

export function rubricHash(rubric: Rubric): HashId {
  return hashId(canonicalBytes(rubric));
}
