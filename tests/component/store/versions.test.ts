// A shipped version is history. What a version means to the data on people's laptops is committed in
// schema.snapshot.json: a difference here is a new version number, not a new snapshot alone, unless every row of before is still what
// folding it again would write (a field that is not there before the first entry of its kind).
import { expect, test } from "vitest";
import { z } from "zod";
import { TABLES } from "#shared/journal";
import snapshot from "../../../renderer/store/schema.snapshot.json";
import { SCHEMA_VERSION, versions } from "../../../renderer/store/versions/index.ts";

const files = Object.keys(import.meta.glob("../../../renderer/store/versions/[0-9]*.ts"));

test("versions are numbered from 1 without a gap or a repeat, one file each", () => {
  expect(versions.map(({ number }) => number)).toEqual(versions.map((_, at) => at + 1));
  expect(files.map((file) => Number(/(\d+)\.ts$/.exec(file)?.[1]))).toEqual(
    versions.map(({ number }) => number),
  );
  expect(SCHEMA_VERSION).toBe(versions.length);
});

test("the newest version declares every table of the journal, and meta", () => {
  expect(Object.keys(versions.at(-1)!.tables).sort()).toEqual([...Object.keys(TABLES), "meta"].sort());
});

test("no row schema or index changes without a new version", () => {
  const rows = Object.fromEntries(
    Object.entries(TABLES).map(([name, schema]) => [name, fingerprint(schema)]),
  );
  expect({ version: SCHEMA_VERSION, indexes: versions.at(-1)!.tables, rows }).toEqual(snapshot);
});

/** Field by field, each as short text: enough to see what changed, small enough to review. */
function fingerprint(schema: z.ZodType): Record<string, string> {
  const { properties = {} } = z.toJSONSchema(schema) as { properties?: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(properties).map(([field, type]) => [field, shortened(JSON.stringify(type))]),
  );
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.length} characters, ${sumOf(text)}`;
}

/** Adler-32: not for secrets, only to notice. */
function sumOf(text: string): string {
  let [a, b] = [1, 0];
  for (const character of text) {
    a = (a + character.charCodeAt(0)) % 65521;
    b = (b + a) % 65521;
  }
  return (((b << 16) | a) >>> 0).toString(16);
}
