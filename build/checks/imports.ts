// Turns the table in rooms.ts into dependency-cruiser rules and runs them over a tree that has the house's rooms: the
// repository itself, or a deliberately wrong one in the tests.
import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { rooms, type Room } from "./rooms.ts";

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

export interface ImportReport {
  readonly modules: number;
  readonly violations: readonly Violation[];
}

/** Every import in `root` that the table does not allow. */
export async function checkImports(root: string): Promise<ImportReport> {
  const top = ["shared", "electron", "renderer", "registry", "build", "tests"];
  const { output } = await cruise(
    top.filter((folder) => existsSync(join(root, folder))),
    {
      baseDir: root,
      ruleSet: { forbidden: importRules() },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: "(^|/)node_modules/" },
      exclude: { path: "^tests/fixtures/" },
    },
    {
      extensions: [".ts", ".tsx", ".d.ts", ".js", ".mjs", ".cjs", ".css", ".json"],
      conditionNames: ["node", "import", "require", "types", "default"],
      exportsFields: ["exports"],
    },
  );
  const { summary, modules } = output as ICruiseResult;
  const reasons = new Map(importRules().map((rule) => [rule.name, rule.comment]));
  return {
    modules: modules.length,
    violations: summary.violations.map(({ rule, from, to, cycle }) => ({
      rule: rule.name,
      from,
      to: cycle ? cycle.map((step) => step.name).join(" -> ") : to,
      because: reasons.get(rule.name) ?? "",
    })),
  };
}

export function importRules(): IForbiddenRuleType[] {
  return [
    ...rooms.flatMap(rulesOf),
    {
      name: "one feature does not know another",
      comment: "a feature knows the shared rooms of the window and no other feature",
      severity: "error",
      from: { path: "^renderer/features/([^/]+)/" },
      to: { path: "^renderer/features/", pathNot: "^renderer/features/$1/" },
    },
    {
      name: "a file without a room",
      comment: "if a file has no obvious room, the map is wrong: fix build/checks/rooms.ts",
      severity: "error",
      from: { path: "^(shared|electron|renderer|registry)/", pathNot: rooms.map(({ home }) => within(home)) },
      to: {},
    },
    {
      name: "nobody imports tests",
      comment: "what production needs does not live among the tests",
      severity: "error",
      from: { pathNot: "^tests/" },
      to: { path: "^tests/" },
    },
    {
      name: "build imports the core and node:*",
      comment: "tooling lists the rules and drives the rest as processes",
      severity: "error",
      from: { path: "^build/" },
      to: { path: "^(shared|electron|renderer|registry)/", pathNot: "^shared/[^/]+/index\\.ts$" },
    },
    {
      name: "no cycles",
      comment: "two files that need each other are one file, or three",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "what is imported exists",
      comment: "an import nobody can follow is an import nobody checked",
      severity: "error",
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: "^electron(/(main|renderer|common))?$|^virtual:|^vitest/browser$",
      },
    },
  ];
}

function rulesOf(room: Room): IForbiddenRuleType[] {
  const from = { path: within(room.home), pathNot: nestedHomes(room) };
  const name = room.home.replace(/\/$/, "");
  const typeDoors = (room.typesOf ?? []).map(doorOf);
  const allowed = [
    within(room.home),
    ...room.rooms.map(doorOf),
    ...typeDoors,
    ...stylesOf(room),
    ...room.libraries.map(libraryPath),
  ];
  const what = { severity: "error", comment: room.because } as const;
  const rules: IForbiddenRuleType[] = [
    {
      ...what,
      name: `${name} imports only what it may`,
      from,
      to: { pathNot: allowed, dependencyTypesNot: ["core"] },
    },
  ];
  if (!room.node) {
    rules.push({ ...what, name: `${name} does not know node:*`, from, to: { dependencyTypes: ["core"] } });
  }
  if (typeDoors.length > 0) {
    const to = { path: typeDoors, dependencyTypesNot: ["type-only" as const] };
    rules.push({ ...what, name: `${name} knows only the types of its siblings`, from, to });
  }
  return rules;
}

function nestedHomes(room: Room): string[] {
  return rooms.map(({ home }) => home).filter((home) => home !== room.home && home.startsWith(room.home));
}

function within(home: string): string {
  return home.endsWith("/") ? `^${escaped(home)}` : `^${escaped(home)}$`;
}

/** The index of a room; `*` stands for any one folder. */
function doorOf(room: string): string {
  return `^${escaped(room).replace("\\*", "[^/]+")}/index\\.tsx?$`;
}

/** The design system's global style sheets are linked by whoever puts a page together. */
function stylesOf(room: Room): string[] {
  return room.rooms.includes("renderer/ui") ? ["^renderer/ui/[^/]+\\.css$"] : [];
}

function libraryPath(name: string): string {
  const types = name.replace(/^@/, "").replace("/", "__");
  const bare = name === "electron" ? "|^electron(/(main|renderer|common))?$" : "";
  return `(^|/)node_modules/(${escaped(name)}|@types/${escaped(types)})/${bare}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
