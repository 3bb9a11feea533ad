import type { Translated } from "../../words.ts";
import type { numbers as zh } from "../../zh-CN/findings/numbers.ts";

export const numbers: Translated<typeof zh> = {};
