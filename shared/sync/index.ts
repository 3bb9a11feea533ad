export * from "./answers.ts";
export * from "./backoff.ts";
export * from "./next-step.ts";
export * from "./problems.ts";
export * from "./receipt.ts";
export * from "./runner-lock.ts";
