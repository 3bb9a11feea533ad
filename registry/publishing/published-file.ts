// One file of a publication, as it is to be written into the folder that was asked for.

export interface PublishedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
