// The people of the centre on this laptop, for the administrator.
import { z } from "zod";
import { PersonId } from "#shared/base";
import { channel } from "./channel.ts";

export const peopleChannels = {
  /** Takes a person's key out of use; at the next sign-in the person chooses a new PIN and gets a new key. */
  "people.resetPin": channel({
    input: z.strictObject({ person: PersonId }),
    output: z.strictObject({}),
    refusals: [
      "session.none",
      "role.not-administrator",
      "person.unknown",
      "person.declined",
      "person.busy",
      "keys.missing",
      "keys.locked-out",
    ],
  }),
} as const;
