// Prints a form in a real Chromium as main's hidden window does: the page of the app with its own styles and faces, the same
// policy, the same paper. What comes out is a PDF to look into.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { inflateSync } from "node:zlib";
import { chromium, type Browser } from "playwright";
import type { Bytes } from "#shared/base";
import { PAPER_CSP, PAPER_MARGINS, PAPER_PLACE } from "../../electron/window/paper-look.ts";
import { aPng } from "./pictures.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const SYSTEM_CHROMIUM = "/usr/bin/chromium";
const ORIGIN = "http://paper.test";

export function launchPress(): Promise<Browser> {
  return chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

export interface Printed {
  readonly pdf: Buffer;
  /** The words of the page as they are drawn. */
  readonly text: string;
  /** Elements whose content is wider than they are: what a sheet of paper would cut. */
  readonly cut: readonly string[];
  readonly said: readonly string[];
}

export async function printForm(browser: Browser, body: string): Promise<Printed> {
  const page = await browser.newPage({ viewport: { width: PRINTED_WIDTH, height: 1000 } });
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill(await answerTo(pathname, body));
  });
  await page.emulateMedia({ media: "print" });
  await page.goto(`${ORIGIN}/paper.html`);
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  const text = await page.locator("body").innerText();
  const cut = await page.evaluate<string[]>(
    "[...document.querySelectorAll('body *')].filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).map((one) => one.outerHTML.slice(0, 120))",
  );
  const pdf = await page.pdf({
    format: "A4",
    printBackground: true,
    margin: { top: inches(top), bottom: inches(bottom), left: inches(left), right: inches(right) },
  });
  await page.close();
  return { pdf, text, cut, said };
}

const { top, bottom, left, right } = PAPER_MARGINS;
const inches = (length: number) => `${String(length)}in`;
/** A4 between its margins, in CSS pixels. */
const PRINTED_WIDTH = Math.round((210 / 25.4 - left - right) * 96);

async function answerTo(pathname: string, body: string) {
  if (pathname === "/paper.html") {
    const page = await readFile(path.join(ROOT, "renderer/paper.html"), "utf8");
    const headers = { "Content-Security-Policy": PAPER_CSP };
    return { body: page.replace(PAPER_PLACE, () => body), contentType: "text/html", headers };
  }
  if (pathname.endsWith(".css")) {
    const file = pathname.startsWith("/node_modules/") ? pathname : `renderer${pathname}`;
    const styles = await readFile(path.join(ROOT, file), "utf8");
    return { body: styles.replaceAll('@import "@', '@import "/node_modules/@'), contentType: "text/css" };
  }
  return { body: await readFile(path.join(ROOT, pathname)), contentType: "font/woff2" };
}

export interface PdfFacts {
  /** What each page says, in the order it is drawn, without spaces. */
  readonly pages: readonly string[];
  /** Faces that the file only names: a reader without them draws something else. */
  readonly notEmbedded: readonly string[];
  readonly faces: number;
  /** Does an embedded face draw this character? */
  draws(character: string): boolean;
}

/** As far as a test must read one: Chromium writes its objects in clear and deflates its streams. */
export function readPdf(pdf: Buffer): PdfFacts {
  const clear = pdf.toString("latin1");
  const objects = new Map(
    [...clear.matchAll(/(\d+) 0 obj\s*(<<[\s\S]*?)(?:endobj|stream)/g)].map(([, no, object]) => [
      no ?? "",
      object ?? "",
    ]),
  );
  const ofType = (type: RegExp) => [...objects.values()].filter((object) => type.test(object));
  const faces = ofType(/\/Type\s*\/Font\b(?!Descriptor)/);
  const streams = new Map(
    [...clear.matchAll(/(\d+) 0 obj\s*<<[^>]*\/Length \d+[^>]*>>\s*stream\r?\n/g)].flatMap(
      ({ index, 0: head, 1: no }) => {
        const from = index + head.length;
        try {
          const inflated = inflateSync(pdf.subarray(from, clear.indexOf("endstream", from)));
          return [[no ?? "", inflated.toString("latin1")] as const];
        } catch {
          return []; // a picture, or bytes that are not deflated
        }
      },
    ),
  );
  const maps = [...streams.values()].filter((stream) => stream.includes("begincmap"));
  return {
    pages: ofType(/\/Type\s*\/Page\b(?!s)/).map((page) => wordsOf(page, objects, streams)),
    faces: faces.length,
    notEmbedded: faces.filter((face) => !isEmbedded(face, objects)),
    draws: (character) => {
      const hex = Buffer.from(character, "utf16le").swap16().toString("hex");
      return maps.some((map) => new RegExp(`<${hex}>`, "i").test(map));
    },
  };
}

type Objects = ReadonlyMap<string, string>;

/** Codes of a page's stream, each read by the map of the face it is drawn in. */
function wordsOf(page: string, objects: Objects, streams: Objects): string {
  const refersTo = (object: string | undefined, key: string) =>
    new RegExp(`/${key}\\s+(\\d+) 0 R`).exec(object ?? "")?.[1] ?? "";
  const mapOf = (face: string) =>
    unicodeOf(streams.get(refersTo(objects.get(refersTo(page, face)), "ToUnicode")) ?? "");
  let map = unicodeOf("");
  const drawn = streams.get(refersTo(page, "Contents")) ?? "";
  return [...drawn.matchAll(/\/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)]
    .map(([, face, codes]) => {
      if (face !== undefined) map = mapOf(face);
      return map.read(codes ?? "");
    })
    .join("")
    .replaceAll(/\s/g, "");
}

/** A face's own map from its codes, one or two bytes each, to characters. */
function unicodeOf(map: string): { read(codes: string): string } {
  const width = /begincodespacerange\s*<([0-9A-Fa-f]+)>/.exec(map)?.[1]?.length ?? 2;
  const characters = new Map<number, string>();
  for (const [, rows = ""] of map.matchAll(/beginbf(?:char|range)\s([\s\S]*?)endbf/g))
    for (const [, first = "", last = "", to] of rows.matchAll(/<(\w+)>\s*<(\w+)>(?:[ \t]*<(\w+)>)?/g)) {
      const [from, end] = [first, to === undefined ? first : last].map((code) => Number.parseInt(code, 16));
      const text = Buffer.from(to ?? last, "hex")
        .swap16()
        .toString("utf16le");
      for (let code = from ?? 0; code <= (end ?? 0); code++)
        characters.set(
          code,
          code === from ? text : String.fromCodePoint((text.codePointAt(0) ?? 0) + code - from!),
        );
    }
  return {
    read: (codes) =>
      (codes.match(new RegExp(`.{${String(width)}}`, "g")) ?? [])
        .map((code) => characters.get(Number.parseInt(code, 16)) ?? "")
        .join(""),
  };
}

/** A face of drawings (Type3) carries them; a composed one names another; every other has its file beside its description. */
function isEmbedded(face: string, objects: Objects): boolean {
  if (/\/Subtype\s*\/Type3\b/.test(face)) return /\/CharProcs\b/.test(face);
  if (/\/Subtype\s*\/Type0\b/.test(face)) return /\/DescendantFonts\b/.test(face);
  const [, descriptor = ""] = /\/FontDescriptor\s+(\d+) 0 R/.exec(face) ?? [];
  return /\/FontFile[23]?\b/.test(objects.get(descriptor) ?? "");
}

/** The square of a printed page as a photograph of it: four dots a module, from the path that the page drew. */
export function photographOf(path: string, modules: number): Bytes {
  const size = modules * DOTS;
  const dots = new Uint8Array(size * (1 + 3 * size)).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let line = Number(y) * DOTS; line < (Number(y) + 1) * DOTS; line++) {
      const from = line * (1 + 3 * size) + 1 + 3 * DOTS * Number(x);
      dots.fill(0, from, from + 3 * DOTS * Number(width));
    }
  return aPng({ width: size, height: size, noise: () => dots });
}

const DOTS = 4;
