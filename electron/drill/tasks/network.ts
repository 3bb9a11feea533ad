// A sealed batch and a network that is none: nobody answers, a login page answers, a server answers nonsense, a stranger
// signs a receipt. None of it may acknowledge the batch, and each must leave a reason that can be said in words (P25, S5).
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  bytesToHex,
  InstantMs,
  InstitutionId,
  invariant,
  LogOrigin,
  NO_HASH,
  ok,
  PublicKeyHex,
  type Bytes,
  type HashId,
  type Refusal,
  type Result,
} from "#shared/base";
import { hashId } from "#shared/crypto";
import type { EntryBody } from "#shared/journal";
import { NO_CHECKPOINT, recordToText, signRecord, type BatchObject, type KeyLookup } from "#shared/wire";
import type { OpenJournal } from "../../journal/index.ts";
import { createSealedBytes } from "../../outbox/index.ts";
import { DEVICE, drillSigner, openCentre, SITTING_ID } from "../little-centre.ts";
import type { ReportOf, TaskOf } from "../messages.ts";
import { openScratch, type Parts } from "../parts.ts";

type Lie = (response: ServerResponse, about: { readonly batch: HashId; readonly deviceSeq: number }) => void;

/** Undefined: there is nobody at all. */
const LIES: readonly (Lie | undefined)[] = [
  undefined,
  (response) => answer(response, 200, "text/html", "<!doctype html><title>Wi-Fi</title><p>Please sign in"),
  (response) => response.writeHead(302, { location: "http://127.0.0.1:1/login" }).end(),
  (response) => answer(response, 200, "application/json", '{"ok":true}'),
  (response) => answer(response, 204, "text/plain", ""),
  (response) => response.destroy(),
  (response, about) =>
    answer(
      response,
      200,
      "application/json",
      JSON.stringify({ batch: about.batch, state: "final", receipt: strangersReceipt(about) }),
    ),
];

const PATIENCE_MS = 8_000;

export async function tryDeadNetwork(
  task: TaskOf<"network">,
  parts: Parts,
): Promise<Result<ReportOf<"network">, Refusal>> {
  const opened = await openScratch(task, parts);
  if (!opened.ok) return opened;
  const journal = opened.value;
  await openCentre(journal);
  let [acknowledged, untold] = [0, 0];
  for (const [at, lie] of LIES.entries()) {
    const batch = await seal(journal, at + 1, parts);
    const server = await startServer(lie, { batch, deviceSeq: at + 1 });
    await send(batch, server.url, journal, parts);
    await server.close();
    const row = journal.view.read("batches", batch);
    if (row?.receipt) acknowledged += 1;
    else if (!row?.trouble) untold += 1;
  }
  await journal.close();
  return ok({ report: "network", answers: LIES.length, acknowledged, untold });
}

async function seal(journal: OpenJournal, deviceSeq: number, { clock, random }: Parts): Promise<HashId> {
  const bytes = random(2048);
  const hash = hashId(bytes);
  const objects: BatchObject[] = [{ wire: hash, hash, size: bytes.length, role: "pack" }];
  const head = journal.head();
  const { record, hash: batch } = signRecord(
    "batch",
    {
      v: 1,
      aud: "drill",
      device: DEVICE.kid,
      deviceSeq,
      prevBatch: NO_HASH,
      permit: NO_HASH,
      centre: InstitutionId.parse("drill-centre"),
      kind: "results",
      range: { first: 1, last: 1, headHash: NO_HASH },
      root: NO_HASH,
      sheets: 0,
      attendance: 0,
      objects,
      journal: { entries: head.seq, head: head.hash },
      seen: { receipt: NO_HASH, checkpoint: NO_CHECKPOINT, revocations: 0 },
      clock: { ...clock(), lastRegistryTime: 0, suspect: false },
      by: { kid: DEVICE.kid, role: "device" },
      app: { ver: "drill", build: NO_HASH },
    },
    [DEVICE],
  );
  const body: EntryBody = {
    kind: "batch.sealed",
    batch,
    sitting: SITTING_ID,
    covers: [SITTING_ID],
    deviceSeq,
    range: { first: 1, last: 1 },
    sheets: 0,
    absent: 0,
    missing: 0,
    explanation: "",
    objects,
  };
  const written = await journal.append(null, [{ body, attachments: [record, bytes] }]);
  invariant(written.ok, "a batch of the drill is sealed");
  return batch;
}

/** Until the outbox has said something about the batch, or long enough. */
async function send(
  batch: HashId,
  url: string,
  journal: OpenJournal,
  { createOutbox, clock, after, random }: Parts,
): Promise<void> {
  const root = drillSigner("drill registry");
  const key = {
    kid: root.kid,
    pub: PublicKeyHex.parse(bytesToHex(root.publicKey)),
    role: "receipts" as const,
  };
  const keys: KeyLookup = (kid) => (kid === key.kid ? { kid, pub: key.pub, roles: [key.role] } : undefined);
  const outbox = createOutbox({
    journal,
    bytes: createSealedBytes({
      view: journal.view,
      attachments: (seq) => journal.attachments(seq),
      sealedPicture: () => Promise.resolve(undefined),
    }),
    fetch: globalThis.fetch,
    timers: { after },
    clock: () => clock().mono,
    chance: () => 0,
    // A drill sends a batch and compares nothing: no device asks for its head.
    device: () => null,
    random,
    wall: () => clock().wall,
    trust: () => Promise.resolve({ keyset: { aud: "drill", version: 1, keys: [key] }, keys }),
    onProgress: () => undefined,
    onLink: () => undefined,
    registryUrl: () => url,
    report: () => undefined,
    fail: () => undefined,
  });
  await new Promise<void>((resolve) => {
    const isSaid = () => {
      const row = journal.view.read("batches", batch);
      return row !== undefined && (row.receipt !== null || row.trouble !== null);
    };
    const stopTimer = after(PATIENCE_MS, resolve);
    journal.onAppended(() => {
      if (!isSaid()) return;
      stopTimer();
      resolve();
    });
    outbox.send(batch);
  });
  outbox.close();
}

async function startServer(
  lie: Lie | undefined,
  about: Parameters<Lie>[1],
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => lie?.(response, about));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const close = () => closeServer(server);
  if (lie) return { url, close };
  await close(); // the address stays, nobody is behind it
  return { url, close: () => Promise.resolve() };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type }).end(body);
}

/** Well formed, about this very batch, and signed by nobody we know. */
function strangersReceipt({ batch, deviceSeq }: Parameters<Lie>[1]): string {
  const stranger = drillSigner("drill stranger");
  const { record } = signRecord(
    "receipt",
    {
      v: 1,
      batch,
      device: DEVICE.kid,
      deviceSeq,
      verdict: "accepted",
      acceptedAt: InstantMs.parse(0),
      regSeq: 1,
      sheets: { accepted: 0, quarantined: 0, rejected: 0 },
      notes: [],
      leaf: NO_HASH,
      log: LogOrigin.parse("registry.drill/results/2026"),
      prevReceipt: NO_HASH,
      revocations: 0,
      by: { kid: stranger.kid },
    },
    [stranger],
  );
  return recordToText(record satisfies Bytes);
}
