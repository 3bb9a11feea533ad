import { classNames } from "./class-names.ts";
import styles from "./Stamp.module.css";

export interface StampProps {
  /** Read top right, bottom right, top left, bottom left, as a seal is. */
  readonly characters: readonly [string, string, string, string];
  /** Ten Base32 characters in two groups: `K7QMX-2HFTA`. */
  readonly code: string;
  /** What is sealed: "Stamp of the batch". Read before the characters and the code. */
  readonly label: string;
  readonly size?: "small" | "large";
  /** The code is written below; without it, it is still read out. */
  readonly showCode?: boolean;
}

/** The cinnabar seal that people compare at a glance between laptops, on paper and by telephone. */
export function Stamp({ characters, code, label, size = "small", showCode = true }: StampProps) {
  const [first, second, third, fourth] = characters;
  return (
    <span
      className={classNames(styles.stamp, styles[size])}
      role="img"
      aria-label={`${label} ${characters.join("")} ${code}`}
      data-testid="stamp"
      data-characters={characters.join("")}
    >
      <span className={styles.seal} aria-hidden lang="zh-CN">
        <span>{third}</span>
        <span>{first}</span>
        <span>{fourth}</span>
        <span>{second}</span>
      </span>
      {showCode ? (
        <span className={styles.code} aria-hidden>
          {code}
        </span>
      ) : null}
    </span>
  );
}
