import type { Translated } from "../../words.ts";
import type { panel as zh } from "../../zh-CN/findings/panel.ts";

export const panel: Translated<typeof zh> = {};
