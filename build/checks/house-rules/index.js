// The house rules as one ESLint plugin. Each has a test in tests/rooms/house-rules that shows what it refuses.
import { datedException } from "./dated-exception.js";
import { bridgeAtHome, dexieAtHome, ipcMainAtHome, ipcRendererAtHome } from "./only-at-home.js";
import { noAny, noCoerce, noDefaultExport, noEnum, noOpenExternal } from "./plain-language.js";
import { pureCore } from "./pure-core.js";

export const houseRules = {
  meta: { name: "house" },
  rules: {
    "ipc-main-at-home": ipcMainAtHome,
    "ipc-renderer-at-home": ipcRendererAtHome,
    "bridge-at-home": bridgeAtHome,
    "dexie-at-home": dexieAtHome,
    "pure-core": pureCore,
    "no-enum": noEnum,
    "no-default-export": noDefaultExport,
    "no-coerce": noCoerce,
    "no-open-external": noOpenExternal,
    "no-any": noAny,
    "dated-exception": datedException,
  },
};
