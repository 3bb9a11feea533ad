import type { Translated } from "../words.ts";
import type { review as zh } from "../zh-CN/review.ts";
import { asked, decision, decisions } from "./review-decision.ts";

export const review: Translated<typeof zh> = { asked, decision, decisions };
