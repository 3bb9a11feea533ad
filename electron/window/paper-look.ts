// What a printed page may do and how much of its paper it fills: asked by the printer, and by whoever prints a form to look at it.

/** No script, no picture, nobody to call: the app's own styles and faces alone. */
export const PAPER_CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Where the form goes in `renderer/paper.html`. */
export const PAPER_PLACE = "<!-- form -->";

/** Inches; below stands the number of the page. */
export const PAPER_MARGINS = { top: 0.45, bottom: 0.6, left: 0.5, right: 0.5 } as const;
