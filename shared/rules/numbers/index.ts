export * from "./credit-code.ts";
export * from "./id-number.ts";
