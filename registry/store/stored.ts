// What the registry keeps of records: base64 in its journal and its columns, bytes everywhere else.
import { z } from "zod";
import { invariant, type Bytes } from "#shared/base";
import { peekRecord, textToRecord, type PeekedRecord, type RecordKind } from "#shared/wire";

export const Stored = z.string().transform((text, context): Bytes => {
  const bytes = textToRecord(text);
  if (bytes) return bytes;
  context.addIssue({ code: "custom", message: "not base64" });
  return z.NEVER;
});

/** A column that holds more than one value, as it was written. */
export const json = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)));

/** A record out of the registry's own journal or tables: it was verified before it was written there, or signed here. */
export function ownRecord<K extends RecordKind>(kind: K, stored: string | Bytes): PeekedRecord<K> {
  const record = typeof stored === "string" ? textToRecord(stored) : stored;
  const peeked = record && peekRecord(kind, record);
  invariant(peeked?.ok, `a ${kind} that was stored can be read`);
  return peeked.value;
}
