export { CheckIn, type CheckInProps } from "./CheckIn.tsx";
