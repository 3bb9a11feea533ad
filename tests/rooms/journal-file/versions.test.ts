// Journals of every format and entry version, opened by this program; and a later program's, which this one leaves alone
// (S15). Nothing is rewritten when a journal is opened: entries are lifted as they are read, so there is no upgrade that
// could be killed half-way.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { concatBytes, NO_HASH, utf8 } from "#shared/base";
import { liftEntry, TABLES, type TableName } from "#shared/journal";
import { encodeFrame } from "../../../electron/journal/frame.ts";
import { encodeHeader } from "../../../electron/journal/segment-header.ts";
import { createFaultDisk, type FaultDisk } from "../../support/fault-file-system.ts";
import { CIPHER, FIRST_SEGMENT, openOn, tryOpening } from "../../support/journal-on-disk.ts";

const fixtures = fileURLToPath(new URL("../../fixtures/journals/", import.meta.url));
const frozen = readdirSync(fixtures).filter((name) => name.startsWith("format-"));

interface Head {
  readonly seq: number;
  readonly hash: string;
  /** How many rows each table had of it. */
  readonly rows: Readonly<Record<string, number>>;
}

async function diskWith(bytes: Uint8Array): Promise<FaultDisk> {
  const disk = createFaultDisk();
  const file = await disk.open(FIRST_SEGMENT, "create");
  await file.write(bytes, 0);
  return disk.clone();
}

const read = (name: string, file: string) => new Uint8Array(readFileSync(join(fixtures, name, file)));

test("every format and entry version has its frozen journal", () => {
  const version = encodeHeader({ journal: new Uint8Array(16), firstSeq: 1, prev: NO_HASH })[9];
  // Before 2 nothing was given to anybody; the newest entry version is the last that is lifted.
  const isLifted = (v: number) => {
    const lifted = liftEntry({ v });
    return lifted.ok || lifted.error.code !== "entry.newer";
  };
  let newest = 0;
  while (isLifted(newest + 1)) newest += 1;
  expect(newest).toBeGreaterThan(0);
  const wanted = Array.from({ length: newest }, (_, i) => `entries-${String(i + 1)}`);
  expect(wanted.filter((v) => !frozen.some((name) => name.endsWith(v)))).toEqual([]);
  expect(frozen).toContain(`format-${String(version)}-entries-${String(newest)}`);
});

test.each(frozen)(
  "[S15] the journal %s opens, whole, and every row is what its schema says",
  async (name) => {
    const disk = await diskWith(read(name, "000001.jpj"));
    const journal = await openOn(disk);
    const { rows, ...head } = JSON.parse(readFileSync(join(fixtures, name, "head.json"), "utf8")) as Head;
    expect(journal.head()).toEqual(head);
    for (const table of Object.keys(TABLES) as TableName[]) {
      expect(journal.view.rows(table).length, table).toBe(rows[table] ?? 0);
      for (const row of journal.view.rows(table)) expect(TABLES[table].safeParse(row).error).toBeUndefined();
    }
    expect(disk.content(FIRST_SEGMENT)).toEqual(read(name, "000001.jpj"));
  },
);

test("[S15] an entry that a later program wrote makes an older one refuse, and nothing is changed", async () => {
  const journal = new Uint8Array(16).fill(7);
  const text = utf8(JSON.stringify({ v: 99, seq: 1, whatever: "it holds" }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length);
  const clear = concatBytes(length, text, new Uint8Array(2));
  const { bytes } = encodeFrame({ more: false, seq: 1, flushed: 0, prev: NO_HASH, clear }, (body, head) =>
    CIPHER.seal(body, concatBytes(journal, head)),
  );
  const disk = await diskWith(concatBytes(encodeHeader({ journal, firstSeq: 1, prev: NO_HASH }), bytes));
  const before = createHash("sha256").update(disk.content(FIRST_SEGMENT)).digest("hex");
  expect(await tryOpening(disk)).toMatchObject({ ok: false, error: { code: "journal.newer" } });
  expect(createHash("sha256").update(disk.content(FIRST_SEGMENT)).digest("hex")).toBe(before);
  expect(disk.trace).toEqual([]);
});
