import type { Translated } from "../../words.ts";
import type { marking as zh } from "../../zh-CN/findings/marking.ts";

export const marking: Translated<typeof zh> = {};
