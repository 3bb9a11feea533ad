// Published vectors of the formats that records are written in: JSON, its canonical form, DSSE.
import { utf8, utf8ToText } from "#shared/base";
import { canonicalText, parseCanonical, preAuthEncoding } from "#shared/wire";
import dsse from "../vectors/dsse.json" with { type: "json" };
import jcs from "../vectors/jcs-rfc8785.json" with { type: "json" };
import parsing from "../vectors/json-parsing.json" with { type: "json" };
import { codeOf, runEach, type VectorSet } from "./set.ts";

export const publicWire: readonly VectorSet[] = [
  {
    name: "jcs-rfc8785",
    origin: "public",
    source: jcs.source,
    licence: jcs.licence,
    run: () =>
      runEach([...jcs.numbers, ...jcs.texts], (vector) => {
        const value = "bits" in vector ? bitsToNumber(vector.bits) : (JSON.parse(vector.text) as unknown);
        const text = canonicalText(value);
        if (text !== vector.canonical) return `spelled ${text}`;
        // Our profile is narrower: what it does not hold is refused although it is canonical, and never misread.
        const code = codeOf(parseCanonical(utf8(vector.canonical), 65_536));
        return code === vector.profile ? undefined : `${code} instead of ${vector.profile}`;
      }),
  },
  {
    name: "json-parsing",
    origin: "public",
    source: parsing.source,
    licence: parsing.licence,
    run: () =>
      runEach(parsing.vectors, ([name = "", text = ""]) => {
        const code = codeOf(parseCanonical(utf8(text), 65_536));
        if (name.startsWith("n_")) return code === "wire.not-json" ? undefined : `${name}: ${code}`;
        if (code === "wire.not-json") return name.startsWith("y_") ? `${name} is JSON` : undefined;
        return code === "ok" && JSON.stringify(JSON.parse(text)) !== text
          ? `${name} has two spellings`
          : undefined;
      }),
  },
  {
    name: "dsse-pae",
    origin: "public",
    source: dsse.source,
    licence: dsse.licence,
    run: () =>
      runEach(dsse.vectors, ({ type, payload, encoded }) =>
        utf8ToText(preAuthEncoding(type, utf8(payload))) === encoded ? undefined : "encoded otherwise",
      ),
  },
];

function bitsToNumber(bits: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return view.getFloat64(0);
}
