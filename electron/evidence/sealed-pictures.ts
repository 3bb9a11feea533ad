// Pictures on their way to the registry: sealed to its key (protocol A2) as files named by their wire hash, flushed before
// the sealing entry that names them is written. The journal holds none of their bytes.
import { createCipheriv, createHash } from "node:crypto";
import { join } from "node:path";
import {
  concatBytes,
  HashId,
  ok,
  refuse,
  type Bytes,
  type Kid,
  type Refusal,
  type Result,
} from "#shared/base";
import { OBJECT_CHUNK_AAD, startObject, type ObjectStream } from "#shared/crypto";
import { systemCode, type EvidenceDisk } from "./disk.ts";
import { fileName, PART, writeDurably, type PictureFiles, type PictureTrouble } from "./picture-files.ts";

export interface SealedPicture {
  readonly wire: HashId;
  readonly size: number;
}

export interface SealedPictures {
  /** A new file at each call, also of the same picture. Durable when it answers. */
  seal(
    picture: HashId,
    transportKey: Bytes,
    device: Kid,
  ): Promise<Result<SealedPicture, PictureTrouble | Refusal<"evidence.full" | "evidence.unwritable">>>;
  /** Undefined when it is missing, or is not what its name says. */
  read(wire: HashId): Promise<Bytes | undefined>;
  /** Of a seal that nobody signed for. */
  drop(wires: readonly HashId[]): Promise<void>;
  /** At start: half-written files, and sealed ones that no batch names. Pictures themselves are never removed. */
  dropLeftovers(isNamed: (wire: HashId) => boolean): Promise<void>;
}

export interface SealedOptions {
  readonly folder: string;
  readonly disk: EvidenceDisk;
  readonly pictures: PictureFiles & { readonly folder: string };
}

export function createSealedPictures({ folder, disk, pictures }: SealedOptions): SealedPictures {
  return {
    seal: async (picture, transportKey, device) => {
      const object = await startObject(transportKey, device);
      try {
        await disk.makeFolder(folder);
        return await sealTo(picture, object, { folder, disk, pictures });
      } catch (error) {
        if (error instanceof Unreadable) return refuse(error.trouble);
        const code = systemCode(error);
        const isFull = code === "ENOSPC" || code === "EDQUOT";
        return refuse({ code: isFull ? "evidence.full" : "evidence.unwritable", facts: { error: code } });
      }
    },

    read: async (wire) => {
      const file = await disk.open(join(folder, fileName(wire)));
      if (!file) return undefined;
      try {
        const bytes = await file.read(0, await file.size());
        return hashOf(createHash("sha256").update(bytes)) === wire ? bytes : undefined;
      } finally {
        await file.close();
      }
    },

    drop: async (wires) => {
      for (const wire of wires) await disk.remove(join(folder, fileName(wire)));
    },

    dropLeftovers: async (isNamed) => {
      for (const name of await listIfThere(folder, disk)) {
        const wire = HashId.safeParse(`sha256:${name}`);
        if (name.endsWith(PART) || (wire.success && !isNamed(wire.data)))
          await disk.remove(join(folder, name));
      }
      for (const name of await listIfThere(pictures.folder, disk))
        if (name.endsWith(PART)) await disk.remove(join(pictures.folder, name));
    },
  };
}

class Unreadable extends Error {
  constructor(readonly trouble: PictureTrouble) {
    super(trouble.code);
  }
}

/** Opened, sealed anew and hashed chunk by chunk: in memory there is one chunk of it. */
async function sealTo(
  picture: HashId,
  object: ObjectStream,
  { folder, disk, pictures }: SealedOptions,
): Promise<Result<SealedPicture, never>> {
  const clear = createHash("sha256");
  const wire = createHash("sha256");
  let size = 0;
  const name = await writeDurably(folder, fileName(picture), disk, async (file) => {
    const put = async (bytes: Bytes) => {
      wire.update(bytes);
      size += bytes.length;
      await file.write(bytes);
    };
    await put(object.header);
    const read = await pictures.stream(picture, async (chunk, index, isLast) => {
      clear.update(chunk);
      await put(sealChunk(chunk, object, index, isLast));
    });
    if (!read.ok) throw new Unreadable(read.error);
    if (hashOf(clear) !== picture) throw new Unreadable({ code: "evidence.damaged" });
    return fileName(hashOf(wire));
  });
  return ok({ wire: HashId.parse(`sha256:${name}`), size });
}

/** As shared/crypto seals a whole object, with the system's own AES: pictures are large. */
function sealChunk(chunk: Bytes, { key, nonce }: ObjectStream, index: number, isLast: boolean): Bytes {
  const cipher = createCipheriv("aes-256-gcm", key, nonce(index, isLast)).setAAD(OBJECT_CHUNK_AAD);
  return concatBytes(cipher.update(chunk), cipher.final(), cipher.getAuthTag());
}

function hashOf(hash: ReturnType<typeof createHash>): HashId {
  return HashId.parse(`sha256:${hash.digest("hex")}`);
}

async function listIfThere(folder: string, disk: EvidenceDisk): Promise<string[]> {
  try {
    return await disk.list(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}
