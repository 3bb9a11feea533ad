// The key of the window's store: the preload imports it and hands it over as a key that nobody can export (rulings 10).
import { STORE_KEY_ASK } from "#shared/ipc/names";

/** Throws while the laptop has no data key: there is nothing to seal yet. */
export function askStoreKey(): Promise<CryptoKey> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      if (data instanceof CryptoKey) resolve(data);
      else reject(new Error("invariant: the store has a key once there is something to store"));
    };
    window.postMessage(STORE_KEY_ASK, window.location.origin, [port2]);
  });
}
