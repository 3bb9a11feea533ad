// Events go one way, main to a page, and carry ids, not state. A payload that breaks its schema is a bug on our side.
import type { z } from "zod";

export type SendEvent<E extends Readonly<Record<string, z.ZodType>>> = <K extends keyof E & string>(
  name: K,
  payload: z.infer<E[K]>,
) => void;

/** The part of webContents that is used. */
export interface Receiver {
  isDestroyed(): boolean;
  send(channel: string, payload: unknown): void;
}

export function createEventSender<E extends Readonly<Record<string, z.ZodType>>>(
  events: E,
  receiver: () => Receiver | null,
): SendEvent<E> {
  return (name, payload) => {
    const page = receiver();
    if (page && !page.isDestroyed()) page.send(name, events[name]?.parse(payload));
  };
}
