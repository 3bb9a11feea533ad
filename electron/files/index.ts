// Files that people bring: chosen in the system's dialog, bytes in, tables and rubrics out. No path leaves this room.
export * from "./roster-file.ts";
export * from "./rubric-file.ts";
export * from "./dialogs.ts";
