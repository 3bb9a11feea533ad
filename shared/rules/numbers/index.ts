export * from "./certificate-number.ts";
export * from "./credit-code.ts";
export * from "./id-number.ts";
export * from "./serial-blocks.ts";
