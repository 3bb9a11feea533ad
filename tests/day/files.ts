// The roster and the rubric a day was given, read here only to know what to press; the app reads the same files itself.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import Papa from "papaparse";
import { readRosterFile, readRubricFile } from "../../electron/files/index.ts";
import type { Day } from "#shared/base";
import type { Rubric } from "#shared/exam";
import {
  demoRoster,
  previewRoster,
  sampleRubrics,
  type RosterPreview,
  type RosterTable,
} from "#shared/rules";
import { UnusableFile, type Preparation, type RefusedRow } from "../support/day-steps.ts";
import { BadOptions, type DayOptions } from "./options.ts";

export interface DayFiles {
  readonly rubric: Rubric;
  readonly rubricFile: string | undefined;
  /** Undefined: the demonstration's thirty, by the button of the screen. */
  readonly rosterFile: string | undefined;
  readonly candidates: number;
  /** Rows refused in a roster of which only the first candidates are taken: the app sees a cut file without them. */
  readonly refusedInWhole: readonly RefusedRow[] | undefined;
}

/** What a sitting is prepared from. */
export function sittingFiles({
  rubricFile,
  rosterFile,
}: DayFiles): Pick<Preparation, "rubric" | "rosterFile"> {
  return {
    ...(rubricFile === undefined ? {} : { rubric: { file: rubricFile } }),
    ...(rosterFile === undefined ? {} : { rosterFile }),
  };
}

const DEMO_RUBRIC = "DEMO-CERAMIC-L4";

export async function prepareFiles(options: DayOptions, out: string): Promise<DayFiles> {
  const rubric = options.rubric === undefined ? demoRubric() : await readRubric(options.rubric);
  const roster = await prepareRoster(options, out);
  return { rubric, rubricFile: options.rubric && path.resolve(options.rubric), ...roster };
}

function demoRubric(): Rubric {
  const rubric = sampleRubrics().find(({ code }) => code === DEMO_RUBRIC);
  if (!rubric) throw new Error(`no sample rubric ${DEMO_RUBRIC}`);
  return rubric;
}

async function readRubric(file: string): Promise<Rubric> {
  const read = await readRubricFile(await readGiven(file));
  if (read.ok) return read.value;
  throw new UnusableFile(
    read.error.map(({ path: where, code }) => `rubric ${file}: ${where || "(file)"}: ${code}`).join("\n"),
  );
}

async function prepareRoster(
  options: DayOptions,
  out: string,
): Promise<Omit<DayFiles, "rubric" | "rubricFile">> {
  const thirty = demoRoster().length;
  if (options.roster === undefined) {
    const wanted = options.candidates ?? thirty;
    if (wanted === thirty) return { rosterFile: undefined, candidates: thirty, refusedInWhole: undefined };
    if (wanted > thirty)
      throw new BadOptions(`--candidates: the demonstration has ${thirty}; give a --roster for more`);
    const people = demoRoster().slice(0, wanted);
    const rows = [["姓名", "证件号码"], ...people.map(({ name, idNumber }) => [name, idNumber])];
    return { rosterFile: await writeRoster(rows, out), candidates: wanted, refusedInWhole: undefined };
  }
  const { taken, refused } = previewGiven(await readTable(options.roster), options.roster);
  const wanted = Math.min(options.candidates ?? taken.length, taken.length);
  if (wanted === 0) throw new UnusableFile(`roster ${options.roster}: no usable row`);
  if (wanted === taken.length) {
    return { rosterFile: path.resolve(options.roster), candidates: wanted, refusedInWhole: undefined };
  }
  const rows = taken.slice(0, wanted).map(({ name, idNumber, ticketNo }) => [name, idNumber, ticketNo ?? ""]);
  const rosterFile = await writeRoster([["姓名", "证件号码", "准考证号"], ...rows], out);
  return { rosterFile, candidates: wanted, refusedInWhole: refused };
}

async function readTable(file: string): Promise<RosterTable> {
  const read = await readRosterFile(await readGiven(file));
  if (!read.ok) throw new UnusableFile(`roster ${file}: ${read.error.code}`);
  return read.value;
}

function previewGiven(table: RosterTable, file: string): RosterPreview {
  const preview = previewRoster(table, today());
  if (!preview.ok) throw new UnusableFile(`roster ${file}: ${preview.error.code}`);
  return preview.value;
}

async function writeRoster(rows: string[][], out: string): Promise<string> {
  const file = path.join(out, "roster.csv");
  await writeFile(file, Papa.unparse(rows));
  return file;
}

async function readGiven(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UnusableFile(`${file}: ${(error as NodeJS.ErrnoException).code ?? "unreadable"}`);
  }
}

function today(): Day {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) as Day;
}
