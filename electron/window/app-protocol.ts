// Where pages come from: app://jiangping, a fixed list of files read from our own folder at start, each answered with
// the same policy. An address is looked up as it stands; no path is ever made from it, so there is nothing to climb.
import type { CustomScheme } from "electron";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** For ever: the window's database belongs to this origin (rulings 18). */
export const ORIGIN = "app://jiangping";
export const SCHEME = "app";

/** Must be registered before the app is ready. `corsEnabled` keeps other origins out of it (CVE-2026-70604). */
export const schemes: CustomScheme[] = [
  {
    scheme: SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true },
  },
];

export const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** Addresses and the files behind them. */
export type AppFiles = ReadonlyMap<string, AppFile>;

export interface AppFile {
  readonly path: string;
  readonly mime: string;
}

/** Plain files of known kinds; a link is not followed and a kind we do not know is not served. */
export async function listAppFiles(folder: string): Promise<AppFiles> {
  const files = new Map<string, AppFile>();
  const list = async (inside: string, address: string): Promise<void> => {
    for (const entry of await readdir(inside, { withFileTypes: true })) {
      const path = join(inside, entry.name);
      const at = `${address}/${encodeURIComponent(entry.name)}`;
      const mime = mimes[extname(entry.name)];
      if (entry.isDirectory()) await list(path, at);
      else if (entry.isFile() && mime !== undefined) files.set(at, { path, mime });
    }
  };
  await list(folder, ORIGIN);
  return files;
}

/** The answer to any request under our scheme, in every session that has pages. */
export function createAppHandler(files: AppFiles): AppHandler {
  return async ({ url, method }) => {
    if (method !== "GET" && method !== "HEAD") return answer(405, null);
    const file = files.get(url.split(/[?#]/, 1)[0] ?? "");
    if (!file) return answer(404, null);
    return answer(200, method === "GET" ? await readFile(file.path) : null, file.mime);
  };
}

export type AppHandler = (request: AppRequest) => Promise<Response>;

export interface AppRequest {
  readonly url: string;
  readonly method: string;
}

function answer(
  status: number,
  body: Uint8Array<ArrayBuffer> | null,
  mime = "text/plain; charset=utf-8",
): Response {
  return new Response(body, {
    status,
    headers: {
      "Content-Type": mime,
      "Content-Security-Policy": CSP,
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Referrer-Policy": "no-referrer",
      "X-DNS-Prefetch-Control": "off",
    },
  });
}

const mimes: Readonly<Record<string, string | undefined>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/vnd.microsoft.icon",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};
