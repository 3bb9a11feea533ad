// A registry and the app in front of it for one end-to-end file: started before its first test, gone after its last.
import { test } from "@playwright/test";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "./demo-registry.ts";
import { launchApp, type DrivenApp } from "./drive-app.ts";

export interface Demonstration {
  readonly registry: RunningRegistry;
  /** A test that starts the app again puts the new one here. */
  app: DrivenApp;
}

/** Hooks of the file that calls it run after these. */
export function demonstration({ args = [] }: { readonly args?: readonly string[] } = {}): Demonstration {
  const started: Partial<{ registry: RunningRegistry; app: DrivenApp }> = {};
  const there = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error("nothing has been started yet");
    return one;
  };
  test.beforeAll(async () => {
    started.registry = await startDemoRegistry();
    started.app = await launchApp({ registryUrl: started.registry.url, args });
  });
  test.afterAll(async () => {
    await started.app?.close();
    await started.registry?.close();
  });
  return {
    get registry() {
      return there(started.registry);
    },
    get app() {
      return there(started.app);
    },
    set app(app) {
      started.app = app;
    },
  };
}
