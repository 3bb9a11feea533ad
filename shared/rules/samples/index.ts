export * from "./occupations.ts";
export * from "./roster.ts";
export * from "./samples.ts";
