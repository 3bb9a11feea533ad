// The pictures of one item of a sheet that is signed, for whoever looks at several sheets together.
import { evidenceHeld, type EvidenceItem, type Sheet } from "#shared/exam";
import { PictureViewer } from "./PictureViewer.tsx";
import { Thumbs } from "./Thumbs.tsx";
import { useViewing } from "./use-viewing.ts";

export function SheetPictures({ sheet, item }: { readonly sheet: Sheet; readonly item: EvidenceItem }) {
  const [viewing, setViewing] = useViewing();
  const shown = evidenceHeld(sheet.evidence).filter((one) => one.item === item);
  return (
    <>
      <Thumbs sheet={sheet.id} evidence={shown} onOpen={setViewing} />
      {viewing ? <PictureViewer sheet={sheet} evidence={viewing} onClose={() => setViewing(null)} /> : null}
    </>
  );
}
