// The camera looks for a square while it is on the screen: one that is held up to it is told once, until it is taken away.
import { useEffect, useEffectEvent, useRef, type ReactNode } from "react";
import type { CameraUse } from "#shared/ipc";
import { Camera } from "./Camera.tsx";
import { findSquare } from "./read-square.ts";

export interface SquareCameraProps {
  readonly onSquare: (said: string) => void;
  /** What was told is being looked at: nothing is read meanwhile. */
  readonly isPaused?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const SQUARE: CameraUse = { kind: "square" };

/** A picture takes up to a tenth of a second to be read, and the window goes on meanwhile. */
const LOOK_EVERY_MS = 300;

export function SquareCamera({ onSquare, isPaused = false, onClose, children }: SquareCameraProps) {
  return (
    <Camera use={SQUARE} onClose={onClose} data-testid="square-camera">
      {(video) => (
        <>
          {video ? <Watch {...{ video, isPaused, onSquare }} /> : null}
          {children}
        </>
      )}
    </Camera>
  );
}

function Watch(
  props: Required<Pick<SquareCameraProps, "isPaused" | "onSquare">> & { readonly video: HTMLVideoElement },
) {
  const { video, isPaused, onSquare } = props;
  const last = useRef<string | null>(null);
  const look = useEffectEvent(() => {
    if (isPaused || video.videoWidth === 0) return;
    const said = findSquare(video, video.videoWidth, video.videoHeight);
    const isNew = said !== null && said !== last.current;
    last.current = said;
    if (isNew) onSquare(said);
  });
  useEffect(() => {
    const timer = setInterval(() => look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [video]);
  return null;
}
