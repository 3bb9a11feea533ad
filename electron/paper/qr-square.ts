// The QR of a printed sheet as a drawing: one path, black on white, as wide as its style says.
import encodeQR from "qr";
import { html, type Markup } from "./markup.ts";

/** Light modules around it, as ISO/IEC 18004 asks. */
const QUIET = 4;

export function qrSquare(text: string): Markup {
  const rows = encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: QUIET });
  const size = String(rows.length);
  const path = rows.flatMap((row, y) => runsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`));
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" role="img">
    <path d="${path.join("")}" fill="#000" />
  </svg>`;
}

/** Where dark modules begin in a row, and how many there are. */
function runsOf(row: readonly boolean[]): [x: number, width: number][] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
