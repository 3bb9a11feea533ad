// When nobody has touched the window for a while, the laptop is locked: two minutes in office screens, a quarter of an
// hour at the marking desk, where hands are busy with the work (rulings 12). At once when the laptop goes to sleep.

export type WorkPlace = "desk" | "office";

export interface IdleLock {
  /** Somebody is there: the wait begins anew. */
  active(place: WorkPlace): void;
  /** No more waiting. */
  stop(): void;
}

export function createIdleLock(parts: {
  readonly after: (ms: number, act: () => void) => () => void;
  readonly minutes: (place: WorkPlace) => number;
  readonly lock: () => void;
}): IdleLock {
  let stop: () => void = () => undefined;
  return {
    active: (place) => {
      stop();
      stop = parts.after(parts.minutes(place) * 60_000, parts.lock);
    },
    stop: () => stop(),
  };
}
