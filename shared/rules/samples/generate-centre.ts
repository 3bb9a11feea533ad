// A centre that might exist, from a seed: its people, its rosters, who taught whom and who is related to whom. For tests,
// demonstrations and benchmarks. Names and numbers belong to nobody: area 990000 is not assigned (domain 11.3).
import { addDays, createRandom, Day, daysBetween, PersonId, pick, pickInt, type Random } from "#shared/base";
import type { Person, RelationKind, Role } from "#shared/exam";
import { idCheckDigit } from "../numbers/id-number.ts";
import type { DemoPerson } from "./roster.ts";
import names from "./names.json" with { type: "json" };

export interface CentreSize {
  readonly examiners: number;
  readonly candidates: number;
}

export interface GeneratedCentre {
  readonly people: readonly Person[];
  readonly roster: readonly DemoPerson[];
  /** Classes by their trainer, with places in the roster from 0. */
  readonly classes: readonly { readonly trainer: PersonId; readonly learners: readonly number[] }[];
  readonly relations: readonly {
    readonly person: PersonId;
    readonly candidate: number;
    readonly kind: RelationKind;
  }[];
}

/** Some classes and some relations, so that panels have conflicts; nobody's number comes twice. */
export function generateCentre(seed: number, size: CentreSize): GeneratedCentre {
  const random = createRandom(seed);
  const roster = Array.from({ length: size.candidates }, (_, i) => generatePerson(i, random));
  const examiners = Array.from({ length: size.examiners }, (_, i) =>
    staff(`g-${String(i + 1)}`, i % 3 === 0 ? ["examiner", "panelLeader"] : ["examiner"], random),
  );
  const office = (["administrator", "supervisor", "tally", "tally"] as const).map((role, i) =>
    staff(`g-office-${String(i + 1)}`, [role], random),
  );
  const chance = (share: number) => random() < share;
  return {
    people: [...office, ...examiners],
    roster,
    classes: examiners
      .filter(() => chance(0.2))
      .map(({ id }) => ({ trainer: id, learners: roster.flatMap((_, i) => (chance(0.1) ? [i] : [])) })),
    relations: examiners
      .filter(() => roster.length > 0 && chance(0.1))
      .map(({ id }) => ({
        person: id,
        candidate: pickInt(0, roster.length - 1, random),
        kind: pick(["SPOUSE", "LINEAL", "COLLATERAL3", "MASTER", "COLLEAGUE"] as const, random),
      })),
  };
}

/** The sequence number follows the place in the roster, so that the same birthday never makes the same number. */
function generatePerson(place: number, random: Random): DemoPerson {
  const born = addDays(FIRST_BIRTHDAY, pickInt(0, daysBetween(FIRST_BIRTHDAY, LAST_BIRTHDAY), random));
  const area = `9900${String(Math.floor(place / 1000) % 100).padStart(2, "0")}`;
  const body = `${area}${born.replaceAll("-", "")}${String(place % 1000).padStart(3, "0")}`;
  return { name: generateName(random), idNumber: `${body}${idCheckDigit(body)}` };
}

function generateName(random: Random): string {
  if (random() < 0.12) return pick(names.minorities, random);
  const given = [pick(names.given, random), random() < 0.75 ? pick(names.given, random) : ""].join("");
  const family = random() < 0.05 ? pick(names.doubleFamilies, random) : pick(names.families, random);
  return random() < 0.04 ? `${family}${pick(names.rare, random)}` : `${family}${given}`;
}

function staff(id: string, roles: readonly Role[], random: Random): Person {
  return { id: PersonId.parse(id), name: generateName(random), roles: [...roles] };
}

const FIRST_BIRTHDAY = Day.parse("1966-01-01");
const LAST_BIRTHDAY = Day.parse("2006-12-31");
