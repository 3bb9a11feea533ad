export { App, NotOpened } from "./App.tsx";
