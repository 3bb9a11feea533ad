// One line an area: its file here, and the same line in ../zh-CN/index.ts.
export { common } from "./common.ts";
export { confirm } from "./confirm.ts";
export { amending } from "./amending.ts";
export { app } from "./app.ts";
export { closing } from "./closing.ts";
export { day } from "./day.ts";
export { drill } from "./drill.ts";
export { findings } from "./findings/index.ts";
export { evidence } from "./evidence.ts";
export { errors } from "./errors.ts";
export { marking } from "./marking.ts";
export { people } from "./people.ts";
export { roster } from "./roster.ts";
export { settings } from "./settings.ts";
export { sticks } from "./sticks.ts";
export { signIn } from "./sign-in.ts";
export { sync } from "./sync.ts";
