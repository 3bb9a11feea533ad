// The camera, which the window has only while somebody takes pictures of an open sheet of their own or holds a square up to it [E6].
import { z } from "zod";
import { SheetId } from "#shared/base";
import { channel } from "./channel.ts";
import { OPEN_SHEET } from "./evidence.ts";

export const CameraUse = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sheet"), sheet: SheetId }),
  z.strictObject({ kind: z.literal("square") }),
]);
export type CameraUse = z.infer<typeof CameraUse>;

export const cameraChannels = {
  /** What needs the camera is on the screen, or gone (null). */
  "camera.use": channel({
    input: z.strictObject({ use: CameraUse.nullable() }),
    output: z.strictObject({}),
    refusals: OPEN_SHEET,
  }),
} as const;
