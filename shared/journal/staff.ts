// The people of a laptop as the journal knows them: who is still there, who may add and end whom, and who sat on a panel
// for which candidate when places were taken over on the day.
import { ok, refuse, type CandidateRef, type PersonId, type Refusal, type Result } from "#shared/base";
import {
  hasRole,
  panelLeaderOf,
  type AmendmentOffice,
  type Person,
  type ReferencePack,
  type Role,
  type RosterOffice,
  type Sheet,
  type StatedQualifications,
} from "#shared/exam";
import type { BodyOf } from "./entry.ts";
import type { PersonRow, SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

/** Whoever was not ended. */
export function staffOf(view: Pick<JournalView, "rows">): readonly PersonRow[] {
  return view.rows("people").filter(({ ended }) => ended === null);
}

type NotAdministrator = "session.none" | "role.not-administrator";

/** The person who is signed in, when that is an administrator who was not ended. */
export function administratorOf(
  actor: PersonId | null,
  view: JournalView,
): Result<PersonRow, Refusal<NotAdministrator>> {
  if (actor === null) return refuse({ code: "session.none" });
  const person = view.read("people", actor);
  return person && person.ended === null && hasRole(person, "administrator")
    ? ok(person)
    : refuse({ code: "role.not-administrator" });
}

/** Only an administrator adds a person, under an id of their own, and states what each role needs. */
export function admitPerson(
  person: Person,
  stated: StatedQualifications,
  actor: PersonId | null,
  view: JournalView,
): Result<BodyOf<"person.added">, Refusal<NotAdministrator | "person.exists" | "person.unqualified">> {
  const administrator = administratorOf(actor, view);
  if (!administrator.ok) return administrator;
  if (view.read("people", person.id)) return refuse({ code: "person.exists" });
  const isOwn = [...stated.examiner, ...(stated.supervisor ? [stated.supervisor] : [])].every(
    (card) => card.person === person.id,
  );
  const marks: readonly Role[] = ["examiner", "panelLeader"];
  const isMissing =
    (person.roles.some((role) => marks.includes(role)) && stated.examiner.length === 0) ||
    (hasRole(person, "supervisor") && stated.supervisor === null);
  return isOwn && !isMissing
    ? ok({ kind: "person.added", person, stated })
    : refuse({ code: "person.unqualified" });
}

/** Only an administrator ends a person, and never the last administrator: nobody could add one again. */
export function admitEnding(
  id: PersonId,
  reason: string,
  actor: PersonId | null,
  view: JournalView,
): Result<
  BodyOf<"person.ended">,
  Refusal<NotAdministrator | "person.unknown" | "person.ended" | "person.last-administrator">
> {
  const administrator = administratorOf(actor, view);
  if (!administrator.ok) return administrator;
  const person = view.read("people", id);
  if (!person) return refuse({ code: "person.unknown" });
  if (person.ended) return refuse({ code: "person.ended" });
  const others = staffOf(view).filter((one) => one.id !== id && hasRole(one, "administrator"));
  return hasRole(person, "administrator") && others.length === 0
    ? refuse({ code: "person.last-administrator" })
    : ok({ kind: "person.ended", person: id, reason });
}

/** May this key sign for this sitting: admitted by the permit, or vouched for when its owner joined the panel. */
export function maySignFor(person: PersonRow, sitting: SittingRow | undefined): boolean {
  if (person.ended || !person.key) return false;
  const { kid, permitted } = person.key;
  const isVouched = sitting?.substitutions.some((one) => one.joins === person.id && one.kid === kid);
  return permitted || isVouched === true;
}

/**
 * Whose sheets a candidate needs. A place that changed hands is its new holder's, except where the former one had already
 * signed for the candidate: nobody can watch that work again.
 */
export function panelFor(
  { panel, substitutions }: Pick<SittingRow, "panel" | "substitutions">,
  candidate: CandidateRef,
  sheets: readonly Pick<Sheet, "candidate" | "examiner" | "signature">[],
): PersonId[] {
  const hasSigned = (person: PersonId) =>
    sheets.some((one) => one.candidate === candidate && one.examiner === person && one.signature !== null);
  return panel.map(({ person }) => holdersOf(person, substitutions).find(hasSigned) ?? person);
}

/** Who held this member's place, the member first and then backwards. */
function holdersOf(member: PersonId, substitutions: SittingRow["substitutions"]): PersonId[] {
  const holders = [member];
  for (const { leaves, joins } of [...substitutions].reverse())
    if (joins === holders.at(-1)) holders.push(leaves);
  return holders;
}

/** Everybody who had a place on this panel, for rules that keep offices apart. */
export function everOnPanel({
  panel,
  substitutions,
}: Pick<SittingRow, "panel" | "substitutions">): PersonId[] {
  return [...new Set([...panel.map(({ person }) => person), ...substitutions.map(({ leaves }) => leaves)])];
}

/** Who may come to the panel's table of a sitting: whoever had a place on it, and its supervisor. */
export function sitsAtTable(
  person: PersonId,
  sitting: Pick<SittingRow, "panel" | "substitutions" | "supervisor">,
): boolean {
  return everOnPanel(sitting).includes(person) || sitting.supervisor === person;
}

/** Who sees to it that nothing of a day is missing: the office, its supervisors, and the leader of the panel. */
export function answersForDay(
  person: Pick<PersonRow, "id" | "roles" | "ended">,
  sitting: Pick<SittingRow, "panel">,
): boolean {
  return panelLeaderOf(sitting) === person.id || officeOf(person) !== null;
}

/** Supervisor before administrator; null for whoever is neither, or was ended. */
export function officeOf(person: Pick<PersonRow, "roles" | "ended"> | undefined): RosterOffice | null {
  if (!person || person.ended) return null;
  if (hasRole(person, "supervisor")) return "supervisor";
  return hasRole(person, "administrator") ? "administrator" : null;
}

/** Who has which part in a sitting, for the rule that a supervisor has no other (R23); and the cards by which somebody supervises. */
export function partsIn(
  sitting: SittingRow,
  { supervisors }: Pick<ReferencePack, "supervisors">,
  people: readonly PersonRow[],
) {
  return {
    panel: everOnPanel(sitting),
    trainers: sitting.trainers,
    talliers: sitting.signOffs.filter(({ as }) => as !== "approver").map((one) => one.person),
    cards: [...supervisors, ...people.flatMap(({ stated }) => stated?.supervisor ?? [])],
  };
}

/**
 * Under which office this person approves: the sitting's own leader or supervisor, else anybody of the centre who holds one.
 * The role must be the person's own, for it is what the permit names.
 */
export function approvingOffice(
  person: Pick<PersonRow, "id" | "roles">,
  sitting: Pick<SittingRow, "panel" | "supervisor">,
): AmendmentOffice | null {
  const [leads, supervises] = [hasRole(person, "panelLeader"), hasRole(person, "supervisor")];
  if (supervises && sitting.supervisor === person.id) return "supervisor";
  if (leads && panelLeaderOf(sitting) === person.id) return "panelLeader";
  return leads ? "panelLeader" : supervises ? "supervisor" : null;
}

/**
 * Who may approve an amendment of this author's sheet, those of the sitting first. `isHidden`: from whom the sheet is hidden
 * still, because they mark the same candidate and have not signed (R45).
 */
export function approversOf(
  people: readonly PersonRow[],
  sitting: Pick<SittingRow, "panel" | "supervisor">,
  author: PersonId,
  isHidden: (person: PersonId) => boolean,
): PersonRow[] {
  const isOfSitting = ({ id }: PersonRow) => id === sitting.supervisor || id === panelLeaderOf(sitting);
  return people
    .filter((one) => one.id !== author && one.ended === null && !isHidden(one.id))
    .filter((one) => approvingOffice(one, sitting) !== null)
    .sort((a, b) => Number(isOfSitting(b)) - Number(isOfSitting(a)));
}
