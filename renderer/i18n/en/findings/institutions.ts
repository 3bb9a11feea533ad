import type { Translated } from "../../words.ts";
import type { institutions as zh } from "../../zh-CN/findings/institutions.ts";

export const institutions: Translated<typeof zh> = {};
