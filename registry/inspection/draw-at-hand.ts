// `npm run registry -- --draw commit|reveal|show --plan 2027-1 ...`: a double-random draw by the operator. Nothing listens; what
// is to be published lies flushed in a folder when the command ends.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { unreachable } from "#shared/base";
import { flushFolder, readOrNothing, writeDurably } from "../keys/durable-file.ts";
import { LOOPBACK } from "../routes/door.ts";
import { startRegistry, type RegistryOptions } from "../start-registry.ts";
import type { CommitRequest, Draws } from "./draws.ts";
import { commitmentFiles, drawFiles } from "./publication.ts";

export type DrawAct =
  | ({ readonly act: "commit" } & CommitRequest)
  | { readonly act: "reveal"; readonly plan: string; readonly value: string }
  /** `from`: the table that inspectors filled in. */
  | { readonly act: "findings"; readonly plan: string; readonly from: string }
  | { readonly act: "show"; readonly plan: string };

export interface DrawAtHand extends Pick<RegistryOptions, "dataDir" | "demo" | "databaseUrl" | "log"> {
  readonly asked: DrawAct;
  /** Where the files to publish are written. */
  readonly to: string;
}

/** False when it is refused; the reason was said. */
export async function drawAtHand({ asked, to, ...options }: DrawAtHand): Promise<boolean> {
  const { log } = options;
  const table = asked.act === "findings" ? await readOrNothing(asked.from) : new Uint8Array();
  if (table === undefined) {
    log("not done: there is no file where --findings says");
    return false;
  }
  const registry = await startRegistry({ ...options, port: null, door: LOOPBACK, openLog: false });
  try {
    const { draws, keyset } = registry;
    const done = await perform(asked, table, draws);
    if (!done.ok) {
      log(refusalLine(done.error));
      return false;
    }
    const { draw } = done.value;
    const files = draw
      ? drawFiles({ ...done.value, draw }, keyset, options.demo)
      : commitmentFiles(done.value, keyset);
    await mkdir(to, { recursive: true });
    for (const { name, bytes } of files) await writeDurably(join(to, name), bytes, 0o644);
    await flushFolder(to);
    for (const { name } of files) log(`to publish: ${join(to, name)}`);
    return true;
  } finally {
    await registry.close();
  }
}

type Done = Awaited<ReturnType<Draws["commit" | "reveal" | "report" | "find"]>>;

function perform(asked: DrawAct, table: Uint8Array, draws: Draws): Promise<Done> {
  switch (asked.act) {
    case "commit":
      return draws.commit(asked);
    case "reveal":
      return draws.reveal(asked.plan, asked.value);
    case "findings":
      return draws.report(asked.plan, table);
    case "show":
      return draws.find(asked.plan);
    default:
      return unreachable(asked);
  }
}

type DrawRefusal = Extract<Done, { ok: false }>["error"];

const REASONS: Readonly<Record<DrawRefusal["code"], string>> = {
  "draw.plan-taken": "a draw of this name was committed to already; give the next number",
  "draw.source-known": "the public value must become known on a later day than today",
  "draw.too-few-inspectors":
    "too few inspectors would be left without an interest; add some in inspection.json",
  "draw.plan-unknown": "nothing was committed to under this name",
  "draw.already": "it was drawn already; --draw show writes its files again",
  "draw.value-not-known": "the public value is not known yet",
  "draw.secret-missing":
    "its secret is not in the data folder, or is another one: put it back from a backup. Without it this draw cannot be made, " +
    "and its commitment stays in the public log as one that was never revealed",
  "draw.not-drawn": "it is not drawn yet: nobody was sent anywhere",
  "findings.not-utf8": "the table is not UTF-8; save it as “CSV UTF-8”",
  "findings.no-column": "a column of the table is missing; --draw show writes one to begin from",
  "findings.other-plan": "a row is of another draw",
  "findings.not-drawn": "a row is about an institution that was not drawn",
  "findings.no-matter": "a row is about a matter that nobody asked for",
  "findings.twice": "a row says something of a matter that stands above already",
  "findings.bad-date": "a day is none; write 2027-03-01",
  "findings.bad-row":
    "a row lacks something, or its days do not follow one another: what was found and when, and of what is to be corrected the day",
  "findings.none": "no row says what was found",
  "findings.dropped":
    "something that was made public is not in the table any more; findings are added to, not taken away",
  "findings.rewritten":
    "something that was made public says otherwise now; what was found and when, what has to be corrected and by which day, and when it " +
    "was public and corrected stay as they are",
  "findings.nothing-new": "all of it was made public before",
  "findings.in-future": "a day lies in the future",
  "findings.before-draw": "an inspection is dated before its draw",
};

function refusalLine({ code, facts = {} }: DrawRefusal): string {
  const of = Object.entries(facts).map(([name, fact]) => `${name} ${String(fact)}`);
  return `not done: ${code}${of.length > 0 ? ` (${of.join(", ")})` : ""}: ${REASONS[code]}`;
}
