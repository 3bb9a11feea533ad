// The operator's page in a real browser: nothing is blocked by its own policy, nothing runs off the screen at 200 %, axe
// finds nothing, and the language is changed by a link. JIANGPING_SHOTS=<folder> keeps what it looks like.
import { existsSync } from "node:fs";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Browser, type BrowserContextOptions } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createOperatorServer } from "../../../registry/operator/operator-server.ts";
import { limitsFor } from "../../../registry/routes/limits.ts";
import { A_STANDING, NAMES } from "../../support/operator-standing.ts";

const SYSTEM_CHROMIUM = "/usr/bin/chromium";
const SHOTS = process.env["JIANGPING_SHOTS"];

let browser: Browser;
let url: string;
const server = createOperatorServer({
  limits: limitsFor("127.0.0.1", {}),
  metrics: { text: () => "" },
  standing: () => Promise.resolve(A_STANDING),
  registry: {
    ...{ aud: "registry.60f3c1d2e4a59b70", isDemo: true, nameOf: (id) => NAMES[id] },
    name: { zh: "匠评演示登记处", en: "Jiangping demonstration registry" },
  },
  say: () => undefined,
});

beforeAll(async () => {
  url = await server.listen({ host: "127.0.0.1", port: 0 });
  browser = await chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const PLAIN: BrowserContextOptions = { viewport: { width: 1366, height: 768 } };
const TWICE: BrowserContextOptions = { viewport: { width: 683, height: 384 }, deviceScaleFactor: 2 };

/** Every one is photographed; what two languages share is looked at once. */
const CASES = (
  [
    ["operator", "zh-CN", PLAIN],
    ["operator", "en", PLAIN],
    ["operator-200", "zh-CN", TWICE],
    ["operator-200", "en", TWICE],
    ["operator-dark", "en", { ...PLAIN, colorScheme: "dark" }],
  ] as const
).filter((_, i) => SHOTS !== undefined || i === 0 || i >= 3);

test.each(CASES)(
  "%s in %s fits, keeps its own policy, and axe finds nothing",
  async (name, locale, options) => {
    const context = await browser.newContext({ ...options, locale });
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto(`${url}/operator`);
    expect(await page.getAttribute("html", "lang")).toBe(locale);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).not.toBe(
      "rgba(0, 0, 0, 0)",
    );
    expect(said).toEqual([]);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${String(nodes[0]?.html)}`)).toEqual([]);
    if (SHOTS !== undefined)
      await page.screenshot({ path: path.join(SHOTS, locale, `${name}.png`), fullPage: true });
    await context.close();
  },
);

test("the other language is a link away, with the keyboard", async () => {
  const page = await browser.newPage({ ...PLAIN, locale: "zh-CN" });
  await page.goto(`${url}/operator`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/operator?lang=en");
  expect(await page.textContent("h1")).toBe("Registry duty page");
  await page.close();
});
