export { SignIn } from "./SignIn.tsx";
export { LockScreen } from "./LockScreen.tsx";
