import type { Translated } from "../../words.ts";
import type { ladder as zh } from "../../zh-CN/findings/ladder.ts";

export const ladder: Translated<typeof zh> = {};
