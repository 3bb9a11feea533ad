// Calls and incidents of a room, to read and nothing more: for whoever looks at it from another place.
import type { CandidateRow, PersonRow, SittingRow } from "#shared/journal";
import { usePeople } from "../../store/index.ts";
import { Calls } from "./Calls.tsx";
import { Incidents } from "./Incidents.tsx";
import { useNames } from "./names.ts";

export interface RoomEventsProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
}

export function RoomEvents({ me, sitting, candidates }: RoomEventsProps) {
  const people = usePeople() ?? [];
  const names = useNames(me, sitting, people);
  return (
    <>
      <Calls {...{ sitting, candidates, names }} mayAnswer={false} />
      <Incidents {...{ sitting, candidates, people, names }} onSaid={null} />
    </>
  );
}
