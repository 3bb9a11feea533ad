// Thirty people who do not exist, for the demonstration and the fixtures. Area 990000 is assigned to nobody, so none of
// these numbers can belong to anyone; the names have what real rosters have: middle dots, rare and very rare characters.
import people from "./roster.json" with { type: "json" };

export interface DemoPerson {
  readonly name: string;
  readonly idNumber: string;
}

export function demoRoster(): readonly DemoPerson[] {
  return people;
}
