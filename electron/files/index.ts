// Files that people bring: bytes in, tables and rubrics out. Who chose the file, and where it lies, is not known here.
export * from "./roster-file.ts";
export * from "./rubric-file.ts";
