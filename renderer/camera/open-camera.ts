// The camera, as long as main knows what it is for: said before it is opened, and said again when it is gone.
import type { Refusal, Result } from "#shared/base";
import type { CameraUse } from "#shared/ipc";
import { bridge } from "../bridge/index.ts";

export async function openCamera(use: CameraUse): Promise<Result<MediaStream, Refusal>> {
  const allowed = await bridge.call("camera.use", { use });
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
  await bridge.call("camera.use", { use: null });
}
