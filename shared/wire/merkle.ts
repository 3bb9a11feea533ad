// The Merkle tree hash of RFC 6962 §2.1: a batch commits to every record it carries.
import { concatBytes, HashId, bytesToHex, type Bytes } from "#shared/base";
import { digest } from "#shared/crypto";

/** `sha256:` root over the records' bytes, in order; the empty tree is SHA-256 of nothing. */
export function merkleRoot(records: readonly Bytes[]): HashId {
  return HashId.parse(`sha256:${bytesToHex(treeHash(records))}`);
}

function treeHash(leaves: readonly Bytes[]): Bytes {
  const [only] = leaves;
  if (!only) return digest(new Uint8Array());
  if (leaves.length === 1) return digest(concatBytes(Uint8Array.of(0), only));
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return digest(
    concatBytes(Uint8Array.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split))),
  );
}
