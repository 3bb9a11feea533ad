// The heritage occupations that take level certificates and whose class code is at least believed. Glazed-tile workers
// (古建琉璃工) and guides (讲解员) join when their codes are known; five directions of the restorer are unnamed so far.
import { z } from "zod";
import { Occupation } from "#shared/exam";
import occupations from "./occupations.json" with { type: "json" };

export function knownOccupations(): Occupation[] {
  return z.array(Occupation).parse(occupations);
}
