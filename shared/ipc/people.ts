// The people of the centre on this laptop, for the administrator; and a substitute who takes a place on a panel.
import { z } from "zod";
import { PersonId, SittingId } from "#shared/base";
import {
  ExaminerQualification,
  Finding,
  NewPersonName,
  Role,
  StaffReason,
  SupervisorQualification,
} from "#shared/exam";
import { channel } from "./channel.ts";

const { person: _examiner, ...card } = ExaminerQualification.shape;
const { person: _supervisor, ...term } = SupervisorQualification.shape;

/** As it is typed in the office; main gives the id, and the rules of a card are asked there. */
export const NewPerson = z.strictObject({
  name: NewPersonName,
  roles: z.array(Role).min(1).max(5),
  examiner: z.array(z.strictObject(card)).max(10),
  supervisor: z.strictObject(term).nullable(),
});
export type NewPerson = z.infer<typeof NewPerson>;

export const Substitution = z.strictObject({ sitting: SittingId, leaves: PersonId, joins: PersonId });
export type Substitution = z.infer<typeof Substitution>;

const ASKED = ["person.declined", "person.busy", "keys.locked-out"] as const;
const WRITTEN = ["journal.full", "journal.failed"] as const;
const OFFICE = ["session.none", "role.not-administrator"] as const;
const PANEL = [
  "session.none",
  "role.not-leader",
  "sitting.unknown",
  "person.unknown",
  "person.ended",
  "panel.not-member",
  "panel.already-member",
  "panel.has-typed",
  "permit.none",
] as const;

export const peopleChannels = {
  /** Somebody the register does not have yet; a key is made when they first sign in, or when they join a panel. */
  "people.add": channel({
    input: NewPerson,
    output: z.strictObject({ person: PersonId }),
    refusals: [...OFFICE, ...ASKED, ...WRITTEN, "person.exists", "person.unqualified"],
  }),
  /** Effective at once (P22). */
  "people.end": channel({
    input: z.strictObject({ person: PersonId, reason: StaffReason }),
    output: z.strictObject({}),
    refusals: [
      ...OFFICE,
      ...ASKED,
      ...WRITTEN,
      "person.unknown",
      "person.ended",
      "person.last-administrator",
    ],
  }),
  /** Takes a person's key out of use; at the next sign-in the person chooses a new PIN and gets a new key. */
  "people.resetPin": channel({
    input: z.strictObject({ person: PersonId }),
    output: z.strictObject({}),
    refusals: [...OFFICE, ...ASKED, "person.unknown", "person.ended", "keys.missing"],
  }),
  /** What the rules say about the panel as it would be. */
  "panel.review": channel({
    input: Substitution,
    output: z.strictObject({ findings: z.array(Finding) }),
    refusals: PANEL,
  }),
  /** Three people in turn in main's window: the substitute, a panel leader, the supervisor. One entry, or none. */
  "panel.substitute": channel({
    input: z.strictObject({ ...Substitution.shape, reason: StaffReason }),
    output: z.strictObject({}),
    refusals: [
      ...PANEL,
      ...ASKED,
      ...WRITTEN,
      "panel.blocked",
      "panel.no-leader",
      "panel.no-supervisor",
      "panel.leader-needs-permit",
      "keys.unreadable",
    ],
  }),
} as const;
