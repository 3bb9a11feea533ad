// What check-in makes of the rows: comparisons of a document, drawn workplaces, and where they stay when people are moved.
import { invariant } from "#shared/base";
import { standingCheck, type IdCheck, type RosterChange } from "#shared/exam";
import type { BodyOf, JournalEntry } from "./entry.ts";
import type { CandidateRow, ReadRow, RowWrite } from "./tables.ts";

export function checkIdentity(
  { actor, at }: JournalEntry,
  body: BodyOf<"identity.checked" | "identity.check-undone">,
  read: ReadRow,
): CandidateRow {
  const row = read("candidates", body.candidate);
  invariant(actor !== null && row, "a person checks a candidate of the roster");
  const checks = row.checks ?? [];
  if (body.kind === "identity.checked") {
    const { document, matches, note } = body;
    return { ...row, checks: [...checks, { document, matches, note, by: actor, at, undone: null }] };
  }
  const standing = standingCheck(row);
  invariant(standing, "what is taken back was there");
  const takenBack = (one: IdCheck) => (one === standing ? { ...one, undone: { by: actor, at } } : one);
  return { ...row, checks: checks.map(takenBack) };
}

export function drawPlaces(
  { actor, at, seq }: JournalEntry,
  body: BodyOf<"seats.committed" | "seats.drawn">,
  read: ReadRow,
): RowWrite[] {
  const sitting = read("sittings", body.sitting);
  invariant(actor !== null && sitting, "a person draws for a sitting");
  if (body.kind === "seats.committed") {
    const { commitment } = body;
    const seatDraw = { commitment, committed: { by: actor, at, entry: seq }, drawn: null };
    return [{ table: "sittings", key: sitting.id, row: { ...sitting, seatDraw } }];
  }
  const { secret, value, seats } = body;
  invariant(sitting.seatDraw, "a draw was committed to");
  const seatDraw = { ...sitting.seatDraw, drawn: { secret, value, by: actor, at } };
  return [
    { table: "sittings", key: sitting.id, row: { ...sitting, seatDraw } },
    ...seats.map(({ candidate, rotation, no }): RowWrite => {
      const row = read("candidates", candidate);
      invariant(row, "places are drawn for candidates of the roster");
      return { table: "candidates", key: candidate, row: { ...row, place: { rotation, no } } };
    }),
  ];
}

/** Two who change places change workplaces; whoever is moved alone keeps one that does not hold in another rotation. */
export function inExchangedPlace(
  row: CandidateRow,
  { kind }: RosterChange,
  before: readonly CandidateRow[],
): CandidateRow {
  if (kind !== "swap") return row;
  const { place: _own, ...rest } = row;
  const place = before.find(({ ref }) => ref !== row.ref)?.place;
  return place ? { ...rest, place } : rest;
}
