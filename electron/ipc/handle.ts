// The five steps of every call from a page: right frame and origin? parse the input; run; parse the answer, turning a
// throw into `internal.bug` with a log id; return. What a page gets to see of a bug is that id and nothing else.
import { invariant } from "#shared/base";
import { answerSchema, type Channel, type Channels, type CommonRefusal, type HandlersFor } from "#shared/ipc";
import { STORE_KEY_CHANNEL } from "#shared/ipc/names";

/** Registers one handler for each channel of the contract; a channel that has one already is refused by Electron. */
export function registerChannels<M extends Channels>(
  registrar: Registrar,
  channels: M,
  handlers: HandlersFor<M>,
  door: Door,
): void {
  for (const [name, channel] of Object.entries(channels)) {
    const handler = handlers[name];
    invariant(handler, `${name} has a handler`);
    registrar.handle(name, createListener(name, channel, handler as unknown as AnyHandler, door));
  }
}

/** The one channel that is the preload's own: the page cannot name it, and gets the key only as something it can use. */
export function registerStoreKey(
  registrar: Registrar,
  storeKey: () => Uint8Array | null,
  door: Pick<Door, "isWindow" | "origin">,
): void {
  registrar.handle(STORE_KEY_CHANNEL, async (event) => (isRightFrame(event, door) ? storeKey() : null));
}

/** The part of ipcMain that is used. */
export interface Registrar {
  handle(channel: string, listener: (event: Call, ...args: unknown[]) => Promise<unknown>): void;
}

/** The part of Electron's event that says who calls. */
export interface Call {
  readonly sender: { readonly id: number; readonly mainFrame: Frame };
  /** Null when the frame went away before we looked. */
  readonly senderFrame: Frame | null;
}

export interface Frame {
  readonly processId: number;
  readonly routingId: number;
  readonly url: string;
}

export interface Door {
  /** The one window whose main frame may call. */
  readonly isWindow: (senderId: number) => boolean;
  /** `app://jiangping` */
  readonly origin: string;
  /** Writes the bug down, without its message, and returns the id under which it can be found. */
  readonly reportBug: (channel: string, error: unknown) => string;
  /** True when this call comes too soon after others of its kind. */
  readonly isTooOften: (channel: string) => boolean;
}

type AnyHandler = (input: unknown) => Promise<unknown>;

function createListener(name: string, channel: Channel, handler: AnyHandler, door: Door) {
  const answers = answerSchema(channel.output);
  const codes = new Set(channel.refusals);
  return async (event: Call, ...args: unknown[]): Promise<unknown> => {
    if (!isRightFrame(event, door)) return refusal("ipc.bad-sender");
    const input = channel.input.safeParse(args[0]);
    if (!input.success || args.length !== 1) return refusal("ipc.bad-input");
    // The only limited channels are those that open main's window; to the window it looks like a person who is busy.
    if (door.isTooOften(name)) return refusal("person.busy");
    try {
      const answer = answers.parse(await handler(input.data));
      invariant(answer.ok || codes.has(answer.error.code), "a refusal is one of the channel's");
      return answer;
    } catch (error) {
      // The top-level handler of a call: whatever was thrown is a bug, and it is written down before we answer.
      return refusal("internal.bug", { log: door.reportBug(name, error) });
    }
  };
}

function isRightFrame({ sender, senderFrame }: Call, door: Pick<Door, "isWindow" | "origin">): boolean {
  if (!door.isWindow(sender.id) || !senderFrame) return false;
  const { mainFrame } = sender;
  const isMain =
    senderFrame.processId === mainFrame.processId && senderFrame.routingId === mainFrame.routingId;
  return isMain && isFrom(door.origin, senderFrame.url);
}

/** Compared part by part: the `origin` of a URL with our own scheme is "null" in Node, the same for every page. */
function isFrom(origin: string, address: string): boolean {
  if (!address.startsWith(`${origin}/`)) return false;
  const wanted = new URL(origin);
  const found = new URL(address);
  return found.protocol === wanted.protocol && found.host === wanted.host && found.username === "";
}

function refusal(code: CommonRefusal | "person.busy", facts?: { log: string }) {
  return { ok: false, error: facts ? { code, facts } : { code } };
}
