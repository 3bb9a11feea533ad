export { DecisionForm, type DecisionFormProps } from "./DecisionForm.tsx";
export { Decisions, type DecisionsProps } from "./Decisions.tsx";
export { FlagCount, WayToReview, type FlagCountProps } from "./FlagCount.tsx";
export { ReviewDesk, type InSight, type ReviewDeskProps } from "./ReviewDesk.tsx";
export { Questions, type QuestionsProps } from "./Questions.tsx";
