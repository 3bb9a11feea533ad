// The day does not take the screen's word for the receipt: it asks the registry for the same bytes and verifies them
// under the registry's keyset.
import { z } from "zod";
import type { HashId } from "#shared/base";
import { leafOfReceipt, textToRecord, verifyRecord, type KeyLookup } from "#shared/wire";
import { keysetLookup, readKeyset } from "../../electron/desk/index.ts";

const RegistryAnswer = z.object({ keyset: z.string() });
const BatchAnswer = z.object({ state: z.string(), receipt: z.string().optional() });

export interface ReceiptFound {
  readonly verified: boolean;
  /** Sheets that it accepts: none where the batch is of what a panel settled. */
  readonly sheets: number;
  readonly isOfSheets: boolean;
}

const NONE: ReceiptFound = { verified: false, sheets: 0, isOfSheets: false };

export async function fetchReceipt(registryUrl: string, batch: string): Promise<ReceiptFound> {
  const keyset = await keysetOf(registryUrl);
  const answer = BatchAnswer.parse(await getJson(`${registryUrl}/ert/v1/batches/${batch}`));
  const record = answer.receipt === undefined ? undefined : textToRecord(answer.receipt);
  if (!record) return NONE;
  const receipt = verifyRecord("receipt", record, keyset);
  if (!receipt.ok || receipt.value.value.batch !== (batch as HashId)) return NONE;
  const { value } = receipt.value;
  const isOfSheets = leafOfReceipt(value)?.k === "batch";
  // A settlement that the registry set aside is a day that went wrong.
  const verified = isOfSheets || value.sheets.quarantined === 0;
  return { verified, sheets: isOfSheets ? value.sheets.accepted : 0, isOfSheets };
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
