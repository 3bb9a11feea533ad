// 评分记录表（手工评分用）: every item with its own boxes to fill in, in the shape in which it is typed later, and a place for the
// examiner's signature. The square says which sheet of paper it is.
import { fraction, fractionToText, multiply, type Fraction, type SheetId } from "#shared/base";
import type { RubricItem } from "#shared/exam";
import type { BlankForm } from "#shared/journal";
import { facts, formOf, formTop, signatureLine } from "./form-parts.ts";
import { html, type Markup } from "./markup.ts";
import { qrSquare } from "./qr-square.ts";
import { levelWords, words, type Say } from "./words.ts";

export interface PrintedBlank {
  readonly form: BlankForm;
  readonly serial: SheetId;
  /** What the square says (shared/wire/blank.ts). */
  readonly qr: string;
}

const EMPTY = html`&nbsp;`;
const NOTE_LINES = 4;

export function blankSheet({ form, serial, qr }: PrintedBlank, say: Say): Markup {
  const { whose } = form;
  const code = html`<figure class="check">
    ${qrSquare(qr)}
    <figcaption>${say(words.serial)}<br />${serial}</figcaption>
  </figure>`;
  const top = html`${formTop(form, words.blankSheet, say, code)}
    ${facts(
      [
        [words.pieceNo, whose ? html`${numbered(whose.no)}` : EMPTY],
        [words.name, whose ? html`${whose.candidate}` : EMPTY],
        [words.ticket, whose ? html`${whose.ticketNo}` : EMPTY],
        [words.examiner, EMPTY],
        [words.task, say(form.rubric.title)],
        [words.paperCode, html`${form.rubric.name}`],
        [words.level, say(levelWords[form.level])],
        [words.day, html`${form.day}`],
      ],
      say,
    )}
    <p class="remark">${say(words.blankLead)}</p>`;
  const running = html`${whose ? `${numbered(whose.no)} ${whose.candidate} · ${whose.ticketNo}` : html`${say(words.name)} ________`}
  · ${say(words.serial)} ${serial}`;
  const rest = html`<table class="items blank">
      <colgroup>
        <col class="no" />
        <col class="element" />
        <col class="figure" />
        <col />
      </colgroup>
      <thead>
        <tr>
          ${[words.no, words.element, words.max, words.fill].map((term) => html`<th>${say(term)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${form.items.map(
          ({ item, max }) =>
            html`<tr>
              <td class="no">${item.no}</td>
              <td class="element">${say(item.text)}</td>
              <td class="figure">${max}</td>
              <td>${boxesOf(item, max, form.step, say)}</td>
            </tr>`,
        )}
        <tr class="sum">
          <td colspan="2">${say(words.overtime)}</td>
          <td></td>
          <td>${box(say(words.minutes))}</td>
        </tr>
        <tr class="total">
          <td colspan="2">${say(words.total)}</td>
          <td class="figure">${form.max}</td>
          <td></td>
        </tr>
      </tbody>
    </table>
    <dl class="rest">
      <dt>${say(words.vetoes)}</dt>
      <dd>
        ${form.vetoes.length === 0 ? say(words.none) : form.vetoes.map(({ code: veto, text }) => html`<p>${tick(html`${veto} ${say(text)}`)}</p>`)}
      </dd>
      <dt>${say(words.note)}</dt>
      <dd>${Array.from({ length: NOTE_LINES }, () => html`<p class="write">&nbsp;</p>`)}</dd>
    </dl>
    <div class="signatures">
      ${[words.examiner, words.firstTypist, words.secondTypist].map((as) => signatureLine(as, null, say))}
    </div>`;
  return formOf(form, { running, top, rest }, say);
}

/** In the shape in which it is typed: counts, readings, a level, answers, or a mark. */
function boxesOf(item: RubricItem, max: string, step: Fraction, say: Say): Markup {
  const worth = (steps: number | Fraction) =>
    fractionToText(multiply(typeof steps === "number" ? fraction(steps) : steps, step));
  switch (item.kind) {
    case "DEDUCT":
      return html`${item.lines.map(
          ({ code, text, amount, cap }) =>
            html`<p class="ask">
              <span>${code} ${say(text)} −${worth(amount)} (${say(words.atMost)} ${worth(cap)})</span>
              ${box(say(words.times))}
            </p>`,
        )}
        <p>${tick(say(words.noDeduction))}</p>`;
    case "MEASURE":
      return html`${item.groups.map(({ points, bands, otherwise }) => {
        const bound = (units: number) => fractionToText(multiply(fraction(units), item.resolution), 3);
        const told = bands.map(({ upTo, mark }) => `≤${bound(upTo)} ${item.unit}: ${worth(mark)}`).join("; ");
        return html`<p class="criteria">${told}; ${say(words.otherwise)} ${worth(otherwise)}</p>
          <p class="readings">
            ${Array.from({ length: points }, (_, at) => box(html`${at + 1}`))} ${item.unit}
          </p>`;
      })}`;
    case "JUDGE":
      return html`${item.scale.map(
        (text, level) =>
          html`<p>
            ${tick(html`<strong>${level}</strong> ${say(text)} (${worth(fraction(level * item.max, 3))})`)}
          </p>`,
      )}`;
    case "CHECK":
      return html`${Array.from(
          { length: item.checks },
          (_, at) =>
            html`<p class="answers">
              <span>${at + 1}</span> ${tick(say(words.yes))} ${tick(say(words.fails))}
              ${item.mayNotApply ? tick(say(words.na)) : null}
            </p>`,
        )}
        <p class="criteria">${say(words.each)} ${worth(item.each)}</p>`;
    case "POINTS":
      return html`${item.criteria ? html`<p class="criteria">${say(item.criteria)}</p>` : null}
        <p>${box(html`/ ${max}`)}</p>`;
  }
}

function box(label: Markup): Markup {
  return html`<span class="field"><span class="box">&nbsp;</span> ${label}</span> `;
}

function tick(label: Markup): Markup {
  return html`<span class="tick"><span class="square">&nbsp;</span> ${label}</span> `;
}

function numbered(no: number): string {
  return String(no).padStart(2, "0");
}
