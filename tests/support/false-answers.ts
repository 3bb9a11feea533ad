// Forty answers that are not an acknowledgement (P25, T10, S5): captive portals, broken servers, other protocols, wrong
// shapes, receipts that are not ours, not the registry's, or not whole. Each is what an HTTP client really gets to see.
import { NO_HASH, type Bytes } from "#shared/base";
import type { Signer } from "#shared/crypto";
import type { SendTrouble } from "#shared/sync";
import { recordToText, type ReceiptRecord } from "#shared/wire";
import type { RegistryKeys } from "../../registry/keys/registry-keys.ts";
import { aSigner, type Laptop, type SealedBatchBytes } from "./wire-builders.ts";
import { aReceiptRecord } from "./receipt-builder.ts";

export interface About {
  readonly laptop: Laptop;
  readonly sealed: SealedBatchBytes;
  /** A receipt of the real registry for another batch. */
  readonly otherReceipt: Bytes;
  /** The registry's own keys: what is false about an answer is then nothing but what it is named for. */
  readonly registry: Pick<RegistryKeys, "receipts" | "permits">;
}

export interface FalseAnswer {
  readonly name: string;
  /** What the laptop finds wrong with it when it comes to an offer. */
  readonly because: SendTrouble;
  readonly tell: Answer;
}

type Answer = (about: About) => Response | Promise<Response>;

const page = (status: number, html = "<!doctype html><title>Wi-Fi</title><p>Please sign in") =>
  new Response(html, { status, headers: { "content-type": "text/html" } });
const json = (body: unknown, status = 200, type = "application/json") =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), {
    status,
    headers: { "content-type": type },
  });
const empty = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });
const problem = (code: string, status: number) =>
  json({ type: `urn:ert:problem:${code}`, code }, status, "application/problem+json");
const final = ({ sealed }: About, receipt: Bytes, over: object = {}) =>
  json({ batch: sealed.batch, state: "final", receipt: recordToText(receipt), ...over });

const stranger = aSigner(77);

function receiptFor(
  { laptop, sealed }: About,
  over: Partial<ReceiptRecord> = {},
  signer: Signer = stranger,
): Bytes {
  const device = laptop.keys.device.kid;
  const { deviceSeq } = sealed.manifest;
  return aReceiptRecord({ batch: sealed.batch, device, deviceSeq }, signer, over).record;
}

/** Nothing is wrong with it. */
const ourReceipt = (about: About) => receiptFor(about, {}, about.registry.receipts);

/** What the false ones among the receipts are made of: told like this, it acknowledges. */
export const TRUE_ANSWER: Answer = (about) => final(about, ourReceipt(about));

function torn(bytes: Bytes, at: number): Bytes {
  const copy = new Uint8Array(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

const ANSWERS: Readonly<Partial<Record<SendTrouble, Readonly<Record<string, Answer>>>>> = {
  "send.not-a-registry": {
    "a captive portal with 200": () => page(200),
    "a captive portal with 201": () => page(201),
    "a portal that calls its page JSON": () => json("<html>"),
    "a portal in XHTML": () =>
      new Response("<html/>", { headers: { "content-type": "application/xhtml+xml" } }),
    "a redirect to a login": () => empty(302, { location: "http://127.0.0.1:1/login" }),
    "a permanent redirect": () => empty(308, { location: "http://127.0.0.1:1/" }),
    "nothing, with 204": () => empty(204),
    "nothing, with 200": () => json(""),
    "an accepted 202": () => json({ accepted: true }, 202),
    "a 205": () => empty(205),
    "a 304": () => empty(304),
    "a 401": () => problem("malformed", 401),
    "a 403": () => problem("malformed", 403),
    "a 404 page": () => page(404),
    "a 407 of a proxy": () => page(407),
    "a 429 without words": () => empty(429),
    "a final code that is no problem document": () => json({ code: "malformed" }, 400),
    "JSON that is none": () => json('{"state":"final"'),
    "an empty object": () => json({}),
    "a list": () => json([]),
    "a polite ok": () => json({ ok: true, state: "final" }, 201),
    "final without a receipt": ({ sealed }) => json({ batch: sealed.batch, state: "final" }),
    "final with text for a receipt": ({ sealed }) =>
      json({ batch: sealed.batch, state: "final", receipt: "received, thank you" }),
    "our receipt under another batch's name": (about) =>
      json({ batch: NO_HASH, state: "final", receipt: recordToText(ourReceipt(about)) }),
    "our receipt with more around it": (about) => final(about, ourReceipt(about), { note: "ok" }),
  },
  "send.server-error": {
    "a captive portal with 511": () => page(511),
    "a 500": () => json({ error: "oops" }, 500),
    "a 502 page of a proxy": () => page(502),
    "a 503 with a final code": () => problem("malformed", 503),
    "a problem nobody knows": () => problem("new-thing", 422),
  },
  "send.no-answer": {
    "no answer": () => Promise.reject(new TypeError("fetch failed")),
    "half a body": () =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            controller.enqueue(new TextEncoder().encode('{"batch":"sha256:'));
            controller.error(new TypeError("terminated"));
          },
        }),
        { headers: { "content-type": "application/json" } },
      ),
    "a body without an end": () => json(`{"batch":"${"a".repeat(4 * 1024 * 1024)}"}`),
  },
  "send.receipt-invalid": {
    "final with an empty receipt": ({ sealed }) => json({ batch: sealed.batch, state: "final", receipt: "" }),
    "a receipt signed by a stranger": (about) => final(about, receiptFor(about)),
    "a receipt signed by the laptop itself": (about) =>
      final(about, receiptFor(about, {}, about.laptop.keys.device)),
    "a receipt signed by a key of another role": (about) =>
      final(about, receiptFor(about, {}, about.registry.permits)),
    "our receipt with a turned bit": (about) => final(about, torn(ourReceipt(about), 300)),
    "the manifest handed back as a receipt": (about) => final(about, about.sealed.record),
  },
  "send.receipt-other-batch": {
    "a true receipt for another batch": (about) => final(about, about.otherReceipt),
  },
};

export const FALSE_ANSWERS: readonly FalseAnswer[] = Object.entries(ANSWERS).flatMap(([because, answers]) =>
  Object.entries(answers).map(([name, tell]) => ({ name, because: because as SendTrouble, tell })),
);
