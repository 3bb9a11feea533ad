// A raw record or object content as a column holds it: base64 in, bytes out.
import { z } from "zod";
import type { Bytes } from "#shared/base";
import { textToRecord } from "#shared/wire";

export const Stored = z.string().transform((text, context): Bytes => {
  const bytes = textToRecord(text);
  if (bytes) return bytes;
  context.addIssue({ code: "custom", message: "not base64" });
  return z.NEVER;
});
