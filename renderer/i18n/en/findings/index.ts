// What each rule says, one sentence a code: one file a chapter of shared/rules.
import { ladder } from "./ladder.ts";
import { panel } from "./panel.ts";
import { marking } from "./marking.ts";
import { results } from "./results.ts";
import { institutions } from "./institutions.ts";
import { numbers } from "./numbers.ts";

export const findings = { ...ladder, ...panel, ...marking, ...results, ...institutions, ...numbers };
