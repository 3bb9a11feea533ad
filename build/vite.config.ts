// How the windows' pages are built. The content security policy allows neither inline code nor data: addresses, so
// nothing is inlined; addresses are relative because the pages live under app://.
import react from "@vitejs/plugin-react";
import { join } from "node:path";
import type { InlineConfig } from "vite";
import { repoRoot } from "./setup/progress.mjs";

export function rendererConfig({ outDir }: { outDir: string }): InlineConfig {
  const root = join(repoRoot, "renderer");
  return {
    configFile: false,
    root,
    base: "./",
    plugins: [react()],
    logLevel: "warn",
    build: {
      outDir,
      emptyOutDir: true,
      target: "chrome114",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: true,
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: {
        input: {
          index: join(root, "index.html"),
          confirm: join(root, "confirm.html"),
          drill: join(root, "drill.html"),
          paper: join(root, "paper.html"),
        },
      },
    },
  };
}
