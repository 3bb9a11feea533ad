import type { Translated } from "../../words.ts";
import type { numbers as zh } from "../../zh-CN/findings/numbers.ts";

export const numbers: Translated<typeof zh> = {
  "creditcode.length": "A credit code has 18 characters; this one has {{length}}",
  "creditcode.characters": "The credit code has characters outside its alphabet",
  "creditcode.checksum": "The check character of the credit code is wrong",
  "creditcode.sound": "The credit code is sound",
};
