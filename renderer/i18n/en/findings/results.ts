import type { Translated } from "../../words.ts";
import type { results as zh } from "../../zh-CN/findings/results.ts";

export const results: Translated<typeof zh> = {};
