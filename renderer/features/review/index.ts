export { DecisionForm, type DecisionFormProps } from "./DecisionForm.tsx";
export { Decisions, type DecisionsProps } from "./Decisions.tsx";
