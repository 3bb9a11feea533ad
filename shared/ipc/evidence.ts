// Photographs: bytes in, bytes out, never as text. The window hands over what it has made small enough; main looks at it
// again, keeps it and writes the entry. Who may see a picture is asked at every look.
import { z } from "zod";
import { HashId, SheetId, type Bytes } from "#shared/base";
import { EvidenceItem, MAX_PICTURE_BYTES, PictureType } from "#shared/exam";
import { StoredEntry } from "#shared/journal";
import { channel } from "./channel.ts";

export const PictureBytes = z.custom<Bytes>(
  (value) => value instanceof Uint8Array && value.length <= MAX_PICTURE_BYTES,
  "the bytes of a picture of at most 4 MiB",
);

export const OPEN_SHEET = [
  "session.none",
  "sheet.unknown",
  "sheet.not-yours",
  "sitting.not-on-panel",
  "sheet.signed",
  "sheet.transcribed",
  "candidate.left",
  "item.unknown",
  "evidence.too-many",
] as const;

/** Why a picture is not kept, whatever it is for. */
export const KEEPING_REFUSALS = [
  "evidence.empty",
  "evidence.not-a-picture",
  "evidence.cut-off",
  "evidence.broken",
  "evidence.too-large",
  "evidence.full",
  "evidence.unwritable",
  "evidence.locked",
  "journal.full",
  "journal.failed",
] as const;

export const evidenceChannels = {
  /** Answered when file and entry are flushed. No entry when this very picture is there already. */
  "evidence.add": channel({
    input: z.strictObject({ sheet: SheetId, item: EvidenceItem, bytes: PictureBytes }),
    output: z.strictObject({ picture: HashId, entries: z.array(StoredEntry).max(1) }),
    refusals: [...OPEN_SHEET, ...KEEPING_REFUSALS],
  }),
  "evidence.read": channel({
    input: z.strictObject({ sheet: SheetId, picture: HashId }),
    output: z.strictObject({ type: PictureType, bytes: PictureBytes }),
    refusals: [
      "session.none",
      "sheet.unknown",
      "sheet.not-yours",
      "evidence.unknown",
      "evidence.missing",
      "evidence.damaged",
      "evidence.locked",
    ],
  }),
} as const;
