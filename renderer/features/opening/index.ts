export { EnrolAgain } from "./EnrolAgain.tsx";
export { Opening } from "./Opening.tsx";
