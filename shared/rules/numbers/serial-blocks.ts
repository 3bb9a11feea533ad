// Serials without a server (R70): each device gives out numbers of its own block, and at year end every number is either a
// certificate or explained.
import { ok, refuse, type Day, type Refusal, type Result } from "#shared/base";
import { block, decide, info, type Decision, type SerialBlock } from "#shared/exam";

type Series = Pick<SerialBlock, "prefix" | "year" | "level">;

/** R70: The next free run of serials of a series, behind every block that was ever given. */
export function allocateBlock(
  given: readonly SerialBlock[],
  asked: Series & { readonly device: string; readonly size: number },
): Result<SerialBlock, Refusal<"serial.used-up">> {
  const { size, ...rest } = asked;
  const from =
    given.filter((one) => isSameSeries(one, asked)).reduce((last, { to }) => Math.max(last, to), 0) + 1;
  const to = from + size - 1;
  if (to > LAST_SERIAL) return refuse({ code: "serial.used-up", facts: { from, size } });
  return ok({ ...rest, from, to, next: from, closedOn: null });
}

/** R70: A serial is taken only at issue, in order, from an open block of the year. */
export function takeSerial(
  held: SerialBlock,
  year: number,
): Result<
  { readonly serial: number; readonly left: SerialBlock },
  Refusal<"serial.closed" | "serial.other-year" | "serial.block-empty">
> {
  if (held.closedOn !== null) return refuse({ code: "serial.closed", facts: { closedOn: held.closedOn } });
  if (held.year !== year) return refuse({ code: "serial.other-year", facts: { year: held.year } });
  if (held.next > held.to)
    return refuse({ code: "serial.block-empty", facts: { from: held.from, to: held.to } });
  return ok({ serial: held.next, left: { ...held, next: held.next + 1 } });
}

/** R70: Blocks of one series never overlap: those that do are set aside together, whoever came first. */
export function checkBlocks(blocks: readonly SerialBlock[]): Decision {
  const findings = blocks.flatMap((one, i) =>
    blocks
      .slice(i + 1)
      .filter((other) => isSameSeries(one, other) && one.from <= other.to && other.from <= one.to)
      .map((other) =>
        block("R70", "serial.overlap", {
          from: Math.max(one.from, other.from),
          to: Math.min(one.to, other.to),
          device: one.device,
          other: other.device,
        }),
      ),
  );
  return decide(findings.length > 0 ? findings : [info("R70", "serial.disjoint", { blocks: blocks.length })]);
}

/** R70: An issued serial is never used again, also when its certificate was revoked. */
export function checkUnused(serial: number, issued: readonly number[]): Decision {
  return decide([
    issued.includes(serial)
      ? block("R70", "serial.reused", { serial })
      : info("R70", "serial.unused", { serial }),
  ]);
}

/** R70: At year end the rest of a block is returned, and each gap before it has a reason. */
export function closeBlock(
  held: SerialBlock,
  issued: readonly number[],
  explained: readonly number[],
  on: Day,
): Result<
  { readonly closed: SerialBlock; readonly returned: number },
  Refusal<"serial.gap" | "serial.closed">
> {
  if (held.closedOn !== null) return refuse({ code: "serial.closed", facts: { closedOn: held.closedOn } });
  const accounted = new Set([...issued, ...explained]);
  for (let serial = held.from; serial < held.next; serial++) {
    if (!accounted.has(serial)) return refuse({ code: "serial.gap", facts: { serial } });
  }
  return ok({ closed: { ...held, closedOn: on }, returned: held.to - held.next + 1 });
}

const LAST_SERIAL = 999_999;

function isSameSeries(a: Series, b: Series): boolean {
  return a.prefix === b.prefix && a.year === b.year && a.level === b.level;
}
