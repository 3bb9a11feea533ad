export { EvidenceDialog } from "./EvidenceDialog.tsx";
export { ItemEvidence } from "./ItemEvidence.tsx";
export { fileToPicture } from "./make-picture.ts";
export { PictureViewer } from "./PictureViewer.tsx";
export { SheetPictures } from "./SheetPictures.tsx";
export { Thumbs } from "./Thumbs.tsx";
export { useViewing } from "./use-viewing.ts";
