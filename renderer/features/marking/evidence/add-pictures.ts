// From a file or the camera into the sheet, one picture after the other: the next is not opened before the one before is
// kept, so that ten in a row need the memory of one.
import type { Bytes, Refusal, Result, SheetId } from "#shared/base";
import type { EvidenceItem, Sheet } from "#shared/exam";
import type { StoredEntry } from "#shared/journal";
import { bridge } from "../../../bridge/index.ts";
import type { SheetActs } from "../sheet-acts.ts";

export interface Refused {
  /** The file's name; null for the camera. */
  readonly name: string | null;
  readonly refusal: Refusal;
}

export interface AddTo {
  readonly sheet: Sheet;
  readonly item: EvidenceItem;
  readonly acts: SheetActs;
  readonly takeIn: (entries: readonly StoredEntry[]) => Promise<Result<void, Refusal>>;
}

/** Null when it is kept, or was there already. */
export async function addPicture(
  made: Result<Bytes, Refusal>,
  { sheet, item, acts, takeIn }: AddTo,
): Promise<Refusal | null> {
  if (!made.ok) return made.error;
  const added = await bridge.call("evidence.add", { sheet: sheet.id, item, bytes: made.value });
  if (!added.ok) return added.error;
  const [entry] = added.value.entries;
  if (!entry) return null;
  acts.wrote({ kind: "evidence", item, hash: added.value.picture, on: true }, entry.entry.seq);
  const taken = await takeIn(added.value.entries);
  return taken.ok ? null : taken.error;
}

/** Says to main that pictures are being taken for this sheet: only meanwhile is there a camera. */
export async function openCamera(sheet: SheetId): Promise<Result<MediaStream, Refusal>> {
  const allowed = await bridge.call("evidence.camera", { sheet });
  if (!allowed.ok) return allowed;
  try {
    const video = { width: { ideal: 4000 }, height: { ideal: 3000 }, facingMode: "environment" };
    return { ok: true, value: await navigator.mediaDevices.getUserMedia({ video, audio: false }) };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    await closeCamera(null);
    return { ok: false, error: { code: error.name === "NotFoundError" ? "camera.none" : "camera.refused" } };
  }
}

export async function closeCamera(stream: MediaStream | null): Promise<void> {
  for (const track of stream?.getTracks() ?? []) track.stop();
  await bridge.call("evidence.camera", { sheet: null });
}
