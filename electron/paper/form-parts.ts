// What the forms have in common: the head, the facts below it, and the lines where people sign.
import type { FormHead } from "#shared/journal";
import type { Words } from "#shared/exam";
import { html, type Markup } from "./markup.ts";
import { moment, words, type Say } from "./words.ts";

/**
 * A form whose first line stands on every one of its pages, so that a loose page is never anybody else's, nor taken for a real
 * form where it is none.
 */
export function formOf(
  head: Pick<FormHead, "demo" | "illustrative">,
  { running, top, rest }: { readonly running: Markup; readonly top: Markup; readonly rest: Markup },
  say: Say,
): Markup {
  return html`<table class="form">
    <thead>
      <tr>
        <td>
          <div class="running"><span>${running}</span><span>${marksOfForm(head, say)}</span></div>
        </td>
      </tr>
    </thead>
    <tbody>
      <tr>
        <td>${top}</td>
      </tr>
      <tr>
        <td>${rest}</td>
      </tr>
    </tbody>
  </table>`;
}

export function formTop(
  head: Pick<FormHead, "institution">,
  title: Words,
  say: Say,
  corner: Markup | null,
): Markup {
  return html`<header class="top">
    <div>
      <p class="institution">${say(head.institution)}</p>
      <h1>${say(title)}</h1>
    </div>
    ${corner}
  </header>`;
}

/** Never to be taken for a real form (rulings 13). */
export function marksOfForm(
  { demo, illustrative }: Pick<FormHead, "demo" | "illustrative">,
  say: Say,
): Markup {
  const marks = [...(demo ? [words.demo] : []), ...(illustrative ? [words.illustrative] : [])];
  return html`${marks.map((mark) => html`<strong class="mark">${say(mark)}</strong> `)}`;
}

export function facts(pairs: readonly (readonly [Words, Markup])[], say: Say): Markup {
  return html`<dl class="facts">
    ${pairs.map(
      ([term, fact]) =>
        html`<div>
          <dt>${say(term)}</dt>
          <dd>${fact}</dd>
        </div>`,
    )}
  </dl>`;
}

export function panelNames(
  panel: readonly { readonly name: string; readonly leader: boolean }[],
  say: Say,
): Markup {
  return html`${panel.map(({ name, leader }) => html`<span class="member">${name}${leader ? html` (${say(words.leader)})` : null}</span> `)}`;
}

export interface SignedBy {
  readonly name: string;
  readonly at: number;
}

/** A name and a time where somebody signed on the laptop, and always a line for ink. */
export function signatureLine(as: Words, signed: SignedBy | null, say: Say): Markup {
  return html`<div class="signature">
    <p>${say(as)} <span class="line">&nbsp;</span></p>
    <p>${say(words.date)} <span class="line">&nbsp;</span></p>
    <p class="electronic">
      ${signed ? html`${say(words.signedAt)}: ${signed.name} ${moment(signed.at)}` : html`&nbsp;`}
    </p>
  </div>`;
}
