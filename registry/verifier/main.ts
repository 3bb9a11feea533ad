// `npm run verify -- FILE...`: what bundles, receipts, proofs, checkpoints and keysets prove, in any order, from these files
// alone. It shares no code with the application or the registry: what it says, it found out by itself.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { readFileOf } from "./read.ts";
import { verifyAll, type Finding } from "./verify.ts";
import { say, VERDICTS, WORDS, type Language } from "./words.ts";

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { lang: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const language = languageOf(values.lang ?? process.env["LC_ALL"] ?? process.env["LANG"] ?? "");
  if (positionals.length === 0) {
    process.stderr.write("usage: npm run verify -- FILE... [--lang zh-CN|en] [--json]\n");
    return 2;
  }
  const findings = verifyAll(positionals.flatMap((path) => readFileOf(basename(path), readFileSync(path))));
  const isProven = findings.length > 0 && findings.every(({ verdict }) => verdict === "proves");
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ name: "verify", proven: isProven, findings })}\n`
      : report(findings, language),
  );
  return isProven ? 0 : 1;
}

/** Of every file: what is wrong first, if anything is; otherwise all that it proves. */
function report(findings: readonly Finding[], language: Language): string {
  const files = new Map(findings.map(({ from }): [string, Finding[]] => [from, []]));
  for (const finding of findings) files.get(finding.from)?.push(finding);
  return [...files]
    .map(([from, all]) => {
      const first = all.find(({ verdict }) => verdict === "wrong");
      const lines = (first ? [first] : all).map(
        ({ verdict, code, facts }) =>
          `  ${say(VERDICTS[verdict], {}, language)}  ${say(WORDS[code], facts, language)}\n`,
      );
      return `${from}\n${lines.join("")}`;
    })
    .join("");
}

function languageOf(locale: string): Language {
  return locale.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}
