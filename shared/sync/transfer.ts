// One object on its way: how far the registry has it, and what the next call carries. The registry's offset is the only
// one that counts; what was handed to a socket is not there yet (protocol A5, rulings 8) [SY17].
import type { HashId } from "#shared/base";
import { ObjectAnswer, problemOf, readAnswer, readProblem, type Answer, type Reading } from "./answers.ts";
import { MAX_CHUNK } from "./pace.ts";

export interface SealedObject {
  readonly wire: HashId;
  readonly size: number;
  /** Evidence comes after every score, and a receipt does not wait for it [SY20]. */
  readonly isEvidence: boolean;
}

/** What one call carries: the whole object, or a piece that begins where the registry's bytes end. */
export type Carry =
  | { readonly kind: "put"; readonly wire: HashId }
  | { readonly kind: "patch"; readonly wire: HashId; readonly from: number; readonly to: number };

/** Whole while nothing of it is there and it is not large; from then on in pieces. */
export function nextCarry({ wire, size }: SealedObject, offset: number, chunk: number): Carry {
  return offset === 0 && size <= MAX_CHUNK
    ? { kind: "put", wire }
    : { kind: "patch", wire, from: offset, to: Math.min(size, offset + chunk) };
}

/** An answer to HEAD or PATCH: how far the registry has the object. Anything that cannot be is no registry's answer. */
export function readOffset(answer: Answer, { size }: SealedObject): Reading<{ readonly offset: number }> {
  const { status, upload } = answer;
  if (status >= 500) return { kind: "wait", code: "send.server-error", problem: problemOf(answer) ?? null };
  const isOffset = status === 200 || status === 201 || status === 204 || status === 409;
  if (!isOffset) return readProblem(answer);
  const offset = numberIn(upload.offset);
  const length = upload.length === null ? size : numberIn(upload.length);
  if (offset === undefined || offset > size || length !== size)
    return { kind: "wait", code: "send.not-a-registry", problem: null };
  return { kind: "value", value: { offset } };
}

export function readPut(answer: Answer, { wire, size }: SealedObject): Reading<{ readonly offset: number }> {
  const reading = readAnswer(answer, ObjectAnswer);
  if (reading.kind !== "value") return reading;
  return reading.value.wire === wire
    ? { kind: "value", value: { offset: size } }
    : { kind: "wait", code: "send.not-a-registry", problem: null };
}

function numberIn(header: string | null): number | undefined {
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
