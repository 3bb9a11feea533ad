// 技能操作考核评分记录表: head, one row an element, sums, amendments and who signed.
import { fractionToText, fraction, multiply, type Fraction } from "#shared/base";
import type { RubricItem, Words } from "#shared/exam";
import type { PrintedAmendment, PrintedPause, ScoreForm, ScoreLine, Written } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { facts, formOf, formTop, signatureLine } from "./form-parts.ts";
import { html, type Markup } from "./markup.ts";
import { qrSquare } from "./qr-square.ts";
import { moment, officeWords, pauseWords, reasonWords, levelWords, words, type Say } from "./words.ts";

export interface PrintedSheet {
  readonly form: ScoreForm;
  /** What the square says (shared/wire/paper.ts). */
  readonly qr: string;
}

export function scoreSheet({ form, qr }: PrintedSheet, say: Say): Markup {
  const stamp = stampOf(form.record);
  const code = html`<figure class="check">
    ${qrSquare(qr)}
    <figcaption>
      ${say(words.scanToCheck)}<br />${say(words.stamp)} ${stamp.characters.join("")} ${stamp.code}
    </figcaption>
  </figure>`;
  const top = html`${formTop(form, words.scoreSheet, say, code)}
  ${facts(
    [
      [words.pieceNo, html`${String(form.no).padStart(2, "0")}`],
      [words.name, html`${form.candidate}`],
      [words.ticket, html`${form.ticketNo}`],
      [words.employer, html`&nbsp;`],
      [words.task, say(form.rubric.title)],
      [words.paperCode, html`${form.rubric.name}`],
      [words.level, say(levelWords[form.level])],
      [words.day, html`${form.day}`],
    ],
    say,
  )}`;
  const running = html`${String(form.no).padStart(2, "0")} ${form.candidate} · ${form.ticketNo} ·
  ${say(words.examiner)} ${form.examiner} · ${stamp.code}`;
  const rest = html`<table class="items">
      <colgroup>
        <col class="no" />
        <col class="element" />
        <col class="criteria" />
        <col class="figure" />
        <col class="figure" />
        <col class="figure" />
        <col class="recorded" />
      </colgroup>
      <thead>
        <tr>
          ${[words.no, words.element, words.criteria, words.max, words.deducted, words.mark, words.recorded].map((term) => html`<th>${say(term)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${form.items.map((line) => row(line, form.step, say))}
        <tr class="sum">
          <td colspan="3">${say(words.sum)}</td>
          <td class="figure">${form.max}</td>
          <td></td>
          <td class="figure">${form.sum}</td>
          <td></td>
        </tr>
        ${
          form.overtime
            ? html`<tr class="sum">
                <td colspan="3">${say(words.overtime)}</td>
                <td></td>
                <td class="figure">${form.overtime.deducted}</td>
                <td></td>
                <td>${form.overtime.minutes} ${say(words.minutes)}</td>
              </tr>`
            : null
        }
        <tr class="total">
          <td colspan="3">${say(words.total)}</td>
          <td class="figure">${form.max}</td>
          <td></td>
          <td class="figure">${value(form.total)}</td>
          <td></td>
        </tr>
      </tbody>
    </table>
    <dl class="rest">
      ${form.pauses.length > 0 ? givenBack(form.pauses, say) : null}
      <dt>${say(words.vetoes)}</dt>
      <dd>
        ${form.vetoes.length === 0 ? say(words.none) : form.vetoes.map(({ code: veto, text }) => html`<p>${veto} ${say(text)}</p>`)}
      </dd>
      <dt>${say(words.note)}</dt>
      <dd>
        ${form.formerNotes.map((note) => html`<del class="text">${note}</del> `)}${form.note === "" ? say(words.none) : html`<span class="text">${form.note}</span>`}
      </dd>
      ${
        form.pictures > 0
          ? html`<dt>${say(words.pictures)}</dt>
              <dd>${form.pictures}</dd>`
          : null
      }
      ${
        form.typedBy === null
          ? null
          : html`<dt>${say(words.typedFrom)}</dt>
              <dd>${form.typedBy.join("、")}</dd>`
      }
    </dl>
    ${form.amendments.length > 0 ? amended(form.amendments, say) : null}
    <div class="signatures">
      ${signatureLine(words.examiner, { name: form.examiner, at: form.signedAt }, say)}
      ${(["clerk", "checker"] as const).map((as) => signatureLine(words[as], form.signOffs.find((one) => one.as === as) ?? null, say))}
    </div>`;
  return formOf(form, { running, top, rest }, say);
}

function row(line: ScoreLine, step: Fraction, say: Say): Markup {
  return html`<tr>
    <td class="no">${line.no}</td>
    <td class="element">${say(line.text)}</td>
    <td class="criteria">${criteriaOf(line.item, step).map((text) => html`<p>${say(text)}</p>`)}</td>
    <td class="figure">${line.max}</td>
    <td class="figure">${line.deducted}</td>
    <td class="figure">${value(line.mark)}</td>
    <td class="recorded">${value(line.recorded)}</td>
  </tr>`;
}

/** What was lost to every interruption, in whole minutes and seconds, and why. */
function givenBack(pauses: readonly PrintedPause[], say: Say): Markup {
  return html`<dt>${say(words.givenBack)}</dt>
    <dd>
      ${pauses.map(
        ({ from, to, lostMs, reason, by }) =>
          html`<p>
            ${clock(lostMs)} · ${moment(from)} – ${moment(to)} ·
            ${reason.kind === "other" ? html`<span class="text">${reason.text}</span>` : say(pauseWords[reason.kind])}
            · ${by}
          </p>`,
      )}
    </dd>`;
}

/** 12:05 */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Each old value struck through once, the new one beside it. */
export function value({ now, former }: Written): Markup {
  return html`${former.map((old) => html`<del>${old === "" ? "—" : old}</del> `)}${now}`;
}

function amended(amendments: readonly PrintedAmendment[], say: Say): Markup {
  return html`<div class="amendments">
    <h2>${say(words.amendments)}</h2>
    <p>${say(words.continued)}</p>
    ${amendments.map(
      (one) =>
        html`<div class="amendment">
          <p>
            ${moment(one.at)} · ${say(reasonWords[one.reason])} · ${say(words.total)} ${one.total} ·
            ${say(words.stamp)}
            ${stampOf(one.record).code}${one.counts ? null : html` · ${say(words.notCounted)}`}
          </p>
          <p><span class="text">${one.text}</span></p>
          <p>
            ${say(words.amendedBy)} ${one.author} · ${say(words.approvedBy)} ${one.approver}
            (${say(officeWords[one.office])})
          </p>
        </div>`,
    )}
  </div>`;
}

/** The standard's own lines, with what each is worth. */
function criteriaOf(item: RubricItem, step: Fraction): Words[] {
  const worth = (steps: number) => fractionToText(multiply(fraction(steps), step));
  const both = (text: string): Words => ({ zh: text, en: text });
  switch (item.kind) {
    case "DEDUCT":
      return item.lines.map(({ code, text, amount, cap }) => ({
        zh: `${code} ${text.zh} −${worth(amount)}（${words.atMost.zh} ${worth(cap)}）`,
        en: `${text.en} −${worth(amount)} (${words.atMost.en} ${worth(cap)})`,
      }));
    case "MEASURE":
      return item.groups.map(({ points, bands, otherwise }) => {
        const bound = (units: number) => fractionToText(multiply(fraction(units), item.resolution), 3);
        const told = bands.map(({ upTo, mark }) => `≤${bound(upTo)} ${item.unit}: ${worth(mark)}`).join("; ");
        return {
          zh: `${String(points)} ${words.points.zh}，${told}；${words.otherwise.zh} ${worth(otherwise)}`,
          en: `${String(points)} ${words.points.en}, ${words.otherwise.en} ${worth(otherwise)}`,
        };
      });
    case "JUDGE":
      return item.scale.map(({ zh, en }, level) => ({ zh: `${String(level)} ${zh}`, en }));
    case "CHECK":
      return [
        {
          zh: `${String(item.checks)} × ${worth(item.each)}`,
          en: `${words.each.en} ${worth(item.each)}`,
        },
      ];
    case "POINTS":
      return item.criteria ? [item.criteria] : [both(`0–${worth(item.max)}`)];
  }
}
