// The policies that come with the program. Their shape is an exam's (shared/exam/policy.ts); a registry hands a province's own
// file to its centres instead.
import { Policy } from "#shared/exam";
import defaults from "./policies/default.json" with { type: "json" };
import demo from "./policies/demo.json" with { type: "json" };

export function defaultPolicy(): Policy {
  return Policy.parse(defaults);
}

export function demoPolicy(): Policy {
  return Policy.parse(demo);
}
