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
  camera(sheet: SheetId | null): Answer<"evidence.camera">;
  /** May the window's page have the camera now? */
  mayUseCamera(): boolean;
}

export interface EvidenceDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current" | "onChanged">;
  readonly files: EvidenceFiles;
  readonly serial: Serial;
}

export function createEvidence({ journal, sessions, files, serial }: EvidenceDeps): EvidenceDesk {
  const { view } = journal;
  let camera: SheetId | null = null;
  // Whoever locks the laptop or leaves takes the camera along.
  sessions.onChanged(() => (camera = null));
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

    camera: (sheet) => {
      camera = null;
      if (sheet === null) return Promise.resolve(ok({}));
      const allowed = place(sheet, null);
      if (!allowed.ok) return Promise.resolve(allowed);
      camera = sheet;
      return Promise.resolve(ok({}));
    },

    mayUseCamera: () => camera !== null && place(camera, null).ok,
  };
}
