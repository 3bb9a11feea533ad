// The picture somebody looks at. Whoever comes next may be somebody else: pictures do not wait on the screen.
import { useEffect, useState } from "react";
import type { Evidence } from "#shared/exam";
import { bridge } from "../../../bridge/index.ts";

export function useViewing(): [Evidence | null, (evidence: Evidence | null) => void] {
  const [viewing, setViewing] = useState<Evidence | null>(null);
  useEffect(() => bridge.on("session.changed", () => setViewing(null)), []);
  return [viewing, setViewing];
}
