// The list of candidates in stretches that are drawn or left out as a whole.
import type { CandidateRow } from "#shared/journal";

export interface Stretch {
  readonly key: string;
  readonly groups: readonly Group[];
  readonly rows: number;
}

/** Candidates of one rotation that follow one another. */
export interface Group {
  readonly rotation: number;
  /** A rotation too long for one stretch is named once. */
  readonly isFirst: boolean;
  readonly candidates: readonly CandidateRow[];
  /** Place of the first of them in the list, from 0. */
  readonly from: number;
}

/** A screen holds about twenty. */
const ROWS = 40;

export function stretchesOf(candidates: readonly CandidateRow[]): Stretch[] {
  const stretches: Stretch[] = [];
  let groups: Group[] = [];
  let rows = 0;
  const close = () => {
    const [first] = groups;
    if (first) stretches.push({ key: `${String(first.rotation)} ${String(first.from)}`, groups, rows });
    groups = [];
    rows = 0;
  };
  for (const { rotation, from, members } of rotationsOf(candidates)) {
    if (rows > 0 && rows + members.length > ROWS) close();
    for (let at = 0; at < members.length; at += ROWS) {
      const part = members.slice(at, at + ROWS);
      groups.push({ rotation, isFirst: at === 0, candidates: part, from: from + at });
      rows += part.length;
      if (rows >= ROWS) close();
    }
  }
  close();
  return stretches;
}

interface Rotation {
  readonly rotation: number;
  readonly from: number;
  readonly members: CandidateRow[];
}

function rotationsOf(candidates: readonly CandidateRow[]): Rotation[] {
  const byRotation = new Map<number, CandidateRow[]>();
  for (const candidate of candidates) {
    const members = byRotation.get(candidate.rotation);
    if (members) members.push(candidate);
    else byRotation.set(candidate.rotation, [candidate]);
  }
  let from = 0;
  // Whoever changed places is no longer where the roster has them.
  const inOrder = [...byRotation].sort(([one], [other]) => one - other);
  return inOrder.map(([rotation, members]) => {
    const place = { rotation, from, members };
    from += members.length;
    return place;
  });
}
