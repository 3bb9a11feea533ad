// 质量情况公示: a centre's own figures with pictures and intervals, made to be published. What must not be told is not in the form
// any more (shared/journal/quality-form.ts); here it is said where it was, and why.
import type { Words } from "#shared/exam";
import type { Delay, QualityForm } from "#shared/journal";
import type { LoneShare } from "#shared/rules";
import { facts, formOf, formTop } from "./form-parts.ts";
import { html, type Markup } from "./markup.ts";
import { flagTitles, qualityWords as words, shareWords, whyWords } from "./quality-words.ts";
import type { Say } from "./words.ts";

export function qualityReport(form: QualityForm, say: Say): Markup {
  const { shares, flags, delays } = form;
  const rates = flags.map(({ code, rate }) => ({ name: flagTitles[code], what: null, share: rate }));
  const top = html`${formTop(form, words.title, say, null)}
    ${facts(
      [
        [words.year, html`${form.year}`],
        [words.sittings, html`${form.sittings}`],
        [words.signed, countText(form.signed, say)],
      ],
      say,
    )}
    <p>${say(words.source)} ${say(words.people)}</p>
    <p>${say(words.reading)}</p>`;
  const rest = html`<div class="report">
    <h2>${say(words.shares)}</h2>
    ${figures(
      shares.map(({ name, share }) => ({ ...shareWords[name], share })),
      100,
      say,
    )}
    <h2>${say(words.flags)}</h2>
    <p>${say(words.flagsAre)}</p>
    ${rates.length === 0 ? html`<p>${say(words.noFlags)}</p>` : figures(rates, topOf(rates), say)}
    <h2>${say(words.delays)}</h2>
    ${times(delays, say)}
    <h2>${say(words.notTold)}</h2>
    ${notTold(form, say)}
  </div>`;
  const running = html`${say(form.institution)} · ${say(words.title)} · ${form.year}`;
  return formOf({ ...form, illustrative: false }, { running, top, rest }, say);
}

interface Line {
  readonly name: Words;
  readonly what: Words | null;
  readonly share: LoneShare;
}

function figures(lines: readonly Line[], top: number, say: Say): Markup {
  return html`<table class="items figures">
    <thead>
      <tr>
        <th class="what">${say(words.what)}</th>
        <th class="scale">${scale(top)}</th>
        <th class="count">${say(words.hits)}</th>
        <th class="count">${say(words.of)}</th>
        <th class="count">${say(words.perHundred)}</th>
        <th class="span">${say(words.interval)}</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        ({ name, what, share: { hits, of, rate } }) =>
          html`<tr>
            <td>
              <p>${say(name)}</p>
              ${what ? html`<p class="criteria">${say(what)}</p>` : null}
            </td>
            <td class="picture">${rate ? dotAndBar(rate.low, rate.perHundred, rate.high, top) : null}</td>
            <td class="figure">${countText(hits, say)}</td>
            <td class="figure">${countText(of, say)}</td>
            <td class="figure">${rate ? rate.perHundred.toFixed(1) : "—"}</td>
            <td class="figure">${rate ? `${rate.low.toFixed(1)} – ${rate.high.toFixed(1)}` : "—"}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function times({ sealing, receipt }: QualityForm["delays"], say: Say): Markup {
  const lines: readonly (readonly [Words, Delay | "withheld"])[] = [
    [words.sealing, sealing],
    [words.receipt, receipt],
  ];
  const heads = [
    words.what,
    words.hits,
    words.shortest,
    words.middle,
    words.longest,
    words.open,
    words.doubtful,
  ];
  return html`<table class="items times">
    <thead>
      <tr>
        ${heads.map((head) => html`<th>${say(head)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${lines.map(([name, delay]) => {
        const cells =
          delay === "withheld"
            ? [say(words.withheld), ...Array.from({ length: 5 }, () => html`—`)]
            : [
                html`${delay.count}`,
                ...(["shortest", "middle", "longest"] as const).map(
                  (which) => html`${hoursOf(delay, which)}`,
                ),
                html`${delay.open}`,
                html`${delay.doubtful}`,
              ];
        return html`<tr>
          <td>${say(name)}</td>
          ${cells.map((cell) => html`<td class="figure">${cell}</td>`)}
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** In hours with one decimal; a dash where nothing came to an end. */
export function hoursOf({ times: of }: Delay, which: "shortest" | "middle" | "longest"): string {
  return of === null ? "—" : (of[which] / 3_600_000).toFixed(1);
}

function notTold(form: QualityForm, say: Say): Markup {
  const lines = withheldOf(form);
  return lines.length === 0
    ? html`<p>${say(words.allTold)}</p>`
    : html`<ul>
        ${lines.map(({ name, why }) => html`<li>${say(name)}: ${say(why)}</li>`)}
      </ul>`;
}

/** Which figures are not told, and why. */
export function withheldOf(form: QualityForm): { readonly name: Words; readonly why: Words }[] {
  const { shares, flags, delays, signed, least } = form;
  return [
    ...(signed === "withheld" ? [{ name: words.signed, why: whyWords("small", least) }] : []),
    ...shares.flatMap(({ name, share: { why } }) =>
      why ? [{ name: shareWords[name].name, why: whyWords(why, least) }] : [],
    ),
    ...flags.flatMap(({ code, rate: { why } }) =>
      why ? [{ name: flagTitles[code], why: whyWords(why, least) }] : [],
    ),
    ...(delays.sealing === "withheld" ? [{ name: words.sealing, why: whyWords("small", least) }] : []),
  ];
}

function countText(count: number | "withheld", say: Say): Markup {
  return count === "withheld" ? say(words.withheld) : html`${count}`;
}

/** A round number above the highest end of a line. */
function topOf(lines: readonly Line[]): number {
  const most = Math.max(0, ...lines.map(({ share }) => share.rate?.high ?? 0));
  return [2, 5, 10, 20, 50, 100, 200, 500].find((top) => most <= top) ?? Math.ceil(most / 1000) * 1000;
}

/** In percent of the width, so that the column says how wide it is. */
function dotAndBar(low: number, middle: number, high: number, top: number): Markup {
  const x = (value: number) => `${((100 * value) / top).toFixed(2)}%`;
  return html`<svg class="dot-and-bar" aria-hidden="true">
    <line class="axis" x1="0" x2="100%" y1="50%" y2="50%" />
    <line class="bar" x1="${x(low)}" x2="${x(high)}" y1="50%" y2="50%" />
    <circle class="dot" cx="${x(middle)}" cy="50%" r="3" />
  </svg>`;
}

function scale(top: number): Markup {
  return html`<span class="scale-ends"><span>0</span><span>${top / 2}</span><span>${top}</span></span>`;
}
