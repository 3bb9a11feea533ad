import { asked, decision, decisions } from "./review-decision.ts";

export const review = { asked, decision, decisions } as const;
