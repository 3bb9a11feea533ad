// The operator's page: one page, no script, no form. Whoever is on duty sees what came today, what is set aside and what to
// do about it, and what has not come.
import { fractionToText, type HashId, type InstantMs, type Kid } from "#shared/base";
import { stampOf } from "#shared/wire";
import { onSiteChecklist } from "#shared/rules";
import type { Listed, VisitRow } from "../store/operator-queries.ts";
import type { Decided } from "./decisions.ts";
import { html, type Html, type Part } from "../publishing/html.ts";
import { inLanguage, LANGUAGES, type Language } from "../publishing/language.ts";
import type { Checkpoint, Owing, SetAside, Standing } from "./standing.ts";
import { WORDS, type Words } from "./words.ts";

export interface PageOf {
  readonly language: Language;
  readonly name: { readonly zh: string; readonly en: string };
  readonly aud: string;
  readonly isDemo: boolean;
  readonly nameOf: (institution: string) => { readonly zh: string; readonly en: string } | undefined;
}

export function renderPage(standing: Standing, page: PageOf): string {
  const words = WORDS[page.language];
  const view = createView(page);
  const name = inLanguage(page.name, page.language);
  const body = html`<!doctype html>
    <html lang="${page.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title} · ${name}</title>
        <link rel="stylesheet" href="/operator.css" />
      </head>
      <body>
        <header>
          <div>
            <p class="quiet">${name} · <code>${page.aud}</code></p>
            <h1>${words.title}</h1>
            <p class="quiet">
              ${words.asOf}
              <time datetime="${new Date(standing.at).toISOString()}">${view.moment(standing.at)}</time> ·
              ${words.reload}
            </p>
          </div>
          <nav>
            ${LANGUAGES.map((language) =>
              language === page.language
                ? html`<span aria-current="true" lang="${language}">${WORDS[language].language}</span>`
                : html`<a href="?lang=${language}" lang="${language}" hreflang="${language}"
                    >${WORDS[language].language}</a
                  >`,
            )}
          </nav>
        </header>
        <main>
          ${page.isDemo ? html`<p class="demo">${words.demo}</p>` : ""} ${figures(standing, words)}
          ${sentToday(standing, words, view)} ${setAside(standing, words, view)}
          ${decisions(standing, words, view)} ${panels(standing, words, view)}
          ${visits(standing, words, view)} ${owing(standing, words, view)} ${laptops(standing, words, view)}
          ${publicLog(standing.checkpoint, words)}
        </main>
      </body>
    </html> `;
  return body.text;
}

function figures(standing: Standing, { figures: words, main }: Words): Html {
  const { today, setAside, waiting } = standing;
  const set: readonly (readonly [string, number])[] = [
    [words.batches, today.batches],
    [words.accepted, today.accepted],
    [words.setAside, setAside.rows.length + setAside.unlisted],
    [words.waiting, waiting],
  ];
  return html`<dl class="figures" aria-label="${main}">
    ${set.map(
      ([label, figure]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${figure}</dd>
        </div>`,
    )}
  </dl>`;
}

function sentToday({ sent }: Standing, words: Words, view: View): Html {
  const { columns } = words;
  const heads = [
    columns.institution,
    columns.laptop,
    number(columns.batches),
    number(columns.accepted),
    number(columns.quarantined),
    number(columns.waiting),
    columns.last,
  ];
  const lines = listed(heads, sent, words, (row) => [
    view.institution(row.institution),
    view.laptop(row.device),
    row.batches,
    row.accepted,
    row.quarantined,
    row.waiting,
    view.clock(row.last),
  ]);
  return section("sent", words.sent.title, isAny(sent) ? lines : empty(words.sent.empty));
}

function setAside({ setAside: aside }: Standing, words: Words, view: View): Html {
  const { columns } = words;
  if (!isAny(aside)) return section("aside", words.setAside.title, empty(words.setAside.empty));
  const heads = [
    columns.institution,
    columns.laptop,
    columns.batch,
    columns.received,
    number(columns.sheets),
    columns.why,
  ];
  const lines = listed(heads, aside, words, (one) => [
    view.institution(one.institution),
    view.laptop(one.device),
    view.batch(one.batch),
    view.moment(one.at),
    one.sheets,
    reasons(one, words),
  ]);
  return section(
    "aside",
    words.setAside.title,
    html`<p>${words.setAside.lead}</p>
      ${lines}`,
  );
}

function reasons({ notes }: SetAside, words: Words): Html {
  return html`<ul class="reasons">
    ${notes.map(({ code, count }) => {
      const [meaning, next] = words.notes[code] ?? [words.unknownCode(code), ""];
      const often = count > 1 ? html` <span class="quiet">${words.times(count)}</span>` : "";
      return html`<li><strong>${meaning}</strong>${often} <code>${code}</code><br />${next}</li>`;
    })}
  </ul>`;
}

/** What is left to whoever runs the registry comes first: nobody else can answer it. */
function decisions({ decisions: made }: Standing, words: Words, view: View): Html {
  const { columns, decided } = words;
  if (!isAny(made.all)) return section("decided", decided.title, empty(decided.empty));
  const about = ({ subject, sitting }: Decided): Part => {
    if (subject.kind === "sheet") return view.batch(subject.sheet);
    const id = subject.kind === "candidate" ? subject.candidate : sitting;
    return html`${decided.about[subject.kind]} <code>${id.slice(0, 8)}</code>`;
  };
  const waiting =
    made.escalated.length === 0
      ? empty(decided.nothingWaits)
      : table(
          [columns.institution, columns.about, columns.received, columns.flags, columns.words],
          made.escalated.map((one) => [
            view.institution(one.institution),
            about(one),
            view.moment(one.accepted_at),
            one.flags.join(", ") || words.none,
            one.words ?? words.none,
          ]),
        );
  const heads = [
    ...[columns.institution, columns.laptop, columns.day, columns.about, columns.decision],
    ...[columns.flags, columns.signatures, columns.received, columns.standing],
  ];
  const lines = listed(heads, made.all, words, (one) => [
    view.institution(one.institution),
    view.laptop(one.device),
    html`<span class="moment">${one.day ?? words.none}</span>`,
    about(one),
    html`<strong data-decision="${one.decision}">${decided.decisions[one.decision]}</strong>`,
    one.flags.join(", ") || words.none,
    one.second === null ? decided.one : decided.two,
    view.moment(one.accepted_at),
    html`<span data-state="${one.state}">${decided.states[one.state]}</span>`,
  ]);
  return section(
    "decided",
    decided.title,
    html`${block(decided.waiting, waiting, decided.waitingNote)} ${block(decided.all, lines)}`,
  );
}

/** Whose panel lies too far apart: without a leader's settlement there is no mark that anybody signed for (R43). */
function panels({ panels: divergent }: Standing, words: Words, view: View): Html {
  const { columns, panels: said } = words;
  if (!isAny(divergent)) return section("panels", said.title, empty(said.empty));
  const heads = [
    ...[columns.institution, columns.day, columns.sitting, columns.about],
    ...[number(columns.sheets), number(columns.spread), columns.standing, columns.words],
  ];
  const lines = listed(heads, divergent, words, (row) => {
    const state = row.said === null ? "open" : "settled";
    return [
      view.institution(row.institution),
      html`<span class="moment">${row.day ?? words.none}</span>`,
      html`<code>${row.sitting.slice(0, 8)}</code>`,
      html`<code data-panel="${row.candidate}">${row.candidate.slice(0, 8)}</code>`,
      row.sheets,
      fractionToText(row.spread),
      html`<strong data-state="${state}">${said.states[state]}</strong>`,
      row.said === null ? words.none : said.kept(row.said, row.unasked ?? 0),
    ];
  });
  return section(
    "panels",
    said.title,
    html`<p>${said.lead}</p>
      ${lines}`,
  );
}

/** What was not right comes first in the eye; what is said stands as the supervisor said it. */
function visits({ visits: made }: Standing, words: Words, view: View): Html {
  const { columns, visited } = words;
  if (!isAny(made)) return section("visits", visited.title, empty(visited.empty));
  const heads = [
    ...[columns.institution, columns.day, columns.sitting, columns.received],
    ...[number(visited.yes), number(visited.no), number(visited.unseen), visited.found],
  ];
  const lines = listed(heads, made, words, (row) => {
    const no = row.found.filter(({ answer }) => answer === "no").length;
    return [
      view.institution(row.institution),
      html`<span class="moment">${row.day ?? words.none}</span>`,
      html`<code data-visit="${row.hash}">${row.sitting.slice(0, 8)}</code>`,
      view.moment(row.accepted_at),
      row.yes,
      no === 0 ? 0 : html`<strong>${no}</strong>`,
      row.unseen,
      findings(row, words, view),
    ];
  });
  return section(
    "visits",
    visited.title,
    html`<p>${visited.note}</p>
      ${lines}`,
  );
}

function findings({ found, problems, suggestions }: VisitRow, { visited, none }: Words, view: View): Part {
  const lines = [
    ...found.map(({ item, answer, words }) => {
      const asked = view.checklistItem(item);
      const said = words === "" ? "" : html`<br />${words}`;
      return html`<li>${answer === "no" ? html`<strong>${asked}</strong>` : asked}${said}</li>`;
    }),
    ...(problems === "" ? [] : [html`<li><strong>${visited.problems}</strong><br />${problems}</li>`]),
    ...(suggestions === "" ? [] : [html`<li>${visited.suggestions}<br />${suggestions}</li>`]),
  ];
  return lines.length === 0
    ? none
    : html`<ul class="reasons">
        ${lines}
      </ul>`;
}

function owing(standing: Standing, words: Words, view: View): Html {
  const { columns } = words;
  const { contradictions, sittings, coming, evidence, gaps, silent } = standing;
  const blocks: Html[] = [];
  if (contradictions.rows.length > 0) {
    const heads = [columns.institution, columns.day, columns.sitting, columns.about, number(columns.sheets)];
    const lines = listed(heads, contradictions, words, (row) => [
      view.institution(row.institution),
      html`<span class="moment">${row.day ?? words.none}</span>`,
      html`<code>${row.sitting.slice(0, 8)}</code>`,
      html`<code data-contradicted="${row.candidate}">${row.candidate.slice(0, 8)}</code>`,
      row.sheets,
    ]);
    blocks.push(block(words.contradictions.title, lines, words.contradictions.note));
  }
  if (isAny(sittings)) {
    const heads = [
      columns.institution,
      columns.day,
      columns.sitting,
      number(columns.candidates),
      number(columns.absent),
      number(columns.left),
      number(columns.expected),
      number(columns.arrived),
      number(columns.held),
    ];
    const lines = listed(heads, sittings, words, (row) => [
      view.institution(row.institution),
      html`<span class="moment">${row.day ?? words.none}</span>`,
      html`<code>${row.sitting.slice(0, 8)}</code>`,
      row.candidates,
      row.absent,
      row.left,
      (row.candidates - row.absent - row.left) * row.panel,
      row.sheets,
      row.held,
    ]);
    blocks.push(block(words.sittings.title, lines, words.sittings.note));
  }
  if (isAny(coming)) blocks.push(block(words.coming, owedList(coming, words, view)));
  if (isAny(evidence)) blocks.push(block(words.evidence, owedList(evidence, words, view)));
  if (isAny(gaps)) {
    const heads = [columns.institution, columns.laptop, number(columns.missing)];
    const lines = listed(heads, gaps, words, (row) => [
      view.institution(row.institution),
      view.laptop(row.device),
      row.missing,
    ]);
    blocks.push(block(words.gaps, lines));
  }
  if (isAny(silent)) blocks.push(block(words.silent, deviceList(silent, words, view)));
  return section("owing", words.owing.title, blocks.length > 0 ? html`${blocks}` : empty(words.owing.empty));
}

function owedList(list: Listed<Owing>, words: Words, view: View): Html {
  const { institution, laptop, batch, files, bytes } = words.columns;
  return listed([institution, laptop, batch, number(files), number(bytes)], list, words, (row) => [
    view.institution(row.institution),
    view.laptop(row.device),
    view.batch(row.batch),
    row.objects,
    view.bytes(row.bytes),
  ]);
}

function deviceList(list: Standing["silent"], words: Words, view: View): Html {
  return listed([words.columns.institution, words.columns.laptop], list, words, (row) => [
    view.institution(row.institution),
    view.laptop(row.device),
  ]);
}

function laptops(standing: Standing, words: Words, view: View): Html {
  const frozen = isAny(standing.frozen)
    ? block(words.laptops.frozen, deviceList(standing.frozen, words, view))
    : empty(words.laptops.empty);
  return section(
    "laptops",
    words.laptops.title,
    html`${frozen}
      <p>${words.pendingKeys(standing.pendingKeys)} · ${words.revocations(standing.revocations)}</p>`,
  );
}

function publicLog(checkpoint: Checkpoint | null, { log }: Words): Html {
  if (!checkpoint) return section("log", log.title, empty(log.none));
  return section(
    "log",
    log.title,
    html`<dl class="facts">
      <dt>${log.origin}</dt>
      <dd><code>${checkpoint.origin}</code></dd>
      <dt>${log.size}</dt>
      <dd>${checkpoint.size}</dd>
      <dt>${log.root}</dt>
      <dd><code>${checkpoint.root}</code></dd>
    </dl>`,
  );
}

function section(id: string, title: string, content: Html): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
}

function block(title: string, content: Html, note = ""): Html {
  return html`<h3>${title}</h3>
    ${note === "" ? "" : html`<p class="quiet">${note}</p>`}${content}`;
}

function empty(sentence: string): Html {
  return html`<p class="empty">${sentence}</p>`;
}

function isAny({ rows, unlisted }: Listed<unknown>): boolean {
  return rows.length > 0 || unlisted > 0;
}

/** A list that does not end where its table ends says so. */
function listed<T>(
  titles: readonly (string | Head)[],
  { rows, unlisted }: Listed<T>,
  words: Words,
  cellsOf: (row: T) => readonly Part[],
): Html {
  const more = unlisted > 0 ? html`<p class="quiet">${words.more(unlisted)}</p>` : "";
  return html`${rows.length > 0 ? table(titles, rows.map(cellsOf)) : ""}${more}`;
}

/** A heading of a column, set to the right where figures stand under it. */
interface Head {
  readonly label: string;
  readonly isNumber: boolean;
}

function number(label: string): Head {
  return { label, isNumber: true };
}

/**
 * On a narrow or enlarged screen each row is a block and each cell carries its heading (style.ts); the roles keep it a
 * table for whoever cannot see it. Focusable, so that what is still too wide can be scrolled with the keyboard.
 */
function table(titles: readonly (string | Head)[], rows: readonly (readonly Part[])[]): Html {
  const heads = titles.map((title) =>
    typeof title === "string" ? { label: title, isNumber: false } : title,
  );
  const headCells = heads.map(({ label, isNumber }) =>
    isNumber
      ? html`<th role="columnheader" scope="col" class="number">${label}</th>`
      : html`<th role="columnheader" scope="col">${label}</th>`,
  );
  const cells = (row: readonly Part[]) =>
    row.map((cell, i) => {
      const { label = "", isNumber = false } = heads[i] ?? {};
      return isNumber
        ? html`<td role="cell" class="number" data-label="${label}">${cell}</td>`
        : html`<td role="cell" data-label="${label}">${cell}</td>`;
    });
  return html`<div class="scroll" tabindex="0">
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${headCells}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row) =>
            html`<tr role="row">
              ${cells(row)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

type View = ReturnType<typeof createView>;

function createView({ language, nameOf }: PageOf) {
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(inLanguage({ zh: "zh-CN", en: "en-GB" }, language), {
      timeZone: "Asia/Shanghai",
      hour: "2-digit",
      minute: "2-digit",
      ...options,
    });
  const moments = dates({ year: "numeric", month: "2-digit", day: "2-digit" });
  const clocks = dates({});
  const { items } = onSiteChecklist();
  return {
    /** By its number and its words; of a later list its code. */
    checklistItem: (item: string) => {
      const at = items.findIndex(({ code }) => code === item);
      const text = items[at]?.text;
      return text ? `${String(at + 1)}. ${inLanguage(text, language)}` : item;
    },
    moment: (at: InstantMs) => html`<span class="moment">${moments.format(at)}</span>`,
    clock: (at: InstantMs) => clocks.format(at),
    institution: (id: string) => {
      const name = nameOf(id);
      return name ? inLanguage(name, language) : id;
    },
    /** The end of its key id, as its own about page shows it. */
    laptop: (kid: Kid) => html`<code title="${kid}">…${kid.slice(-8)}</code>`,
    batch: (batch: HashId) => {
      const { characters, code } = stampOf(batch);
      return html`<span class="batch"
        ><span class="stamp" title="${batch}">${characters.join("")}</span> <code>${code}</code></span
      >`;
    },
    bytes: (bytes: number) =>
      bytes >= 1024 * 1024 ? `${(bytes / 1024 / 1024).toFixed(1)} MiB` : `${Math.ceil(bytes / 1024)} KiB`,
  };
}
