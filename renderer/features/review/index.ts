export { FlagCount, WayToReview, type FlagCountProps } from "./FlagCount.tsx";
export { ReviewDesk, type ReviewDeskProps } from "./ReviewDesk.tsx";
export { Questions, type QuestionsProps } from "./Questions.tsx";
export { Supervision, type SupervisionProps } from "./Supervision.tsx";
export * from "./on-site/index.ts";
