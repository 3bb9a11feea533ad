export * from "./occupations.ts";
export * from "./roster.ts";
export * from "./rule-sets.ts";
export * from "./samples.ts";
export * from "./subsidies.ts";
export * from "./generate-centre.ts";
