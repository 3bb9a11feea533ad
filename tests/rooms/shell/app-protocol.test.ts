// What app://jiangping answers, and what it does not [E2, E3].
import fc from "fast-check";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createAppHandler,
  CSP,
  listAppFiles,
  ORIGIN,
  schemes,
  type AppHandler,
} from "../../../electron/window/app-protocol.ts";

let folder: string;
let handle: AppHandler;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jiangping-pages-"));
  const pages = join(folder, "renderer");
  await mkdir(join(pages, "assets"), { recursive: true });
  await writeFile(join(folder, "main.cjs"), "secret");
  await writeFile(join(pages, "index.html"), "<!doctype html>");
  await writeFile(join(pages, "assets", "a.js"), "1");
  await writeFile(join(pages, "assets", "a.css"), "p{}");
  await writeFile(join(pages, "assets", "f.woff2"), new Uint8Array([0, 255]));
  await writeFile(join(pages, "notes.txt"), "not a kind we serve");
  await symlink(join(folder, "main.cjs"), join(pages, "link.js"));
  handle = createAppHandler(await listAppFiles(pages));
});

afterAll(() => rm(folder, { recursive: true }));

const get = (url: string, method = "GET") => handle({ url, method });

test.each([
  ["index.html", "text/html; charset=utf-8"],
  ["assets/a.js", "text/javascript; charset=utf-8"],
  ["assets/a.css", "text/css; charset=utf-8"],
  ["assets/f.woff2", "font/woff2"],
])("[E2] %s is served as %s", async (path, mime) => {
  const response = await get(`${ORIGIN}/${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe(mime);
});

test("[E2] bytes arrive as they lie on the disk", async () => {
  const response = await get(`${ORIGIN}/assets/f.woff2`);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
});

describe("[E2] an address outside the list is not served", () => {
  test.each([
    `${ORIGIN}/`,
    ORIGIN,
    `${ORIGIN}/../main.cjs`,
    `${ORIGIN}/assets/../../main.cjs`,
    `${ORIGIN}/%2e%2e/main.cjs`,
    `${ORIGIN}/..%2fmain.cjs`,
    `${ORIGIN}/assets/..%5c..%5cmain.cjs`,
    `${ORIGIN}/assets\\..\\..\\main.cjs`,
    `${ORIGIN}/index.html%00.css`,
    `${ORIGIN}/index.html\0.css`,
    `${ORIGIN}//etc/passwd`,
    `${ORIGIN}/%2fetc%2fpasswd`,
    `${ORIGIN}/C:/Windows/win.ini`,
    `${ORIGIN}//server/share/file.js`,
    `${ORIGIN}/./index.html`,
    `${ORIGIN}/INDEX.HTML`,
    `${ORIGIN}/link.js`,
    `${ORIGIN}/notes.txt`,
    `${ORIGIN}/assets`,
    `${ORIGIN}/assets/`,
    "app://other/index.html",
    "app://jiangping.example/index.html",
    "app://jiangping:80/index.html",
    "app://user@jiangping/index.html",
    "file:///etc/passwd",
    "index.html",
    "",
  ])("%j", async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("");
  });

  test("nor any address a generator can think of", async () => {
    const part = fc.constantFrom(
      "..",
      ".",
      "%2e%2e",
      "%00",
      "\0",
      "\\",
      "//",
      "main.cjs",
      "assets",
      "index.htm",
      "C:",
    );
    const paths = fc.oneof(
      fc.array(part).map((parts) => parts.join("/")),
      fc.string(),
      fc.webPath(),
    );
    await fc.assert(
      fc.asyncProperty(paths, async (path) => {
        const known = ["index.html", "assets/a.js", "assets/a.css", "assets/f.woff2"];
        fc.pre(!known.includes(path.split(/[?#]/, 1)[0] ?? ""));
        expect((await get(`${ORIGIN}/${path}`)).status).toBe(404);
      }),
      { numRuns: 2000 },
    );
  });
});

test("[E2] only reading is possible", async () => {
  expect((await get(`${ORIGIN}/index.html`, "POST")).status).toBe(405);
  expect((await get(`${ORIGIN}/index.html`, "HEAD")).status).toBe(200);
});

test("[E3] every answer carries exactly the policy of the checklist", async () => {
  const checklist =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; " +
    "require-trusted-types-for 'script'";
  expect(CSP).toBe(checklist);
  for (const [url, method] of [
    [`${ORIGIN}/index.html`, "GET"],
    [`${ORIGIN}/nothing.js`, "GET"],
    [`${ORIGIN}/index.html`, "POST"],
  ] as const) {
    const { headers } = await get(url, method);
    expect(headers.get("content-security-policy")).toBe(checklist);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  }
});

test("[E2] the scheme is standard, secure and subject to CORS", () => {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true };
  expect(schemes).toEqual([{ scheme: "app", privileges }]);
});
