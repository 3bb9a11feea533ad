// A store as a version left it on laptops: one file a version, with bytes in base64; and the day that all of them hold.
import { aPreparedDay, markAbsent, sealDay, signSheet } from "./journal-builders.ts";

export interface FrozenStore {
  readonly version: number;
  readonly cursor: Readonly<Record<string, unknown>>;
  readonly tables: Readonly<
    Record<string, readonly (readonly [key: string, row: Record<string, unknown>])[]>
  >;
}

/** What its rows are sealed with. */
export const FROZEN_KEY = new Uint8Array(32).fill(7);

/** The journal beside it. */
export function aFrozenDay() {
  const day = aPreparedDay({ candidates: 3 });
  signSheet(day, 1);
  markAbsent(day, 2);
  sealDay(day);
  return day.journal;
}
