// The page's own style, in the colours of the app (renderer/ui/tokens.css): the registry shares no file with the window.

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f6f2e8; --sheet: #fffdf7; --line: #ddd5c3; --ink: #1f2528; --quiet: #596067; --action: #2b5a86;
  --sealed: #a32f25; --sealed-soft: #f6e3de; --attention: #7c5212; --attention-soft: #f5ead2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #191a19; --sheet: #232422; --line: #3b3b36; --ink: #ece6d8; --quiet: #aea897; --action: #9dc1e2;
    --sealed: #f09c8f; --sealed-soft: #402420; --attention: #e2b96d; --attention-soft: #372c17;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 1.5rem clamp(1rem, 4vw, 3rem) 3rem; background: var(--paper); color: var(--ink);
  font: 400 0.9375rem/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
}
h1, h2 { font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; line-height: 1.25; }
h1 { margin: 0.25rem 0; font-size: 1.625rem; }
h2 { margin: 0 0 0.75rem; font-size: 1.3125rem; }
h3 { margin: 1.25rem 0 0.25rem; font-size: 0.9375rem; }
p { margin: 0.25rem 0; }
header { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; align-items: flex-start; }
nav { display: flex; gap: 0.25rem; }
nav > * { display: inline-flex; align-items: center; min-height: 2.5rem; padding: 0 0.75rem; border-radius: 0.375rem; }
nav > [aria-current] { background: var(--sheet); border: 1px solid var(--line); }
a { color: var(--action); }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--action); outline-offset: 2px; }
section { margin-top: 1.5rem; padding: 1.25rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 0.5rem; }
.quiet, .empty { color: var(--quiet); }
.demo { margin-top: 1rem; padding: 0.5rem 0.75rem; background: var(--attention-soft); color: var(--attention); border-radius: 0.375rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 1.5rem 0 0; }
.figures > div { padding: 0.75rem 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 0.5rem; }
.figures dt { color: var(--quiet); }
.figures dd { margin: 0; font-size: 1.625rem; font-variant-numeric: tabular-nums; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
tbody tr:last-child td { border-bottom: 0; }
td { font-variant-numeric: tabular-nums; }
.number { text-align: right; }
.number, .moment { white-space: nowrap; }
code { font: 0.8125rem/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: nowrap; }
.facts code { white-space: normal; }
.stamp { padding: 0 0.25rem; border: 1px solid var(--sealed); border-radius: 0.1875rem; color: var(--sealed); white-space: nowrap; }
.reasons { margin: 0; padding: 0; list-style: none; min-width: 18rem; }
.reasons li + li { margin-top: 0.5rem; }
:root:lang(en) body { font-family: system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
@media (max-width: 60rem) {
  thead { display: none; }
  .number { text-align: left; }
  table, tbody, tr, td { display: block; width: 100%; }
  tr { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  tr:last-child { border-bottom: 0; }
  td { display: grid; grid-template-columns: 9rem 1fr; gap: 0.5rem; padding: 0.125rem 0; border: 0; text-align: left; }
  td::before { content: attr(data-label); color: var(--quiet); }
  .stamp { justify-self: start; }
  .reasons { min-width: 0; }
  code { white-space: normal; overflow-wrap: anywhere; }
}
`;
