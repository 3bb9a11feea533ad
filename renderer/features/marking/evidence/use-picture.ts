// A picture on the screen: asked of main, which asks who is looking; held as an address that only this page has, and let
// go when it is no longer shown or when somebody else may be at the laptop (P19).
import { useEffect, useState } from "react";
import { refuse, type HashId, type Refusal, type Result, type SheetId } from "#shared/base";
import { bridge } from "../../../bridge/index.ts";
import { pictureToThumb } from "./make-picture.ts";

export type Picture =
  | { readonly state: "reading" }
  | { readonly state: "shown"; readonly url: string }
  | { readonly state: "refused"; readonly refusal: Refusal };

export function usePicture(sheet: SheetId, picture: HashId, size: "thumb" | "whole"): Picture {
  const [shown, setShown] = useState<Picture>(READING);
  useEffect(() => {
    const gone = new AbortController();
    // Asked anew each time: between two questions somebody may have turned away.
    const isGone = () => gone.signal.aborted;
    let url: string | null = null;
    const drop = () => {
      if (url !== null) URL.revokeObjectURL(url);
      url = null;
    };
    const look = () =>
      void inTurn(async () => {
        if (isGone()) return;
        const read = await readBlob(sheet, picture, size);
        if (isGone()) return;
        drop();
        url = read.ok ? URL.createObjectURL(read.value) : null;
        setShown(
          read.ok && url !== null
            ? { state: "shown", url }
            : { state: "refused", refusal: read.ok ? { code: "evidence.damaged" } : read.error },
        );
      });
    look();
    const stopHearing = bridge.on("session.changed", () => {
      drop();
      setShown(READING);
      look();
    });
    return () => {
      gone.abort();
      stopHearing();
      drop();
    };
  }, [sheet, picture, size]);
  return shown;
}

const READING: Picture = { state: "reading" };

async function readBlob(
  sheet: SheetId,
  picture: HashId,
  size: "thumb" | "whole",
): Promise<Result<Blob, Refusal>> {
  const read = await bridge.call("evidence.read", { sheet, picture });
  if (!read.ok) return read;
  const whole = new Blob([new Uint8Array(read.value.bytes)], { type: read.value.type });
  const blob = size === "whole" ? whole : await pictureToThumb(whole);
  return blob ? { ok: true, value: blob } : refuse({ code: "evidence.damaged" });
}

let last: Promise<unknown> = Promise.resolve();

/** One picture after the other: decoded, each takes some fifty megabytes. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const run = last.then(work);
  last = run.catch(() => undefined); // whoever waits for `run` gets the error
  return run;
}
