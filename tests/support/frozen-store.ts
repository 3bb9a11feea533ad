// A store as a version left it on laptops: one file a version, with bytes in base64.
export interface FrozenStore {
  readonly version: number;
  readonly cursor: Readonly<Record<string, unknown>>;
  readonly tables: Readonly<
    Record<string, readonly (readonly [key: string, row: Record<string, unknown>])[]>
  >;
}
