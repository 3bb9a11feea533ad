// The page that shows every component in every state, for whoever works on them: see ui/README.md. Not in the product.
import { createRoot } from "react-dom/client";
import { applyAppearance, type Theme } from "../../renderer/ui/index.ts";
import { Gallery } from "../../renderer/ui/gallery/Gallery.tsx";

const query = new URLSearchParams(location.search);
const themes: readonly Theme[] = ["light", "dark", "contrast"];
const theme = themes.find((name) => name === query.get("theme")) ?? "system";
applyAppearance({ theme, touch: query.has("touch") });

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(<Gallery locale={query.get("locale") === "en" ? "en" : "zh-CN"} />);
