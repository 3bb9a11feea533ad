// Paper sheets that two people type: what its square says, beginning with one, its photographs, and that it is all typed. Single items
// go the way of every mark (`journal.append`).
import { z } from "zod";
import { CandidateRef, HashId, PersonId, SheetId } from "#shared/base";
import { StoredEntry } from "#shared/journal";
import { BlankFigures } from "#shared/wire";
import { channel } from "./channel.ts";
import { KEEPING_REFUSALS, PictureBytes } from "./evidence.ts";

const READ_REFUSALS = [
  "session.none",
  "paper.unreadable",
  "paper.key-unknown",
  "paper.key-revoked",
  "paper.signature-invalid",
  "sitting.unknown",
  "transcription.panel",
  "transcription.other-rubric",
  "transcription.used",
  "person.ended",
] as const;

const TYPING_REFUSALS = [
  "session.none",
  "person.ended",
  "transcription.panel",
  "transcription.unknown",
  "transcription.dropped",
  "transcription.written",
  "transcription.not-yours",
] as const;

const NO_SHEET_REFUSALS = [
  "sitting.not-on-panel",
  "candidate.unknown",
  "candidate.absent",
  "candidate.left",
  "candidate.marked-before",
  "candidate.withheld",
  "recusal.undeclared",
  "recusal.declared",
  "sheet.exists",
  "sheet.on-paper",
] as const;

export const transcriptionChannels = {
  "transcription.read": channel({
    input: z.strictObject({ text: z.string().max(8192) }),
    output: BlankFigures,
    refusals: READ_REFUSALS,
  }),
  /** `candidate`: whoever was written on it by hand; null where it was printed. */
  "transcription.begin": channel({
    input: z.strictObject({
      text: z.string().max(8192),
      candidate: CandidateRef.nullable(),
      examiner: PersonId,
    }),
    output: z.strictObject({ sheet: SheetId }),
    refusals: [...READ_REFUSALS, ...NO_SHEET_REFUSALS, "journal.full", "journal.failed"],
  }),
  /** No entry when this very picture is there already. */
  "transcription.addPage": channel({
    input: z.strictObject({ sheet: SheetId, bytes: PictureBytes }),
    output: z.strictObject({ picture: HashId, entries: z.array(StoredEntry).max(1) }),
    refusals: [...TYPING_REFUSALS, "evidence.too-many", ...KEEPING_REFUSALS],
  }),
  /** The person has typed everything. Where the other has as well and both read alike, the sheet is written. */
  "transcription.finish": channel({
    input: z.strictObject({ sheet: SheetId }),
    output: z.strictObject({ state: z.enum(["second", "comparing", "written"]) }),
    refusals: [
      ...TYPING_REFUSALS,
      ...NO_SHEET_REFUSALS,
      "sheet.incomplete",
      "sheet.signed",
      "transcription.no-page",
      "transcription.differs",
      "transcription.used",
      "journal.full",
      "journal.failed",
    ],
  }),
} as const;
