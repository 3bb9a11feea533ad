// Who is at the laptop. PINs never pass here: they are typed in main's confirmation window (rulings 2).
import { z } from "zod";
import { PersonId } from "#shared/base";
import { channel } from "./channel.ts";

export const SessionDescription = z.strictObject({
  person: PersonId.nullable(),
  /** Nobody is signed in, and what this person was doing waits behind the lock (rulings 12). */
  locked: PersonId.nullable(),
  /** The laptop's passphrase has not been given since it was started: nobody can sign in yet (rulings 11). */
  needsPassphrase: z.boolean(),
  /** The demonstration's PINs by person; null at a real centre. Shown on the sign-in screen and nowhere else. */
  demoPins: z.record(z.string(), z.string()).nullable(),
});
export type SessionDescription = z.infer<typeof SessionDescription>;

export const sessionChannels = {
  "session.describe": channel({ input: z.strictObject({}), output: SessionDescription, refusals: [] }),
  "session.open": channel({
    input: z.strictObject({ person: PersonId }),
    output: z.strictObject({}),
    refusals: [
      "person.declined",
      "person.unknown",
      "person.ended",
      "person.busy",
      "keys.locked-out",
      "keys.unreadable",
      "keys.not-permitted",
      "journal.failed",
    ],
  }),
  /** Somebody is there; how long main waits for the next sign depends on where. */
  "session.active": channel({
    input: z.strictObject({ place: z.enum(["desk", "office"]) }),
    output: z.strictObject({}),
    refusals: [],
  }),
  "session.close": channel({ input: z.strictObject({}), output: z.strictObject({}), refusals: [] }),
} as const;
