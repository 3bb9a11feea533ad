// A share of sheets is looked at whatever they show, so that nobody can learn to stay below the flags. The draw is R58's, from a
// seed whose digest was made public before: whoever has the seed draws the same sheets, and no other seed fits the digest.
import { bytesToHex, ok, refuse, utf8, type Refusal, type Result, type SheetId } from "#shared/base";
import type { PolicyOf } from "#shared/exam";
import { permute, sampleSize, type Digest } from "../panel/draw.ts";

/** What is made public before the first sheet is opened. */
export function commitToSeed(seed: string, digest: Digest): string {
  return bytesToHex(digest(utf8(seed)));
}

/** R58, R59: The sheets to hold, in the order they were drawn. */
export function heldAtRandom(
  sheets: readonly SheetId[],
  { seed, committed }: { readonly seed: string; readonly committed: string },
  policy: PolicyOf<"drawRatioPercent">,
  digest: Digest,
): Result<readonly SheetId[], Refusal<"hold.other-seed">> {
  if (commitToSeed(seed, digest) !== committed) return refuse({ code: "hold.other-seed" });
  if (sheets.length === 0) return ok([]);
  return ok(permute(sheets, `${seed}|hold`, digest).slice(0, sampleSize(sheets.length, policy)));
}
