// `npm run rules [-- --json]`: every rule of the rulebook with its code, callers, tests and policy values. Exit code 1
// while one of them is missing.
import { defaultPolicy, rulebook } from "#shared/rules";
import { figuresOf, listingToText, listRules } from "../rules/listing.ts";
import { readSources } from "../rules/sources.ts";
import { repoRoot } from "../setup/progress.mjs";
import { command } from "../setup/run.ts";

await command(() => {
  const { code: _code, ...policy } = defaultPolicy();
  const listing = listRules(readSources(repoRoot), rulebook(), policy);
  const figures = figuresOf(listing);
  const json = process.argv.includes("--json");
  process.stdout.write(
    `${json ? JSON.stringify({ name: "rules", figures, ...listing }) : listingToText(listing)}\n`,
  );
  return Promise.resolve(figures.missing === 0 ? 0 : 1);
});
