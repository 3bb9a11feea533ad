// Pictures in small, each a button that shows it large.
import type { HashId, SheetId } from "#shared/base";
import type { Evidence } from "#shared/exam";
import { refusalText, useText } from "../../../i18n/index.ts";
import { Spinner } from "../../../ui/index.ts";
import styles from "./Evidence.module.css";
import { usePicture } from "./use-picture.ts";

export interface ThumbsProps {
  readonly sheet: SheetId;
  readonly evidence: readonly Evidence[];
  /** Says of each which item it is about, where they are not all about one. */
  readonly tagged?: boolean;
  readonly onOpen: (evidence: Evidence) => void;
}

export function Thumbs({ sheet, evidence, tagged = false, onOpen }: ThumbsProps) {
  const t = useText();
  return (
    <ul className={styles.thumbs} data-testid="evidence-thumbs">
      {evidence.map((one, at) => (
        <li key={`${String(one.item)} ${one.hash}`}>
          <button
            type="button"
            className={styles.thumb}
            aria-label={t("evidence.show", { n: at + 1, about: aboutText(t, one) })}
            onClick={() => onOpen(one)}
            data-testid={`evidence-${at + 1}`}
            data-hash={one.hash}
          >
            <Thumb sheet={sheet} hash={one.hash} />
            {tagged ? (
              <span className={styles.tag} aria-hidden="true">
                {one.item ?? t("evidence.sheetTag")}
              </span>
            ) : null}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function aboutText(t: ReturnType<typeof useText>, { item }: Pick<Evidence, "item">): string {
  return item === null ? t("evidence.ofSheet") : t("evidence.ofItem", { no: item });
}

function Thumb({ sheet, hash }: { readonly sheet: SheetId; readonly hash: HashId }) {
  const t = useText();
  const picture = usePicture(sheet, hash, "thumb");
  switch (picture.state) {
    case "reading":
      return <Spinner />;
    case "shown":
      return <img src={picture.url} alt="" draggable={false} />;
    case "refused":
      return <span className={styles.lost}>{refusalText(t, picture.refusal).split(/[。.：:]/, 1)[0]}</span>;
  }
}
