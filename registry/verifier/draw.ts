// A double-random draw, drawn again from what its file says: objects and inspectors in an order that the seed gives, one ring
// of inspectors, whoever has an interest stepping aside. The steps are R58's; nothing is taken modulo that is not uniform.
import { sha256 } from "./key.ts";
import { at, listAt, numberAt, spell, textAt, type Json, type SignedRecord, type Wrong } from "./record.ts";

interface Inspection {
  readonly object: string;
  readonly inspectors: readonly string[];
  readonly stoodAside: readonly string[];
  readonly because: string;
}

/** The first thing that is wrong with a draw, held against what was committed to before; undefined: it is that draw. */
export function wrongIn({ value: draw }: SignedRecord, { value: promise }: SignedRecord): Wrong | undefined {
  const register = at(draw, "register");
  const ids = (name: string) =>
    listAt(register, name).map((one) => (typeof one === "string" ? one : textAt(one, "id")));
  const [objects, inspectors] = [ids("objects"), ids("inspectors")];
  const isNamed = (name: string, text: string) => textAt(promise, name) === nameOf(text);
  if (textAt(draw, "plan") !== textAt(promise, "plan") || textAt(draw, "aud") !== textAt(promise, "aud"))
    return { wrong: "draw-other" };
  const frozen =
    isNamed("register", spell(register ?? null, 1) ?? "") &&
    isNamed("objects", [...objects].sort().join("\n")) &&
    isNamed("inspectors", [...inspectors].sort().join("\n"));
  if (!frozen) return { wrong: "draw-register" };
  if (!isNamed("secret", textAt(draw, "secret"))) return { wrong: "draw-seed" };
  const [committed, known, drawn] = [dayOf(promise), textAt(promise, "source", "day"), dayOf(draw)];
  if (!(committed < known && known <= drawn)) return { wrong: "draw-late" };

  const said = listAt(draw, "drawn").map(inspectionOf);
  const each = numberAt(promise, "rates", "inspectorsPerObject");
  const size = Math.max(1, Math.ceil((objects.length * numberAt(promise, "rates", "percent")) / 100));
  const always = listAt(register, "objects").flatMap((one) =>
    at(one, "always") === true ? [textAt(one, "id")] : [],
  );
  const isMet =
    new Set(said.filter(({ because }) => because === "DRAWN").map(({ object }) => object)).size >= size &&
    always.every((id) => said.some(({ object }) => object === id)) &&
    said.every((one) => new Set(one.inspectors).size >= each);
  if (!isMet) return { wrong: "draw-rate" };
  const interests = new Set(
    listAt(register, "conflicts").map((one) => `${textAt(one, "inspector")} ${textAt(one, "object")}`),
  );
  const isPaired = ({ object, inspectors }: Inspection) =>
    inspectors.some((one) => interests.has(`${one} ${object}`));
  if (said.some(isPaired)) return { wrong: "draw-conflict" };
  const seed = ["plan", "secret", "value"].map((name) => textAt(draw, name)).join("|");
  const again = drawAgain({ objects, inspectors, interests, always, size, each, seed });
  return JSON.stringify(again) === JSON.stringify(said) ? undefined : { wrong: "draw-outcome" };
}

interface Registers {
  readonly objects: readonly string[];
  readonly inspectors: readonly string[];
  readonly interests: ReadonlySet<string>;
  readonly always: readonly string[];
  readonly size: number;
  readonly each: number;
  readonly seed: string;
}

function drawAgain({ objects, inspectors, interests, always, size, each, seed }: Registers): Inspection[] {
  const order = shuffled(objects, `${seed}|object`);
  const chosen = [...order.slice(0, size), ...order.slice(size).filter((id) => always.includes(id))];
  let ring = shuffled(inspectors, `${seed}|inspector`);
  return chosen.map((object, place) => {
    const free = ring.filter((one) => !interests.has(`${one} ${object}`)).slice(0, each);
    const last = free.length < each ? ring.length : ring.indexOf(free.at(-1) ?? "") + 1;
    const stoodAside = ring.slice(0, last).filter((one) => !free.includes(one));
    // Whoever was taken goes to the end of the ring; whoever stood aside stays in front.
    ring = [...ring.filter((one) => !free.includes(one)), ...free];
    return { object, inspectors: free, stoodAside, because: place < size ? "DRAWN" : "RECORD" };
  });
}

/** Sorted, then Fisher-Yates from the last place down. */
function shuffled(ids: readonly string[], seed: string): string[] {
  const drawn = [...ids].sort();
  const words = wordsOf(seed);
  for (let i = drawn.length - 1; i > 0; i--) {
    const limit = 2n ** 64n - (2n ** 64n % BigInt(i + 1));
    // A word at or above the limit would make some places likelier than others: the next one is taken.
    let word = words();
    while (word >= limit) word = words();
    const j = Number(word % BigInt(i + 1));
    [drawn[i], drawn[j]] = [drawn[j] ?? "", drawn[i] ?? ""];
  }
  return drawn;
}

/** SHA-256 of the seed and a 32-bit counter, four 64-bit words each, all big-endian. */
function wordsOf(seed: string): () => bigint {
  let count = 0;
  let block = sha256();
  return () => {
    if (count % 4 === 0) {
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(count / 4);
      block = sha256(Buffer.from(seed), counter);
    }
    return block.readBigUInt64BE((count++ % 4) * 8);
  };
}

function inspectionOf(one: Json): Inspection {
  const texts = (name: string) => listAt(one, name).map(String);
  return {
    object: textAt(one, "object"),
    inspectors: texts("inspectors"),
    stoodAside: texts("stoodAside"),
    because: textAt(one, "because"),
  };
}

function nameOf(text: string): string {
  return `sha256:${sha256(Buffer.from(text)).toString("hex")}`;
}

/** The day in Asia/Shanghai on which a record says it was made. */
export function dayOf(value: Json): string {
  const ms = numberAt(value, "at") + 8 * 3_600_000;
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString().slice(0, 10) : "";
}
