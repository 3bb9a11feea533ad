// The flags as an operator reads them: a page in each language, and the same for a program. Laptops, sittings and candidates by their
// ids, as on the operator's page; of staff nobody's: whose act it is, the records say to whoever may open them.
import { unreachable, utf8, type HashId } from "#shared/base";
import { surenessOf } from "#shared/rules";
import { stampOf } from "#shared/wire";
import { html, Html, type Part } from "../publishing/html.ts";
import { inLanguage, LANGUAGES, type InBoth, type Language } from "../publishing/language.ts";
import type { PublishedFile } from "../publishing/published-file.ts";
import type { AskedSitting, RegistryFlag } from "./ask-flags.ts";
import { ASKED, NOT_ASKED } from "./asked.ts";
import { says, WORDS, type Words } from "./words.ts";

export interface FlagsReport {
  readonly day: string | null;
  readonly name: { readonly zh: string; readonly en: string };
  readonly aud: string;
  readonly isDemo: boolean;
  /** How much of the acceptance journal was read, and the frame that ends it. */
  readonly journal: { readonly entries: number; readonly head: string };
  /** The newest day first. */
  readonly sittings: readonly AskedSitting[];
  readonly nameOf: (institution: string) => { readonly zh: string; readonly en: string } | undefined;
}

export function flagsFiles(report: FlagsReport): PublishedFile[] {
  const name = report.day === null ? "flags" : `flags-${report.day}`;
  return [
    ...LANGUAGES.map((language) => ({
      name: `${name}.${language}.html`,
      bytes: utf8(flagsPage(report, language)),
    })),
    { name: `${name}.json`, bytes: utf8(`${JSON.stringify(flagsTable(report), null, 2)}\n`) },
  ];
}

/** For a program: the same, with every id whole and nothing left out. */
export function flagsTable({ day, aud, journal, sittings, nameOf }: FlagsReport) {
  return {
    ...{ v: 1, registry: aud, day, journal, asked: ASKED, notAsked: NOT_ASKED },
    sittings: sittings.map(({ flags, ...sitting }) => ({
      ...sitting,
      name: nameOf(sitting.institution) ?? null,
      flags: flags.map(({ person, chance, ...flag }) => ({
        ...flag,
        ...{ chance, sure: surenessOf(chance), isAboutOneExaminer: person !== null },
        says: { zh: says(flag, "zh-CN"), en: says(flag, "en") },
        clears: { zh: WORDS["zh-CN"].flags[flag.code].clears, en: WORDS.en.flags[flag.code].clears },
      })),
    })),
  };
}

function flagsPage(report: FlagsReport, language: Language): string {
  const words = WORDS[language];
  const view = createView(report, language);
  const { sittings, isDemo, aud, name, day, journal } = report;
  const flagged = sittings.filter(({ flags, rubric }) => flags.length > 0 || rubric === null);
  const clean = sittings.filter((sitting) => !flagged.includes(sitting));
  const open = sittings.flatMap(({ flags }) => flags).filter(({ standing }) => standing.state === "open");
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title} · ${words.of(day)}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <p class="quiet">${view.either(name)} · <code>${aud}</code> · ${words.asOf(journal.entries)}</p>
          <h1>${words.title} · ${words.of(day)}</h1>
          ${isDemo ? html`<p class="demo">${words.demo}</p>` : ""}
          <p>${words.kept}</p>
          ${
            sittings.length === 0
              ? html`<p class="empty">${words.empty(day)}</p>`
              : html`<p>${words.summary(sittings.length, flagged.length, open.length)}</p>`
          }
          ${flagged.map((sitting) => sittingSection(sitting, words, view))}
          ${clean.length > 0 ? cleanSection(clean, words, view) : ""} ${notAskedSection(words)}
        </main>
      </body>
    </html> `.text;
}

function sittingSection(sitting: AskedSitting, words: Words, view: View): Html {
  return html`<section data-sitting="${sitting.sitting}">
    <h2>${view.titleOf(sitting)}</h2>
    <p class="quiet">${view.factsOf(sitting)}</p>
    ${sitting.rubric === null ? html`<p>${words.unreadable}</p>` : ""}
    ${sitting.flags.map((flag) => flagArticle(flag, words, view))} ${silentNote(sitting, words)}
  </section>`;
}

function flagArticle(flag: RegistryFlag, words: Words, view: View): Html {
  const { title, clears } = words.flags[flag.code];
  const { state, decision } = flag.standing;
  const told =
    decision === null ? words.states[state] : `${words.states[state]}: ${words.decisions[decision]}`;
  const shown = flag.records.slice(0, SHOWN);
  return html`<article data-flag="${flag.code}" data-standing="${state}">
    <h3>${title} <span class="state">${told}</span></h3>
    <p>${says(flag, view.language)}</p>
    <p>${sureText(flag.chance, words)}</p>
    ${flag.person === null ? "" : html`<p>${words.examiner}</p>`}
    <dl>
      <dt>${words.wouldClear}</dt>
      <dd>${clears}</dd>
      ${flag.rule === null ? "" : fact(words.rule, flag.rule)}
      ${
        flag.candidates.length === 0
          ? ""
          : fact(
              words.about,
              html`${flag.candidates.slice(0, SHOWN).map(shortId)}${view.more(flag.candidates)}`,
            )
      }
      <dt>${words.restsOn}</dt>
      <dd>
        <ul>
          ${shown.map(
            ({ place, laptop, seq, record }) =>
              html`<li>
                ${words.laptop} <code title="${laptop}">…${laptop.slice(-8)}</code> ·
                ${words.record(place, seq)}${record === null ? "" : html` · ${stamp(record)}`}
              </li>`,
          )}
        </ul>
        ${view.more(flag.records)}
      </dd>
    </dl>
  </article>`;
}

function fact(name: string, value: Part): Html {
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`;
}

/** Whoever has more to look at has a program for it. */
const SHOWN = 12;

function shortId(id: string): Html {
  return html`<code title="${id}">${id.slice(0, 8)}</code> `;
}

function stamp(record: HashId): Html {
  const { characters, code } = stampOf(record);
  return html`<span title="${record}">${characters.join("")} <code>${code}</code></span>`;
}

function sureText(chance: number, { sure }: Words): string {
  const how = surenessOf(chance);
  switch (how.kind) {
    case "fact":
      return sure.fact;
    case "one-in":
      return sure.oneIn(how.n);
    case "rare":
      return sure.rare;
    default:
      return unreachable(how);
  }
}

function silentNote({ silent }: AskedSitting, words: Words): Html | string {
  if (silent.length === 0) return "";
  const reasons = silent.map(
    ({ code, why, has, least }) =>
      html`<li>${words.flags[code].title}: ${words.silent[why](has, least)}</li>`,
  );
  return html`<details class="quiet">
    <summary>${words.silentTitle(silent.length)}</summary>
    <ul>
      ${reasons}
    </ul>
  </details>`;
}

function cleanSection(sittings: readonly AskedSitting[], words: Words, view: View): Html {
  return html`<section>
    <h2>${words.none}</h2>
    ${sittings.map(
      (sitting) =>
        html`<article data-sitting="${sitting.sitting}">
          <h3>${view.titleOf(sitting)}</h3>
          <p class="quiet">${view.factsOf(sitting)}</p>
          ${silentNote(sitting, words)}
        </article>`,
    )}
  </section>`;
}

function notAskedSection(words: Words): Html {
  return html`<section>
    <h2>${words.notAskedTitle}</h2>
    <ul>
      ${Object.entries(NOT_ASKED).map(
        ([code, unsent]) =>
          html`<li>${words.notAsked[code as keyof typeof NOT_ASKED]}: ${words.unsent[unsent]}</li>`,
      )}
    </ul>
    <h2>${words.partlyTitle}</h2>
    <ul>
      ${words.partly.map((line) => html`<li>${line}</li>`)}
    </ul>
  </section>`;
}

type View = ReturnType<typeof createView>;

function createView({ nameOf }: FlagsReport, language: Language) {
  const words = WORDS[language];
  const either = (one: InBoth) => inLanguage(one, language);
  return {
    language,
    either,
    titleOf: ({ institution, day, rubric }: AskedSitting) => {
      const name = nameOf(institution);
      return [name ? either(name) : institution, day, ...(rubric ? [either(rubric.title)] : [])].join(" · ");
    },
    factsOf: ({ sitting, panel, candidates, sheets, held, unread }: AskedSitting) => {
      const facts = [words.panel(panel), words.candidates(candidates), words.sheets(sheets)];
      if (held > 0) facts.push(words.held(held));
      if (unread > 0) facts.push(words.unread(unread));
      return html`${words.sitting} <code title="${sitting}">${sitting.slice(0, 8)}</code> ·
        ${facts.join(" · ")}`;
    },
    more: (all: readonly unknown[]) =>
      all.length > SHOWN ? html`<span class="quiet">${words.more(all.length - SHOWN)}</span>` : "",
  };
}

const STYLE = new Html(
  "@page{size:A4;margin:16mm}body{font:11pt/1.5 'Noto Serif SC','Songti SC',SimSun,serif;margin:0 auto;max-width:180mm;padding:4mm}" +
    "article{break-inside:avoid;border-top:.5pt solid #999;margin-top:4mm}section{margin-top:8mm}h3{margin:2mm 0}" +
    "p{margin:1mm 0}ul{margin:1mm 0;padding-left:6mm}dd{margin:0 0 1mm 6mm}dt,.state{font-weight:bold}code{overflow-wrap:anywhere}" +
    ".state{border:.5pt solid;padding:0 2mm;font-size:10pt}.quiet{color:#444}.demo{border:1pt solid;padding:1mm 3mm}",
);
