import type { Translated } from "../words.ts";
import type { camera as zh } from "../zh-CN/camera.ts";

export const camera: Translated<typeof zh> = {
  picture: "Picture of the camera",
  off: "Camera off",
  starting: "Starting the camera",
  reading: "Being read",
  scan: "Read the QR code by camera",
  scanLead:
    "Hold the code on the paper up to the camera, flat and still; it closes by itself once it is read.",
  looking: "Looking for a QR code …",
};
