// A process of the drill under plain Node, with one part broken on request: JIANGPING_BROKEN names it. What runs is the
// drill's own code over the real journal, copy and outbox; only the window's store has no place here and is a file.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ok, refuse, type ClockReading } from "#shared/base";
import { createJournalView, TABLES, type TableName } from "#shared/journal";
import { watchClock } from "../../electron/desk/index.ts";
import type { Parts } from "../../electron/drill/parts.ts";
import { serveDrill } from "../../electron/drill/serve.ts";
import { afterMs } from "./real-timers.ts";
import { DRILL_PROFILE } from "../../electron/drill/start-process.ts";
import {
  createJournalCopy,
  nodeFileSystem,
  openJournal,
  type FileSystem,
  type OpenFile,
} from "../../electron/journal/index.ts";
import { createOutbox } from "../../electron/outbox/index.ts";
import { createEnvironment } from "../../electron/window/environment.ts";

export type Broken =
  | "nothing"
  | "writes-kept-in-memory"
  | "no-flush"
  | "no-reserve"
  | "says-saved"
  | "store-loses-a-row"
  | "store-keeps-a-stray-row"
  | "store-not-remade"
  | "clock-believed"
  | "clock-not-watched"
  | "believes-any-answer"
  | "says-nothing"
  | "copy-says-current"
  | "copy-stops-short"
  | "dies";

const broken = (process.env["JIANGPING_BROKEN"] ?? "nothing") as Broken;
const profile = process.env[DRILL_PROFILE] ?? "";
const env = createEnvironment("0", process.argv[1] ?? "");

const real: Parts = {
  fileSystem: nodeFileSystem,
  openJournal,
  createJournalCopy,
  createOutbox,
  watchClock,
  openStore: openStoreInFile,
  clock: env.clock,
  random: env.random,
  after: afterMs,
};

function replaced(): Partial<Parts> {
  switch (broken) {
    case "writes-kept-in-memory":
      return { fileSystem: overFiles(keptInMemory) };
    case "no-flush":
      return {
        openJournal: (options) =>
          openJournal({ ...options, fileSystem: overFiles(unflushed, options.fileSystem) }),
      };
    case "no-reserve":
      return { openJournal: (options) => openJournal({ ...options, reserveBytes: 0 }) };
    case "says-saved":
      return { openJournal: sayingSaved };
    case "clock-believed":
      return { openJournal: believingTheClock };
    case "clock-not-watched":
      return { watchClock: () => Promise.resolve({ stop: () => undefined }) };
    case "believes-any-answer":
      return { createOutbox: believingOutbox };
    case "says-nothing":
      return {
        createOutbox: () => ({
          send: () => undefined,
          resume: () => undefined,
          ...QUIET,
          close: () => undefined,
        }),
        // Nobody waits eight seconds for an answer that never comes.
        after: (ms, act) => real.after(Math.min(ms, 50), act),
      };
    case "copy-says-current":
      // Nor ten seconds, twice, for trouble that is never told.
      return { createJournalCopy: lyingCopy, after: (ms, act) => real.after(Math.min(ms, 500), act) };
    case "copy-stops-short":
      return {
        createJournalCopy: (parts) =>
          createJournalCopy({ ...parts, fileSystem: overFiles(cutOff, parts.fileSystem) }),
      };
    default:
      return {};
  }
}

function overFiles(change: (file: OpenFile, path: string) => OpenFile, disk = nodeFileSystem): FileSystem {
  return { ...disk, open: async (file, mode) => change(await disk.open(file, mode), file) };
}

/** Everything after the first bytes of a file goes nowhere, and is said to be written. */
function keptInMemory(file: OpenFile): OpenFile {
  let end = 0;
  return {
    ...file,
    size: async () => Math.max(end, await file.size()),
    write: async (bytes, position) => {
      if (position < 20_000) return file.write(bytes, position);
      end = Math.max(end, position + bytes.length);
      return bytes.length;
    },
  };
}

function unflushed(file: OpenFile): OpenFile {
  return { ...file, datasync: () => Promise.resolve() };
}

/** What lies behind the beginning of a file on a stick is said to be written, and is not. */
function cutOff(file: OpenFile, name: string): OpenFile {
  if (!name.includes("jiangping-")) return file;
  return {
    ...file,
    write: async (bytes, position) => (position > 0 ? bytes.length : file.write(bytes, position)),
  };
}

const sayingSaved: Parts["openJournal"] = async (options) => {
  const opened = await openJournal(options);
  if (!opened.ok) return opened;
  const journal = opened.value;
  let last = await journal.read(0, 1);
  return ok({
    ...journal,
    append: async (actor, drafts) => {
      const written = await journal.append(actor, drafts);
      if (written.ok) last = written.value;
      return written.ok ? written : ok(last);
    },
  });
};

/** Takes no entry that seems to be older than the one before. */
const believingTheClock: Parts["openJournal"] = async (options) => {
  const opened = await openJournal(options);
  if (!opened.ok) return opened;
  const journal = opened.value;
  let newest = 0;
  return ok({
    ...journal,
    append: async (actor, drafts) => {
      const { wall }: ClockReading = options.clock.read();
      if (wall < newest) return refuse({ code: "journal.failed" });
      newest = wall;
      return journal.append(actor, drafts);
    },
  });
};

/** What of an outbox these have no use for. */
const QUIET = {
  contact: () => undefined,
  linkCame: () => undefined,
  progress: () => [],
  link: () => ({ contact: null, isContacting: false, trouble: null, halted: null }),
} satisfies Partial<ReturnType<Parts["createOutbox"]>>;

const believingOutbox: Parts["createOutbox"] = ({ journal, fetch, registryUrl }) => ({
  send: (batch) => {
    void (async () => {
      const centre = journal.view.read("centre", "only");
      const answer = await fetch(centre ? registryUrl(centre) : "", { redirect: "manual" }).catch(() => null);
      await journal.append(
        null,
        answer?.ok
          ? [
              {
                body: {
                  kind: "receipt.held",
                  batch,
                  receipt: batch,
                  verdict: "accepted",
                  sheets: { accepted: 0, quarantined: 0, rejected: 0 },
                  notes: [],
                  regSeq: 1,
                  acceptedAt: env.clock().wall,
                },
              },
            ]
          : [{ body: { kind: "send.troubled", batch, code: "send.unreachable", final: false } }],
      );
    })();
  },
  resume: () => undefined,
  ...QUIET,
  close: () => undefined,
});

/** All is well, it says, and copies nothing. */
const lyingCopy: Parts["createJournalCopy"] = ({ journal, onChange, after }) => {
  let flag = false;
  const again = () =>
    after(50, () => {
      flag = !flag;
      onChange();
      again();
    });
  again();
  return {
    describe: () => ({
      folder: "/",
      state: flag ? "current" : "copying",
      trouble: null,
      copied: journal.head().seq,
      isSameDisk: false,
    }),
    begin: () => Promise.resolve(ok(undefined)),
    resume: () => undefined,
    forget: () => undefined,
    close: () => Promise.resolve(),
  };
};

/** The fold itself, with a file where Chromium would keep its own. */
async function openStoreInFile(read: Parameters<Parts["openStore"]>[0]): ReturnType<Parts["openStore"]> {
  const view = createJournalView();
  for (let after = 0; ;) {
    const { entries } = await read(after);
    if (entries.length === 0) break;
    for (const { entry } of entries) view.apply(entry);
    after += entries.length;
  }
  const file = path.join(profile, "IndexedDB", "rows");
  const isKnown = existsSync(file);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "rows");
  const rows = Object.fromEntries(
    (Object.keys(TABLES) as TableName[]).map((table) => {
      const all = view.keys(table).map((key, at) => [key, view.rows(table)[at]] as const);
      if (table !== "sheets") return [table, all];
      if (broken === "store-loses-a-row") return [table, all.slice(1)];
      return [table, broken === "store-keeps-a-stray-row" ? [...all, ["stray", {}] as const] : all];
    }),
  );
  return { account: isKnown || broken === "store-not-remade" ? null : "empty", rows };
}

if (broken === "dies") process.exit(1);
process.on("disconnect", () => process.exit(0));
serveDrill(
  {
    send: (report) => void process.send?.(report),
    onMessage: (listener) => void process.on("message", listener),
  },
  { ...real, ...replaced() },
);
