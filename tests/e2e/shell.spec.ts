// The shell's walls, tried from inside the real window as a hostile script would (checklist E1 to E7).
import { expect, test } from "@playwright/test";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";

let app: DrivenApp;

test.beforeAll(async () => {
  app = await launchApp();
});

test.afterAll(async () => {
  await app.close();
});

test("[E1] the window has no require, no process and no way to Node", async () => {
  const found = await app.window.evaluate(() => [
    typeof Reflect.get(globalThis, "require"),
    typeof Reflect.get(globalThis, "process"),
  ]);
  expect(found).toEqual(["undefined", "undefined"]);
});

test("[E2] content comes from app://jiangping alone, and a path outside the list is not served", async () => {
  expect(new URL(app.window.url()).protocol).toBe("app:");
  expect(new URL(app.window.url()).host).toBe("jiangping");
  const statuses = await app.window.evaluate(async () => {
    const paths = ["/../main.cjs", "/%2e%2e/main.cjs", "/preload.cjs", "/index.html%00.css", "/nothing.js"];
    const statusOf = (path: string) =>
      fetch(path).then(
        (answer) => answer.status,
        () => "not even asked for",
      );
    return Promise.all(paths.map(statusOf));
  });
  expect(statuses.filter((status) => status !== 404 && status !== "not even asked for")).toEqual([]);
});

test("[E3] an injected inline script does not run", async () => {
  const ran = await app.window.evaluate(() => {
    const script = document.createElement("script");
    try {
      script.textContent = "globalThis.injected = true";
    } catch {
      // trusted types may refuse the assignment itself
    }
    document.head.append(script);
    return typeof Reflect.get(globalThis, "injected");
  });
  expect(ran).toBe("undefined");
});

test("[E4] the window reaches no network, not even this machine", async () => {
  const answer = await app.window.evaluate(() =>
    fetch("http://127.0.0.1:9/").then(
      () => "reached",
      () => "refused",
    ),
  );
  expect(answer).toBe("refused");
});

test("[E6] every permission asked for is denied", async () => {
  const answers = await app.window.evaluate(async () => {
    const names = [
      "geolocation",
      "notifications",
      "camera",
      "microphone",
      "midi",
      "clipboard-read",
    ] as PermissionName[];
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name }).then(
          (status) => status.state as string,
          () => "denied",
        ),
      ),
    );
    const media = await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => "granted",
      () => "denied",
    );
    return [...states, media];
  });
  expect(answers.filter((answer) => answer === "granted")).toEqual([]);
});

test("[E7] a channel that is not in the contract is refused, and so is a malformed input", async () => {
  const answers = await app.window.evaluate(async () => {
    const bridge = Reflect.get(globalThis, "bridge") as {
      call: (name: string, input: unknown) => Promise<unknown>;
    };
    const settle = (name: string, input: unknown) =>
      Promise.resolve()
        .then(() => bridge.call(name, input))
        .then(
          (answer) => JSON.stringify(answer),
          (error: unknown) => `threw ${String(error)}`,
        );
    return [
      await settle("confirm.answer", { id: 1, secret: "000000" }),
      await settle("no.such-channel", {}),
      await settle("journal.append", { intents: [{ kind: "sheet.signed" }] }),
    ];
  });
  expect(answers[0]).toMatch(/threw|bad-input|unknown/);
  expect(answers[1]).toMatch(/threw|bad-input|unknown/);
  expect(answers[2]).toContain("ipc.bad-input");
});

test("[E8] the bridge is frozen and shows nothing but call and on", async () => {
  const shape = await app.window.evaluate(() => {
    const bridge = Reflect.get(globalThis, "bridge") as object;
    return { keys: Object.keys(bridge).sort(), frozen: Object.isFrozen(bridge) };
  });
  expect(shape.keys).toEqual(["call", "on"]);
});

test("[E8] the store's key comes as one that cannot be read, and the page cannot name its channel", async () => {
  const seen = await app.window.evaluate(async () => {
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<unknown>((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    window.postMessage("jiangping.store-key", window.location.origin, [port2]);
    const key = await answer;
    const { call } = Reflect.get(globalThis, "bridge") as {
      call(name: string, input: unknown): Promise<unknown>;
    };
    return {
      key: key instanceof CryptoKey ? { extractable: key.extractable, usages: key.usages } : key,
      exported:
        key instanceof CryptoKey ? await crypto.subtle.exportKey("raw", key).catch(() => "refused") : key,
      called: await call("preload.storeKey", {}),
    };
  });
  expect(seen.called).toMatchObject({ ok: false, error: { code: "ipc.bad-input" } });
  // Before a centre is opened there is no data key; afterwards it is never one that can be exported.
  if (seen.key !== null) {
    expect(seen.key).toMatchObject({ extractable: false });
    expect(seen.exported).toBe("refused");
  }
});

test("[E5] navigation away and new windows are refused", async () => {
  const before = app.electron.windows().length;
  const opened = await app.window.evaluate(() => {
    const other = window.open("https://example.org");
    setTimeout(() => location.assign("https://example.org"));
    return other !== null;
  });
  expect(opened).toBe(false);
  // Asked of main: Playwright itself would wait for a navigation that never comes.
  const urls = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((one) => one.webContents.getURL()),
    );
  await expect.poll(urls).toHaveLength(before);
  expect((await urls()).every((url) => url.startsWith("app://jiangping/"))).toBe(true);
});
