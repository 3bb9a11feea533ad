// The day does not take the screen's word for the receipt: it asks the registry for the same bytes and verifies them
// under the registry's keyset.
import { z } from "zod";
import type { HashId } from "#shared/base";
import { textToRecord, verifyRecord, type KeyLookup } from "#shared/wire";
import { keysetLookup, readKeyset } from "../../electron/desk/index.ts";

const RegistryAnswer = z.object({ keyset: z.string() });
const BatchAnswer = z.object({ state: z.string(), receipt: z.string().optional() });

export async function fetchReceipt(
  registryUrl: string,
  batch: string,
): Promise<{ readonly verified: boolean; readonly sheets: number }> {
  const keyset = await keysetOf(registryUrl);
  const answer = BatchAnswer.parse(await getJson(`${registryUrl}/ert/v1/batches/${batch}`));
  const record = answer.receipt === undefined ? undefined : textToRecord(answer.receipt);
  if (!record) return { verified: false, sheets: 0 };
  const receipt = verifyRecord("receipt", record, keyset);
  if (!receipt.ok || receipt.value.value.batch !== (batch as HashId)) return { verified: false, sheets: 0 };
  return { verified: true, sheets: receipt.value.value.sheets.accepted };
}

async function keysetOf(registryUrl: string): Promise<KeyLookup> {
  const { keyset } = RegistryAnswer.parse(await getJson(`${registryUrl}/ert/v1/registry`));
  const read = readKeyset(textToRecord(keyset) ?? new Uint8Array());
  if (!read.ok) throw new Error("the registry's keyset does not verify");
  return keysetLookup(read.value.value);
}

async function getJson(url: string): Promise<unknown> {
  const answer = await fetch(url);
  return answer.json();
}
