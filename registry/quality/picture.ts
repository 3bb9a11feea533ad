// A dot and an interval for every institution, as SVG that needs no script and prints as it looks. Whoever does not see it is
// told what it shows, and has the table.
import type { PublishedShare } from "#shared/rules";
import { html, type Html } from "../publishing/html.ts";

export interface PictureRow {
  readonly name: string;
  readonly rate: NonNullable<PublishedShare["rate"]>;
}

const WIDTH = 640;
const NAMES = 200;
const ROW = 22;
const RIGHT = 16;

/** From nothing to a round number above the highest end of a line. */
export function dotsAndLines(rows: readonly PictureRow[], about: string): Html {
  const top = roundTop(Math.max(...rows.map(({ rate }) => rate.high)));
  const x = (rate: number) => Math.round(NAMES + ((WIDTH - NAMES - RIGHT) * rate) / top);
  const height = rows.length * ROW + 30;
  const axis = rows.length * ROW + 4;
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${about}">
    ${[0, top / 2, top].map(
      (at) =>
        html`<line class="grid" x1="${x(at)}" x2="${x(at)}" y1="0" y2="${axis}" />
          <text class="scale" x="${x(at)}" y="${axis + 18}">${at}</text>`,
    )}
    ${rows.map(({ name, rate }, at) => {
      const y = at * ROW + ROW / 2;
      return html`<text class="name" x="${NAMES - 10}" y="${y + 4}">${shortened(name)}</text>
        <line class="interval" x1="${x(rate.low)}" x2="${x(rate.high)}" y1="${y}" y2="${y}" />
        <circle cx="${x(rate.perHundred)}" cy="${y}" r="4" />`;
    })}
  </svg>`;
}

function roundTop(most: number): number {
  return [2, 5, 10, 20, 50].find((top) => most <= top) ?? 100;
}

/** The whole name is in the table. */
function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length > 24 ? `${letters.slice(0, 23).join("")}…` : name;
}
