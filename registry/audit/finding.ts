// What an audit says, and of what it is asked.

export interface Finding {
  /** The file or table. */
  readonly where: string;
  readonly what: string;
}

export interface VerifyOptions {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
}
