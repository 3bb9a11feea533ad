// The pictures of one item of a sheet that is signed, for whoever looks at several sheets together.
import { useEffect, useState } from "react";
import { evidenceHeld, type Evidence, type EvidenceItem, type Sheet } from "#shared/exam";
import { bridge } from "../../../bridge/index.ts";
import { PictureViewer } from "./PictureViewer.tsx";
import { Thumbs } from "./Thumbs.tsx";

export function SheetPictures({ sheet, item }: { readonly sheet: Sheet; readonly item: EvidenceItem }) {
  const [viewing, setViewing] = useState<Evidence | null>(null);
  useEffect(() => bridge.on("session.changed", () => setViewing(null)), []);
  const shown = evidenceHeld(sheet.evidence).filter((one) => one.item === item);
  return (
    <>
      <Thumbs sheet={sheet.id} evidence={shown} onOpen={setViewing} />
      {viewing ? <PictureViewer sheet={sheet} evidence={viewing} onClose={() => setViewing(null)} /> : null}
    </>
  );
}
