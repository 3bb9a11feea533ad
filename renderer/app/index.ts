export { App } from "./App.tsx";
export { NotOpened } from "./NotOpened.tsx";
