// Chance that gathers about nothing, with standard deviation one (Box & Muller 1958).
import type { Random } from "#shared/base";

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
