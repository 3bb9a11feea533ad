// The report on flags: everything a flag carries is said in both languages, and of nobody more than the operator's page shows.
import { describe, expect, test } from "vitest";
import { CandidateRef, Day, InstitutionId, Kid, PersonId, SittingId } from "#shared/base";
import { FLAG_CODES } from "#shared/rules";
import type { AskedSitting, RegistryFlag } from "../../../registry/flags/ask-flags.ts";
import { ASKED, NOT_ASKED, UNKNOWN_FACTS } from "../../../registry/flags/asked.ts";
import { flagsFiles, flagsTable, type FlagsReport } from "../../../registry/flags/report.ts";
import { says, WORDS } from "../../../registry/flags/words.ts";
import { cardFindings, raisedFacts } from "../../support/flag-facts.ts";
import { testHash } from "../../support/journal-builders.ts";

const PERSON = PersonId.parse("p-secret-1");
const SITTING = SittingId.parse("s".repeat(21) + "A");
const LAPTOP = Kid.parse(`ed25519.${"c".repeat(32)}`);
const refs = Array.from({ length: 14 }, (_, n) => CandidateRef.parse(String(n).padStart(32, "e")));

const aFlagOf = (changes: Partial<RegistryFlag> = {}): RegistryFlag => ({
  ...{ code: "identical-photographs", rule: null, person: PERSON, candidates: refs, sheets: [], chance: 0 },
  facts: { count: 14 },
  records: [{ place: 41, laptop: LAPTOP, seq: 7, record: testHash("sheet") }],
  standing: { state: "open", decision: null },
  ...changes,
});

const aSitting = (changes: Partial<AskedSitting> = {}): AskedSitting => ({
  ...{ institution: InstitutionId.parse("centre-1"), sitting: SITTING, day: Day.parse("2026-11-23") },
  rubric: { code: "R-1", title: { zh: "陶瓷", en: "Ceramics <1>" } },
  ...{ panel: 3, candidates: 14, sheets: 42, held: 0, unread: 0, flags: [aFlagOf()], silent: [] },
  ...changes,
});

const aReport = (sittings: readonly AskedSitting[], day: string | null = null): FlagsReport => ({
  ...{ day, sittings, name: { zh: "登记处", en: "Registry" }, aud: "registry.1", isDemo: false },
  journal: { entries: 99, head: "f".repeat(64) },
  nameOf: () => ({ zh: "中心", en: "Centre" }),
});

function pagesOf(report: FlagsReport) {
  const text = new Map(flagsFiles(report).map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]));
  const of = (ending: string) => [...text].find(([name]) => name.endsWith(ending))?.[1] ?? "";
  return { names: [...text.keys()], zh: of("zh-CN.html"), en: of("en.html"), json: of(".json") };
}

describe.each(["zh-CN", "en"] as const)("in %s", (language) => {
  const words = WORDS[language];

  test("no fact that is known here goes unsaid, and none is asked for that is not", () => {
    const raised = raisedFacts();
    for (const code of ASKED) {
      const asked = new Set<string>();
      words.flags[code].says((name) => {
        asked.add(name);
        return "1";
      });
      const known = (raised.get(code) ?? []).filter((name) => !UNKNOWN_FACTS[code]?.includes(name));
      expect([...asked].sort(), code).toEqual(known.sort());
    }
  });

  test("a card's finding is said in words, and a figure that goes either way has its sign", () => {
    for (const finding of cardFindings())
      expect(says({ code: "examiner-uncovered", facts: { finding } }, language)).not.toContain(finding);
    expect(says({ code: "divergence", facts: { points: -12.34, settled: false } }, language)).toContain(
      "−12.3",
    );
    const severe = { points: 6, count: 30, allowed: 4 };
    expect(says({ code: "examiner-severity", facts: severe }, language)).toMatch(/30[^]*\+6[^]*\b4\b/);
  });

  test("[R43] a divergence that the leader settled is told from one that is open", () => {
    const told = (settled: boolean) => says({ code: "divergence", facts: { points: 18, settled } }, language);
    expect(told(true)).toContain(words.facts["settled.true"]);
    expect(told(false)).toContain(words.facts["settled.false"]);
  });

  test("what is not asked is named with its reason", () => {
    expect(Object.keys(words.notAsked).sort()).toEqual(Object.keys(NOT_ASKED).sort());
    const page = pagesOf(aReport([]))[language === "en" ? "en" : "zh"].replaceAll("&#39;", "'");
    for (const code of FLAG_CODES)
      if (code in NOT_ASKED) {
        const own = code as keyof typeof NOT_ASKED;
        expect(page).toContain(`${words.notAsked[own]}: ${words.unsent[NOT_ASKED[own]]}`);
      }
  });
});

test("is a page in each language and one file for a program, named by the day where one was asked for", () => {
  expect(pagesOf(aReport([])).names).toEqual(["flags.zh-CN.html", "flags.en.html", "flags.json"]);
  expect(pagesOf(aReport([], "2026-11-23")).names).toContain("flags-2026-11-23.json");
});

test("without a sitting says so, and on a day without one which day", () => {
  expect(pagesOf(aReport([])).en).toContain("No sitting has come yet.");
  expect(pagesOf(aReport([], "2026-11-23")).zh).toContain("没有收到 2026-11-23 的场次。");
});

test("names nobody of the staff, on no page and in no file; where an act is one examiner's it says so", () => {
  const { en, zh, json } = pagesOf(aReport([aSitting()]));
  for (const text of [en, zh, json]) expect(text).not.toContain(PERSON);
  expect(en).toContain(WORDS.en.examiner);
  expect(json).toContain('"isAboutOneExaminer": true');
  expect(pagesOf(aReport([aSitting({ flags: [aFlagOf({ person: null })] })])).en).not.toContain(
    WORDS.en.examiner,
  );
});

test("says where each record is found, shows candidates as the operator's page does, and leaves long lists to the file", () => {
  const { en } = pagesOf(aReport([aSitting()]));
  expect(en).toContain("acceptance journal entry 41, record 7 of that laptop");
  expect(en.match(/<code title="e+\d+">e{8}<\/code>/g)).toHaveLength(12);
  expect(en).toContain("and 2 more, in the JSON file");
  const [sitting] = flagsTable(aReport([aSitting()])).sittings;
  expect(sitting?.flags[0]?.candidates).toHaveLength(14);
  expect(sitting?.flags[0]?.says.en).toContain("14 candidates");
});

test("tells dealt with from open, a fact from a chance, and takes no title for markup or script", () => {
  const decided = aFlagOf({ chance: 0.0005, standing: { state: "decided", decision: "confirm" } });
  const { en } = pagesOf(aReport([aSitting({ flags: [aFlagOf(), decided] })]));
  expect(en).toContain("Flags not dealt with: 1.");
  expect(en).toMatch(/data-standing="decided"[^]*dealt with: confirmed/);
  expect(en).toContain("about one in 2,000 would show as much");
  expect(en).toContain(WORDS.en.sure.fact);
  expect(en).toContain("Ceramics &lt;1&gt;");
  expect(en).not.toMatch(/<script|<1>/);
});

test("what could not be read, was held, or could not be asked of a sitting stands with it", () => {
  const gone = aSitting({ rubric: null, flags: [], unread: 42 });
  expect(pagesOf(aReport([gone])).en).toContain("check the data with --verify");
  const silent = [{ code: "pass-rate", why: "few-earlier", has: 30, least: 100 } as const];
  const { en } = pagesOf(aReport([aSitting({ flags: [], held: 3, unread: 2, silent })]));
  expect(en).toContain("held for a key and not looked at: 3");
  expect(en).toContain("not readable and not looked at: 2");
  expect(en).toContain("An unusual pass rate: 30 earlier candidates of this rubric");
  expect(en).toContain(WORDS.en.none);
});
