// Workplaces by lot (R58, decision 034). Committed to first: the secret is made and flushed here, and only its hash is known outside.
// Then somebody in the room names a value, and both together draw; nothing of it can be chosen any more.
import { bytesToHex, digestToHashId, invariant, ok, type SittingId } from "#shared/base";
import { digest } from "#shared/crypto";
import type { InputOf, WindowChannels } from "#shared/ipc";
import { admitSeats, seatGroups } from "#shared/journal";
import { drawSeats, seatCommitment } from "#shared/rules";
import type { Answer, Environment, Journal } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

export interface Seats {
  commit(sitting: SittingId): Answer<"seats.commit">;
  draw(input: InputOf<WindowChannels["seats.draw"]>): Answer<"seats.draw">;
}

export interface SeatDeps {
  readonly journal: Pick<Journal, "view" | "append" | "attachments">;
  readonly sessions: Pick<Sessions, "current">;
  readonly env: Pick<Environment, "random">;
  readonly serial: Serial;
}

const SECRET_BYTES = 32;

export function createSeats({ journal, sessions, env, serial }: SeatDeps): Seats {
  const { view } = journal;
  return {
    commit: (id) =>
      serial(async () => {
        const actor = sessions.current();
        const admitted = admitSeats("commit", id, actor, view);
        if (!admitted.ok) return admitted;
        const secret = env.random(SECRET_BYTES);
        const hashed = seatCommitment(id, admitted.value.roster.hash, bytesToHex(secret), digest);
        const commitment = digestToHashId(hashed);
        const written = await journal.append(actor, [
          { body: { kind: "seats.committed", sitting: id, commitment }, attachments: [secret] },
        ]);
        return written.ok ? ok({ commitment }) : written;
      }),

    draw: ({ sitting: id, value }) =>
      serial(async () => {
        const actor = sessions.current();
        const admitted = admitSeats("draw", id, actor, view);
        if (!admitted.ok) return admitted;
        const { seatDraw, perRotation } = admitted.value;
        invariant(seatDraw, "a draw is admitted once it was committed to");
        const [kept] = await journal.attachments(seatDraw.committed.entry);
        invariant(kept?.length === SECRET_BYTES, "the secret lies with its commitment");
        const secret = bytesToHex(kept);
        const candidates = view.rowsOf("candidates", id);
        const refs = new Map(candidates.map(({ no, ref }) => [no, ref]));
        const drawn = drawSeats(seatGroups(candidates), { sitting: id, secret, value, perRotation }, digest);
        const seats = drawn.map(({ candidate, rotation, place }) => {
          const ref = refs.get(candidate);
          invariant(ref, "places are drawn for numbers of the roster");
          return { candidate: ref, rotation, no: place };
        });
        const written = await journal.append(actor, [
          { body: { kind: "seats.drawn", sitting: id, secret, value, seats } },
        ]);
        return written.ok ? ok({ seats: seats.length }) : written;
      }),
  };
}
