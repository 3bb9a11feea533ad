// The day's table for people, or one line of JSON for machines.
import type { DayReport } from "./run-day.ts";

export function printReport(report: DayReport, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(report));
    return;
  }
  const rows: [string, string | number][] = [
    ["candidates", report.candidates],
    ["absent", report.absent],
    ["examiners", report.examiners],
    ["laptops", report.laptops],
    ["signed sheets", report.sheets],
    ["marks", report.marks],
    ["acknowledged", report.acknowledged],
    ["receipt verified", String(report.receipt.verified)],
    ["divergent", `${report.panel.divergent}, settled ${report.panel.settled}`],
    ["final marks", `${report.panel.equalToRecomputed} of ${report.panel.finalMarks} as recomputed`],
    ["batch", report.receipt.batch],
    ["journal entries", report.journalEntries],
    ["seconds", report.seconds],
  ];
  for (const [name, value] of rows) console.log(`${name.padEnd(18)}${value}`);
  for (const { row, field, code } of report.refused)
    console.log(`refused           row ${row}, ${field}: ${code}`);
  console.log("screenshots");
  for (const file of report.screenshots) console.log(`  ${file}`);
}
