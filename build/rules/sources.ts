// The program's own source and its tests as path and text: all that the listing of the rules looks at.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Paths from the root, with forward slashes. */
export type Sources = ReadonlyMap<string, string>;

const FOLDERS = ["shared", "electron", "renderer", "registry", "tests"];

export function readSources(root: string): Sources {
  const sources = new Map<string, string>();
  for (const folder of FOLDERS) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      const path = `${folder}/${entry.replaceAll("\\", "/")}`;
      if (isSource(path)) sources.set(path, readFileSync(join(root, path), "utf8"));
    }
  }
  return sources;
}

function isSource(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.includes("node_modules") && !path.startsWith("tests/fixtures/");
}
