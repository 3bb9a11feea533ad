import { decision, decisions } from "./review-decision.ts";

export const review = { decision, decisions } as const;
