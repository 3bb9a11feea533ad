// Workplaces by lot (工位抽签): within each rotation, by the same draw as inspections (R58), so that whoever has the roster, the
// rotations as they stood then, the secret and the value that was named in the room draws the same again.
import { utf8 } from "#shared/base";
import { drawSeed, permute, type Digest } from "./draw.ts";

export interface SeatGroup {
  readonly rotation: number;
  /** By their numbers in the roster. */
  readonly candidates: readonly number[];
}

export interface SeatOfNumber {
  readonly rotation: number;
  readonly candidate: number;
  /** From 1. */
  readonly place: number;
}

/** R58: Before the value is known this hash freezes secret and roster: neither can be chosen afterwards. */
export function seatCommitment(
  sitting: string,
  roster: string,
  secret: string,
  digest: Digest,
): ReturnType<Digest> {
  return digest(utf8(`${sitting}|${roster}|${secret}`));
}

/**
 * R58: Each rotation's workplaces are permuted under the seed `sitting|secret|value` and the part `|seat|<rotation>`; its candidates take
 * them in the order of their numbers. A rotation that is not full is drawn among all its workplaces.
 */
export function drawSeats(
  groups: readonly SeatGroup[],
  { sitting, secret, value, perRotation }: SeatSeed,
  digest: Digest,
): SeatOfNumber[] {
  const seed = drawSeed(sitting, secret, value);
  return groups.flatMap(({ rotation, candidates }) => {
    const places = Math.max(perRotation, candidates.length);
    const drawn = permute(
      Array.from({ length: places }, (_, at) => String(at + 1).padStart(DIGITS, "0")),
      `${seed}|seat|${rotation}`,
      digest,
    );
    return [...candidates]
      .sort((a, b) => a - b)
      .map((candidate, at) => ({ rotation, candidate, place: Number(drawn[at]) }));
  });
}

export interface SeatSeed {
  readonly sitting: string;
  readonly secret: string;
  readonly value: string;
  /** Workplaces of a rotation. */
  readonly perRotation: number;
}

/** Numbers of one length are in byte order as they are in order. */
const DIGITS = 5;
