// Paper sheets into the journal (decision 033): main reads the square of a blank, so that one from elsewhere begins nothing, keeps the
// photographs of the paper before an entry names them, and writes the sheet once two people have typed the same.
import { invariant, ok, refuse } from "#shared/base";
import type { InputOf, WindowChannels } from "#shared/ipc";
import {
  admitDone,
  admitPage,
  admitPagePlace,
  admitTranscription,
  isRevoked,
  mayType,
  ONLY,
  stateOf,
} from "#shared/journal";
import { verifyBlank } from "#shared/wire";
import { knownDevices } from "./paper.ts";
import type { Answer, EvidenceFiles, Journal } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

type Act<K extends keyof WindowChannels> = (input: InputOf<WindowChannels[K]>) => Answer<K>;

export interface Transcriptions {
  readonly read: Act<"transcription.read">;
  readonly begin: Act<"transcription.begin">;
  readonly addPage: Act<"transcription.addPage">;
  readonly finish: Act<"transcription.finish">;
}

export interface TranscriptionDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly files: Pick<EvidenceFiles, "keep">;
  readonly serial: Serial;
}

export function createTranscriptions(deps: TranscriptionDeps): Transcriptions {
  const { journal, sessions, files, serial } = deps;
  const { view } = journal;
  return {
    read: async ({ text }) => {
      const actor = sessions.current();
      if (actor === null) return refuse({ code: "session.none" });
      const read = await readBlank(text, deps);
      if (!read.ok) return read;
      const { figures } = read.value;
      const sitting = view.read("sittings", figures.sitting);
      if (!sitting) return refuse({ code: "sitting.unknown" });
      const typist = mayType(sitting, actor, view);
      if (!typist.ok) return typist;
      if (sitting.rubric !== figures.rubric) return refuse({ code: "transcription.other-rubric" });
      const known = view.read("transcriptions", figures.serial);
      return known && known.dropped === null ? refuse({ code: "transcription.used" }) : ok(figures);
    },

    begin: ({ text, candidate, examiner }) =>
      serial(async () => {
        const read = await readBlank(text, deps);
        if (!read.ok) return read;
        const { figures, device: printedOn } = read.value;
        // Whom a blank was printed for is nobody's to say otherwise.
        const whose = figures.candidate ?? candidate;
        if (whose === null) return refuse({ code: "candidate.unknown" });
        const actor = sessions.current();
        const { serial: number, sitting, rubric } = figures;
        const asked = { serial: number, sitting, rubric, printedOn, candidate: whose, examiner };
        const admitted = admitTranscription(asked, actor, view);
        if (!admitted.ok) return admitted;
        const written = await journal.append(actor, [{ body: admitted.value }]);
        return written.ok ? ok({ sheet: number }) : written;
      }),

    addPage: async ({ sheet, bytes }) => {
      const allowed = admitPagePlace(sheet, sessions.current(), view);
      if (!allowed.ok) return allowed;
      const picture = await files.keep(bytes);
      if (!picture.ok) return picture;
      return serial(async () => {
        // Asked again: the sheet may have been written while the file was.
        const actor = sessions.current();
        const admitted = admitPage(sheet, picture.value, actor, view);
        if (!admitted.ok) return admitted;
        const { hash } = picture.value;
        if (admitted.value === null) return ok({ picture: hash, entries: [] });
        const written = await journal.append(actor, [{ body: admitted.value }]);
        return written.ok ? ok({ picture: hash, entries: written.value }) : written;
      });
    },

    finish: ({ sheet }) =>
      serial(async () => {
        const actor = sessions.current();
        const admitted = admitDone(sheet, actor, view);
        if (!admitted.ok) return admitted;
        const written = await journal.append(
          actor,
          admitted.value.map((body) => ({ body })),
        );
        if (!written.ok) return written;
        const row = view.read("transcriptions", sheet);
        const state = row && stateOf(row);
        invariant(
          state === "second" || state === "comparing" || state === "written",
          "somebody has typed it to the end",
        );
        return ok({ state });
      }),
  };
}

async function readBlank(text: string, { journal }: TranscriptionDeps) {
  const devices = await knownDevices(journal);
  const read = verifyBlank(text, (kid) => devices.has(kid));
  if (!read.ok) return read;
  return isRevoked(read.value.device, journal.view.read("registry", ONLY) ?? null)
    ? refuse({ code: "paper.key-revoked" as const })
    : read;
}
