// Time as it is, for whoever takes its timers as a parameter.
export function afterMs(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
