// Makes a PDF of a page that main wrote: a hidden window of its own, made for it and gone with it. The page is served from memory
// to a session in memory, with a policy that lets it run no script, load no picture and call nobody; nothing lies in a file
// before the person's own.
import { BrowserWindow, type Session } from "electron";
import { invariant } from "#shared/base";
import { ORIGIN, type AppHandler } from "./app-protocol.ts";
import { loadPage } from "./load-page.ts";
import { PAPER_CSP, PAPER_MARGINS, PAPER_PLACE } from "./paper-look.ts";
import { windowOptions } from "./window-options.ts";

export interface Printer {
  /** Served in the session the printer was made with. */
  readonly handler: AppHandler;
  print(body: string): Promise<Uint8Array>;
}

const ADDRESS = `${ORIGIN}/paper.html`;
export function createPrinter(
  handler: AppHandler,
  look: { readonly session: Session; readonly devTools: boolean },
): Printer {
  let body: string | null = null;
  const pageOf = async (request: Parameters<AppHandler>[0]): Promise<Response> => {
    const answered = await handler(request);
    if (request.url !== ADDRESS || body === null) return answered;
    const [before, after] = (await answered.text()).split(PAPER_PLACE);
    invariant(before !== undefined && after !== undefined, "the page of forms has a place for them");
    const headers = new Headers(answered.headers);
    headers.set("Content-Security-Policy", PAPER_CSP);
    return new Response(before + body + after, { status: 200, headers });
  };
  return {
    handler: pageOf,
    print: async (form) => {
      invariant(body === null, "one page is printed at a time");
      body = form;
      const window = new BrowserWindow(
        windowOptions({
          preload: null,
          ...look,
          window: { width: 800, height: 600, skipTaskbar: true },
          page: { backgroundThrottling: false },
        }),
      );
      try {
        await loadPage(window, "paper.html");
        const failed = (await window.webContents.executeJavaScript(FONTS_FAILED)) as unknown;
        invariant(failed === 0, "the faces of a printed page load");
        return await window.webContents.printToPDF({
          pageSize: "A4",
          printBackground: true,
          margins: PAPER_MARGINS,
          displayHeaderFooter: true,
          headerTemplate: "<span></span>",
          footerTemplate: FOOTER,
        });
      } finally {
        body = null;
        window.destroy();
      }
    },
  };
}

/** Main's own words to the page, which may say none: resolved when every face that is drawn has come. */
const FONTS_FAILED =
  "document.fonts.ready.then(() => [...document.fonts].filter(({ status }) => status === 'error').length)";

/** Digits alone: this line is drawn in a face of the system. */
const FOOTER =
  '<div style="width:100%;font-size:8px;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';
