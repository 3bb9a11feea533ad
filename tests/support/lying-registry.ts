// A door in front of a real registry that lies on request: it passes everything on until it is told to answer batches
// falsely. What a captive portal, a broken server, a dead line and a mixed-up answer look like from the laptop.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Lie = "html" | "error" | "nothing" | "other-receipt";

export interface LyingRegistry {
  readonly url: string;
  /** From now on every call about a batch or an object gets this answer; null tells the truth again. */
  lie(lie: Lie | null): void;
  /** How many calls were answered with a lie. */
  lies(): number;
  close(): Promise<void>;
}

const PORTAL = "<!doctype html><title>Wi-Fi</title><p>Welcome, please sign in to continue</p>";

export async function startLyingRegistry(realUrl: string): Promise<LyingRegistry> {
  let current: Lie | null = null;
  let told = 0;
  let lastReceipt: string | undefined;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const isAboutBatches = /\/(?:batches|objects)(?:\/|$)/.test(request.url ?? "");
    if (current && isAboutBatches) {
      told += 1;
      tell(current, response, lastReceipt);
      return;
    }
    const real = await fetch(realUrl + (request.url ?? ""), {
      method: request.method ?? "GET",
      headers: { "content-type": request.headers["content-type"] ?? "application/octet-stream" },
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    });
    const bytes = Buffer.from(await real.arrayBuffer());
    lastReceipt = receiptIn(bytes) ?? lastReceipt;
    response
      .writeHead(real.status, Object.fromEntries(real.headers))
      .end(request.method === "HEAD" ? undefined : bytes);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lie: (next) => {
      current = next;
    },
    lies: () => told,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function tell(lie: Lie, response: ServerResponse, lastReceipt: string | undefined): void {
  switch (lie) {
    case "html":
      response.writeHead(200, { "content-type": "text/html" }).end(PORTAL);
      return;
    case "error":
      response.writeHead(500, { "content-type": "application/json" }).end("{}");
      return;
    case "nothing":
      response.destroy();
      return;
    case "other-receipt":
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(
          JSON.stringify({ state: "final", batch: `sha256:${"0".repeat(64)}`, receipt: lastReceipt ?? "" }),
        );
  }
}

function receiptIn(bytes: Buffer): string | undefined {
  try {
    const parsed = JSON.parse(bytes.toString()) as { receipt?: string };
    return parsed.receipt;
  } catch {
    return undefined; // objects and problems are not JSON with a receipt
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
