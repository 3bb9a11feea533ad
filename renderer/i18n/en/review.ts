import type { Translated } from "../words.ts";
import type { review as zh } from "../zh-CN/review.ts";
import { decision, decisions } from "./review-decision.ts";

export const review: Translated<typeof zh> = { decision, decisions };
