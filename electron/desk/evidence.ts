// Photographs of a sheet: who may add one, and who may look. The picture's file is flushed before the entry that names it
// is written; a file that no entry names does no harm.
import { ok, type Bytes, type HashId, type SheetId } from "#shared/base";
import type { EvidenceItem } from "#shared/exam";
import { admitEvidence, admitEvidencePlace, maySeeEvidence } from "#shared/journal";
import type { Answer, EvidenceFiles, Journal } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

export interface EvidenceDesk {
  add(sheet: SheetId, item: EvidenceItem, bytes: Bytes): Answer<"evidence.add">;
  read(sheet: SheetId, picture: HashId): Answer<"evidence.read">;
}

export interface EvidenceDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly files: EvidenceFiles;
  readonly serial: Serial;
}

export function createEvidence({ journal, sessions, files, serial }: EvidenceDeps): EvidenceDesk {
  const { view } = journal;
  const place = (sheet: SheetId, item: EvidenceItem) =>
    admitEvidencePlace(sheet, item, sessions.current(), view);

  return {
    add: async (sheet, item, bytes) => {
      const allowed = place(sheet, item);
      if (!allowed.ok) return allowed;
      const picture = await files.keep(bytes);
      if (!picture.ok) return picture;
      return serial(async () => {
        // Asked again: the sheet may have been signed while the file was written.
        const actor = sessions.current();
        const admitted = admitEvidence({ sheet, item, picture: picture.value }, actor, view);
        if (!admitted.ok) return admitted;
        const { hash } = picture.value;
        if (admitted.value === null) return ok({ picture: hash, entries: [] });
        const written = await journal.append(actor, [{ body: admitted.value }]);
        return written.ok ? ok({ picture: hash, entries: written.value }) : written;
      });
    },

    read: async (sheet, picture) => {
      const allowed = maySeeEvidence(sheet, picture, sessions.current(), view);
      if (!allowed.ok) return allowed;
      const read = await files.read(picture);
      return read.ok ? ok({ type: allowed.value.type, bytes: read.value }) : read;
    },
  };
}
