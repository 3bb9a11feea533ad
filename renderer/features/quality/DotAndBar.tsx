// A dot for a figure and a bar for how sure it is, on one axis for all rows. Whoever does not see it has the words beside each row:
// the picture is hidden from screen readers, and says nothing that the words do not.
import type { ReactNode } from "react";
import styles from "./Quality.module.css";

export interface Axis {
  readonly from: number;
  readonly to: number;
  /** Values that get a line and a word below. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** Between these two nothing is out of the ordinary. */
  readonly band?: { readonly from: number; readonly to: number };
}

export interface PictureRow {
  readonly key: string;
  readonly name: string;
  /** Null where nothing is claimed. */
  readonly dot: number | null;
  readonly bar: { readonly low: number; readonly high: number } | null;
  readonly kind: "plain" | "beyond" | "quiet";
  /** The same in words. */
  readonly words: ReactNode;
}

export interface DotAndBarProps {
  readonly label: string;
  readonly axis: Axis;
  readonly rows: readonly PictureRow[];
  readonly testId: string;
}

export function DotAndBar({ label, axis, rows, testId }: DotAndBarProps) {
  return (
    <div className={styles.chart} data-testid={testId}>
      <ul className={styles.rows} aria-label={label}>
        {rows.map((row) => (
          <li key={row.key} className={styles.row} data-testid={`${testId}-row`} data-kind={row.kind}>
            <span className={styles.name}>{row.name}</span>
            <span className={styles.place}>
              <Picture axis={axis} row={row} />
            </span>
            <span className={styles.words}>{row.words}</span>
          </li>
        ))}
      </ul>
      <div className={styles.axis} aria-hidden>
        <svg className={styles.scale}>
          {axis.ticks.map(({ at, text }) => (
            <text key={at} x={placeOn(axis, at)} y="1em">
              {text}
            </text>
          ))}
        </svg>
      </div>
    </div>
  );
}

/** Lengths in percent are attributes, so that it is as wide as its column and needs no style. */
function Picture({ axis, row }: { readonly axis: Axis; readonly row: PictureRow }) {
  const { dot, bar, kind } = row;
  const x = (value: number) => placeOn(axis, value);
  return (
    <svg className={styles.picture} aria-hidden data-claims={dot !== null}>
      {axis.band ? (
        <rect
          className={styles.band}
          x={x(axis.band.from)}
          width={widthOn(axis, axis.band.to - axis.band.from)}
          y="0"
          height="100%"
        />
      ) : null}
      {axis.ticks.map(({ at }) => (
        <line key={at} className={styles.tick} x1={x(at)} x2={x(at)} y1="0" y2="100%" />
      ))}
      <g className={styles[kind]}>
        {bar ? <line className={styles.bar} x1={x(bar.low)} x2={x(bar.high)} y1="50%" y2="50%" /> : null}
        {dot === null ? null : <circle cx={x(dot)} cy="50%" r="5" />}
      </g>
    </svg>
  );
}

function placeOn(axis: Axis, value: number): string {
  return widthOn(axis, value - axis.from);
}

function widthOn({ from, to }: Axis, length: number): string {
  return `${((100 * length) / (to - from)).toFixed(2)}%`;
}

/** From nothing to a round number above the most. */
export function axisUpTo(most: number, textOf: (value: number) => string): Axis {
  const top = roundAbove(most);
  return { from: 0, to: top, ticks: [0, top / 2, top].map((at) => ({ at, text: textOf(at) })) };
}

/** A number that has a whole half, or nearly. */
export function roundAbove(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1e-9)));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8].find((step) => step * power >= most) ?? 10) * power;
}
