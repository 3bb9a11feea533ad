// Who is looked for in a list of candidates: what a person typed, or what a scanner typed from an admission slip.
import { refuse, type Refusal, type Result, type SittingId, ok } from "#shared/base";
import { isSlipText, readSlip } from "#shared/wire";
import type { CandidateRow } from "./tables.ts";

/** By number, by name, by admission ticket: whatever of them was typed. A slip that is being typed leaves the list as it is. */
export function matchingCandidates(
  candidates: readonly CandidateRow[],
  wanted: string,
): readonly CandidateRow[] {
  const text = wanted.trim().toLowerCase();
  if (text === "" || isSlipText(text)) return candidates;
  const no = /^\d+$/.test(text) ? Number(text) : null;
  return candidates.filter(
    (one) =>
      one.no === no || one.name.toLowerCase().includes(text) || one.ticketNo.toLowerCase().includes(text),
  );
}

export type SlipRefusal = Refusal<"slip.unreadable" | "slip.other-sitting" | "candidate.unknown">;

/** Whose slip was scanned in this sitting. Text that is no slip's cannot be read as one. */
export function candidateOnSlip<C extends Pick<CandidateRow, "no">>(
  text: string,
  sitting: SittingId,
  candidates: readonly C[],
): Result<C, SlipRefusal> {
  const slip = readSlip(text);
  if (!slip.ok) return slip;
  if (slip.value.sitting !== sitting) return refuse({ code: "slip.other-sitting" });
  const found = candidates.find(({ no }) => no === slip.value.no);
  return found ? ok(found) : refuse({ code: "candidate.unknown" });
}

/** On Enter: whose slip, number or ticket it is, else the first who matches; null where there is nothing to go to. */
export function candidateWanted(
  text: string,
  sitting: SittingId,
  candidates: readonly CandidateRow[],
): Result<CandidateRow, SlipRefusal> | null {
  if (text.trim() === "") return null;
  if (isSlipText(text)) return candidateOnSlip(text, sitting, candidates);
  const found = matchingCandidates(candidates, text);
  // A ticket has digits too: 2 is number 2, and not the first ticket of 2026.
  const meant = text.trim().toLowerCase();
  const exact =
    found.find(({ no }) => String(no) === meant.replace(/^0+(?=\d)/, "")) ??
    found.find(({ ticketNo }) => ticketNo.toLowerCase() === meant);
  const first = exact ?? found[0];
  return first ? ok(first) : null;
}
