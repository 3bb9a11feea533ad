// The second composition root: main's own small window, where every PIN is typed (rulings 2).
import { createRoot } from "react-dom/client";
import { createI18n } from "../i18n/index.ts";
import { bridgeOfThisPage } from "./bridge.ts";
import { ConfirmWindow } from "./ConfirmWindow.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("confirm.html has no #root");
createRoot(root).render(<ConfirmWindow bridge={bridgeOfThisPage()} wording={createI18n("zh-CN")} />);
