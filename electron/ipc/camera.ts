// The camera's permission: what is on the screen that needs it.
import type { cameraChannels, CameraUse, HandlersFor } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface CameraActs {
  use(use: CameraUse | null): Answer<"camera.use">;
}

export const cameraHandlers = (camera: CameraActs): HandlersFor<typeof cameraChannels> => ({
  "camera.use": ({ use }) => camera.use(use),
});
