export { Sync, type SyncProps } from "./Sync.tsx";
