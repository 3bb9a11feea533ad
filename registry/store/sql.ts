// The small SQL surface the index is written against; PGlite and PostgreSQL stand behind it.
import type { z } from "zod";

export interface Sql {
  /** Rows, each parsed by the schema. */
  query<S extends z.ZodType>(row: S, text: string, values?: readonly unknown[]): Promise<z.output<S>[]>;
  run(text: string, values?: readonly unknown[]): Promise<void>;
}

/** As the role that serves requests; its tables exist. */
export interface Database extends Sql {
  /** All of it or none. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Trouble with the database that its operator can put right. */
export class DatabaseRefused extends Error {}
