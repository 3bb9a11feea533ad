// The small SQL surface the index is written against, so that PostgreSQL can stand behind it as well as PGlite.
import type { z } from "zod";

export interface Sql {
  /** Rows, each parsed by the schema. */
  query<S extends z.ZodType>(row: S, text: string, values?: readonly unknown[]): Promise<z.output<S>[]>;
  run(text: string, values?: readonly unknown[]): Promise<void>;
}

export interface Database extends Sql {
  /** All of it or none. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
