// What is printed: the forms of a sitting as the body of one page, words and figures only. No script, no picture, no address.
import type { PaperLanguages } from "#shared/ipc";
import type { SummaryForm } from "#shared/journal";
import { html } from "./markup.ts";
import { scoreSheet, type PrintedSheet } from "./score-sheet.ts";
import { summarySheet } from "./summary.ts";
import { sayIn } from "./words.ts";

export type { PrintedSheet } from "./score-sheet.ts";

export type PaperJob = { readonly languages: PaperLanguages } & (
  | { readonly kind: "sheets"; readonly sheets: readonly PrintedSheet[] }
  | { readonly kind: "summary"; readonly form: SummaryForm }
);

/** The body of the page that goes to the press. */
export function paperPage(job: PaperJob): string {
  const say = sayIn(job.languages);
  return job.kind === "summary"
    ? summarySheet(job.form, say).markup
    : html`${job.sheets.map((sheet) => scoreSheet(sheet, say))}`.markup;
}
