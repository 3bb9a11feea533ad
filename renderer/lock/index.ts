export { isBehindLock, useOwnerBack } from "./use-owner-back.ts";
