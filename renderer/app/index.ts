export { App } from "./App.tsx";
export { Levelling } from "./Levelling.tsx";
export { NotOpened } from "./NotOpened.tsx";
