// The formats of the public log against other people's vectors and against the definition (P13): trees, notes,
// checkpoints, proofs and tiles. What is off by a hash, a line or a byte is refused.
import { describe, expect, test } from "vitest";
import {
  base64ToBytes,
  bytesToBase64,
  concatBytes,
  type HashId,
  LogOrigin,
  utf8,
  utf8ToText,
  type Bytes,
} from "#shared/base";
import {
  isConsistent,
  isIncluded,
  leafHash,
  leafId,
  noteKeyId,
  openNote,
  originOf,
  readLogProof,
  readTilePath,
  signCheckpoint,
  signNote,
  tilePath,
  tilesOf,
  verifyCheckpoint,
  verifyLogProof,
  writeEntryBundle,
  writeLogProof,
} from "#shared/wire";
import { readEntryBundle } from "../../support/entry-bundle.ts";
import { consistencyOf, pathOf, rootOf } from "../../support/reference-tree.ts";
import { aSigner } from "../../support/wire-builders.ts";

const bytesOf = (text: string): Bytes => {
  const bytes = base64ToBytes(text);
  if (!bytes) throw new Error("base64 in a vector");
  return bytes;
};
const leaves = Array.from({ length: 40 }, (_, i) => utf8(`leaf ${i}`));

describe("proofs by the definition", () => {
  test("of every leaf in every tree of up to 40 hold; with a hash turned, left out or added they do not", () => {
    for (let size = 1; size <= leaves.length; size++) {
      const tree = leaves.slice(0, size);
      const root = rootOf(tree);
      const index = (size * 7) % size === 0 ? size - 1 : (size * 7) % size;
      for (const at of new Set([0, index, size - 1, size >> 1])) {
        const path = pathOf(at, tree);
        const leaf = leafHash(tree[at] ?? new Uint8Array());
        expect(isIncluded({ index: at, size }, leaf, path, root)).toBe(true);
        expect(isIncluded({ index: at, size }, leaf, [...path, root], root)).toBe(false);
        expect(isIncluded({ index: at, size }, root, [...path, leaf], root)).toBe(false);
        if (path.length === 0) continue;
        expect(isIncluded({ index: at, size }, leaf, path.slice(1), root)).toBe(false);
        expect(isIncluded({ index: at, size }, leaf, path.map(turned), root)).toBe(false);
      }
    }
  });

  test("a tree is consistent with every longer one that begins with it, and with no other", () => {
    const other = leaves.map((leaf, i) => (i === 3 ? utf8("another decision") : leaf));
    for (let size = 1; size <= 24; size++) {
      const second = { size, root: rootOf(leaves.slice(0, size)) };
      for (let from = 1; from <= size; from++) {
        const proof = consistencyOf(from, leaves.slice(0, size));
        const first = { size: from, root: rootOf(leaves.slice(0, from)) };
        expect(isConsistent(first, second, proof)).toBe(true);
        expect(isConsistent({ ...first, root: turned(first.root) }, second, proof)).toBe(false);
        expect(isConsistent(first, { ...second, root: turned(second.root) }, proof)).toBe(false);
        if (from > 3)
          expect(isConsistent({ size: from, root: rootOf(other.slice(0, from)) }, second, proof)).toBe(false);
      }
    }
    const [longer, shorter] = [7, 5].map((size) => ({ size, root: rootOf(leaves.slice(0, size)) }));
    if (longer && shorter) expect(isConsistent(longer, shorter, [])).toBe(false);
  });
});

const log = LogOrigin.parse("registry.test/results/2026");
const signer = aSigner(41);

describe("a signed note (C2SP signed-note)", () => {
  // The example of golang.org/x/mod/sumdb/note, whose key is public.
  const key = {
    name: "PeterNeumann",
    publicKey: bytesOf("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").subarray(1),
  };
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const line =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

  test("of another program opens under its key, beside a signature of a key nobody knows", () => {
    expect(openNote(utf8(`${text}\n${line}`), key)).toEqual({ ok: true, value: text });
    const stranger = signNote(text, "stranger.example", signer);
    const added = utf8ToText(stranger).slice(text.length + 1);
    expect(openNote(utf8(`${text}\n${added}${line}`), key)).toEqual({ ok: true, value: text });
  });

  test("does not open under another key or another name of the same key", () => {
    const note = utf8(`${text}\n${line}`);
    expect(openNote(note, { ...key, publicKey: signer.publicKey })).toMatchObject(
      refused("note.key-unknown"),
    );
    expect(openNote(note, { ...key, name: "PeterNeuman" })).toMatchObject(refused("note.key-unknown"));
  });

  test("that is not spelled as a note is refused: no end, no signature, control characters, other bytes", () => {
    for (const wrong of [
      text,
      `${text}${line}`,
      `${text}\n${line.slice(0, -1)}`,
      `${text}\n${line}\n`,
      `${text}\r\n\n${line}`,
      `${text}\u0000\n${line}`,
      `${text}\n${line.replace("— ", "- ")}`,
      `${text}\n${line}${line.replace("x08g", "x08")}`,
      `${text}\n${line.repeat(65)}`,
    ]) {
      expect(openNote(utf8(wrong), key)).toMatchObject(refused("note.malformed"));
    }
    const torn = utf8(`${text}\n${line}`);
    torn[3] = 0xff;
    expect(openNote(torn, key)).toMatchObject(refused("note.malformed"));
  });

  test("with any byte turned does not open", () => {
    const note = signNote("a\n", log, signer);
    for (let at = 0; at < note.length; at++) {
      const wrong = note.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(openNote(wrong, { name: log, publicKey: signer.publicKey }).ok, `byte ${at}`).toBe(false);
    }
  });

  test("with one good and one false signature of the same key is refused", () => {
    const note = utf8ToText(signNote("a\n", log, signer));
    const wrong = concatBytes(
      noteKeyId({ name: log, publicKey: signer.publicKey }),
      signer.sign(utf8("b\n")),
    );
    const both = utf8(`${note}— ${log} ${bytesToBase64(wrong)}\n`);
    const opened = openNote(both, { name: log, publicKey: signer.publicKey });
    expect(opened).toMatchObject(refused("note.signature-invalid"));
  });
});

describe("a checkpoint", () => {
  const root = rootOf(leaves.slice(0, 5));
  const checkpoint = signCheckpoint(log, { size: 5, root }, signer);

  test("says which log, how many leaves and which root", () => {
    expect(originOf(checkpoint)).toBe(log);
    expect(verifyCheckpoint(checkpoint, log, signer.publicKey)).toMatchObject({
      ok: true,
      value: { log, size: 5, root },
    });
  });

  test("of another log, of other lines, or another key's is not taken", () => {
    const other = LogOrigin.parse("registry.test/results/2027");
    expect(verifyCheckpoint(checkpoint, other, signer.publicKey).ok).toBe(false);
    expect(verifyCheckpoint(checkpoint, log, aSigner(42).publicKey).ok).toBe(false);
    const hash = bytesToBase64(root);
    for (const text of [
      `${log}\n05\n${hash}\n`,
      `${log}\n-5\n${hash}\n`,
      `${log}\n5\n${hash}\nextension\n`,
      `${log}\n5\n${hash.slice(4)}\n`,
      `${log}\n9007199254740993\n${hash}\n`,
      `${log}\n5\n`,
    ]) {
      const note = signNote(text, log, signer);
      expect(verifyCheckpoint(note, log, signer.publicKey)).toMatchObject(refused("checkpoint.malformed"));
    }
    const elsewhere = signNote(`${other}\n5\n${hash}\n`, log, signer);
    expect(verifyCheckpoint(elsewhere, log, signer.publicKey)).toMatchObject(refused("checkpoint.other-log"));
  });
});

describe("a proof in a file (C2SP tlog-proof)", () => {
  const tree = leaves.slice(0, 13);
  const checkpoint = signCheckpoint(log, { size: 13, root: rootOf(tree) }, signer);
  const proofOf = (index: number) => writeLogProof({ index, hashes: pathOf(index, tree), checkpoint });
  const verify = (proof: Bytes, leaf: HashId) => verifyLogProof(proof, leaf, log, signer.publicKey);
  const idOf = (index: number) => leafId(leaves[index] ?? new Uint8Array());

  test("shows the leaf it was made for, at its place", () => {
    for (let index = 0; index < 13; index++)
      expect(verify(proofOf(index), idOf(index))).toMatchObject({
        ok: true,
        value: { index, checkpoint: { size: 13 } },
      });
  });

  test("shows no other leaf, and not under another key", () => {
    expect(verify(proofOf(4), idOf(5))).toMatchObject(refused("proof.not-included"));
    expect(verifyLogProof(proofOf(4), idOf(4), log, aSigner(42).publicKey).ok).toBe(false);
  });

  test("with any byte turned shows nothing", () => {
    const proof = proofOf(4);
    for (let at = 0; at < proof.length; at++) {
      const wrong = proof.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(verify(wrong, idOf(4)).ok, `byte ${at}`).toBe(false);
    }
  });

  test("is read in one spelling only: no extra line, no leading zero, no short hash, no missing end", () => {
    const text = utf8ToText(proofOf(4));
    for (const wrong of [
      text.replace("@v1\n", "@v1\nextra AAAA\n"),
      text.replace("index 4", "index 04"),
      text.replace("index 4\n", ""),
      text.replace("@v1", "@v2"),
      text.replace("index 4\n", "index 4\nAAAA\n"),
      text.replace("index 4\n", `index 4\n${`${bytesToBase64(new Uint8Array(32))}\n`.repeat(60)}`),
      text.slice(0, text.indexOf("\n\n")),
      "",
    ]) {
      expect(readLogProof(utf8(wrong))).toMatchObject(refused("proof.malformed"));
    }
  });
});

describe("tiles (C2SP tlog-tiles)", () => {
  test("lie where the specification says", () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe("tile/0/x001/x234/067");
    expect(tilePath({ level: "entries", index: 0, width: 17 })).toBe("tile/entries/000.p/17");
    expect(tilePath({ level: 2, index: 1_000, width: 1 })).toBe("tile/2/x001/000.p/1");
  });

  test("have one spelling: every other path is nobody's", () => {
    for (const place of tilesOf(70_000).slice(-5)) expect(readTilePath(tilePath(place))).toEqual(place);
    for (const path of [
      "tile/0/1",
      "tile/00/001",
      "tile/0/x000/001",
      "tile/0/001.p/256",
      "tile/0/001.p/0",
      "tile/0/001.p/07",
      "tile/64/001",
      "tile/0/../../keys.json",
      "tile/entries/001/",
      "checkpoint",
    ]) {
      expect(readTilePath(path), path).toBeUndefined();
    }
  });

  test("of a tree of 70,000 are those of the specification's example", () => {
    const [zero, one, two] = [0, 1, 2].map((level) => tilesOf(70_000).filter((tile) => tile.level === level));
    expect(zero).toHaveLength(274);
    expect(zero?.at(-1)?.width).toBe(112);
    expect(one?.map(({ width }) => width)).toEqual([256, 17]);
    expect(two?.map(({ width }) => width)).toEqual([1]);
    expect(tilesOf(256).map(({ level, width }) => [level, width])).toEqual([
      ["entries", 256],
      [0, 256],
      [1, 1],
    ]);
  });

  test.each([
    [0, 1],
    [1, 2],
    [255, 256],
    [256, 257],
    [300, 300],
    [511, 70_000],
    [65_535, 65_536],
    [65_536, 65_537],
    [65_700, 131_073],
  ])("that a tree of %i had not and one of %i has are the new and the widened ones", (from, size) => {
    const had = new Set(tilesOf(from).map(tilePath));
    const fresh = tilesOf(size).filter((place) => !had.has(tilePath(place)));
    expect(tilesOf(size, from)).toEqual(fresh);
  });

  test("that one more leaf makes are found without looking at those there are", () => {
    expect(tilesOf(2 ** 40 + 1, 2 ** 40).map(tilePath)).toEqual([
      "tile/entries/x004/x294/x967/296.p/1",
      "tile/0/x004/x294/x967/296.p/1",
    ]);
  });

  test("of entries give back the leaves, and nothing when a byte is missing", () => {
    const bundle = writeEntryBundle(leaves);
    expect(readEntryBundle(bundle)).toEqual(leaves);
    expect(readEntryBundle(bundle.subarray(0, -1))).toBeUndefined();
    expect(readEntryBundle(concatBytes(bundle, Uint8Array.of(0)))).toBeUndefined();
  });
});

function turned(hash: Bytes): Bytes {
  return hash.map((byte, i) => (i === 31 ? byte ^ 1 : byte));
}

function refused(code: string) {
  return { ok: false, error: { code } };
}
