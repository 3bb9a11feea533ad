// The opened store for the components below; built by the composition root, never at import.
import { createContext, useContext, type ReactNode } from "react";
import { invariant } from "#shared/base";
import type { Store } from "./store.ts";

const StoreContext = createContext<Store | null>(null);

export function StoreProvider({ store, children }: { store: Store; children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>;
}

export function useStore(): Store {
  const store = useContext(StoreContext);
  invariant(store, "a StoreProvider above");
  return store;
}
