// What is printed: the forms of a sitting, or the report on a centre's quality, as the body of one page: words, figures and the
// lines of a picture. No script, no address.
import { unreachable } from "#shared/base";
import type { PaperLanguages } from "#shared/ipc";
import type { QualityForm, RoomForm, SlipForm, SummaryForm, VisitForm } from "#shared/journal";
import { admissionSlips } from "./admission-slip.ts";
import { blankSheet, type PrintedBlank } from "./blank-sheet.ts";
import { html } from "./markup.ts";
import { qualityReport } from "./quality-report.ts";
import { roomSheet } from "./room-record.ts";
import { scoreSheet, type PrintedSheet } from "./score-sheet.ts";
import { summarySheet } from "./summary.ts";
import { visitSheet } from "./visit.ts";
import { sayIn } from "./words.ts";

export type { PrintedBlank } from "./blank-sheet.ts";
export { qualityTable } from "./quality-table.ts";
export type { PrintedSheet } from "./score-sheet.ts";

export type PaperJob = { readonly languages: PaperLanguages } & (
  | { readonly kind: "sheets"; readonly sheets: readonly PrintedSheet[] }
  | { readonly kind: "summary"; readonly form: SummaryForm }
  | { readonly kind: "room"; readonly form: RoomForm }
  | { readonly kind: "visit"; readonly form: VisitForm }
  | { readonly kind: "blanks"; readonly blanks: readonly PrintedBlank[] }
  | { readonly kind: "slips"; readonly form: SlipForm }
  | { readonly kind: "quality"; readonly form: QualityForm }
);

/** The body of the page that goes to the press. */
export function paperPage(job: PaperJob): string {
  const say = sayIn(job.languages);
  switch (job.kind) {
    case "sheets":
      return html`${job.sheets.map((sheet) => scoreSheet(sheet, say))}`.markup;
    case "summary":
      return summarySheet(job.form, say).markup;
    case "blanks":
      return html`${job.blanks.map((blank) => blankSheet(blank, say))}`.markup;
    case "slips":
      return admissionSlips(job.form, say).markup;
    case "room":
      return roomSheet(job.form, say).markup;
    case "visit":
      return visitSheet(job.form, say).markup;
    case "quality":
      return qualityReport(job.form, say).markup;
    default:
      return unreachable(job);
  }
}
