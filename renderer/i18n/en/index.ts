// One line an area: its file here, and the same line in ../zh-CN/index.ts.
export { common } from "./common.ts";
export { confirm } from "./confirm.ts";
