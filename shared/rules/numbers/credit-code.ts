// The unified social credit code, GB 32100: 18 characters, the last one a check (R73, domain 11.3).
import { block, decide, info, type Decision } from "#shared/exam";

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** R73: A credit code has 18 characters of its alphabet and the right check character. */
export function checkCreditCode(code: string): Decision {
  if (code.length !== 18) return decide([block("R73", "creditcode.length", { length: code.length })]);
  if (Array.from(code).some((character) => !ALPHABET.includes(character))) {
    return decide([block("R73", "creditcode.characters")]);
  }
  return decide([
    creditCheckCharacter(code) === code.charAt(17)
      ? info("R73", "creditcode.sound")
      : block("R73", "creditcode.checksum"),
  ]);
}

/** The check character that the first 17 ask for. */
export function creditCheckCharacter(code: string): string {
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * ALPHABET.indexOf(code.charAt(at)), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}
