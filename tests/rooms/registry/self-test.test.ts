// The registry on a Node that computes wrongly: it says so in one line and touches nothing (P11).
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const repo = join(import.meta.dirname, "../../..");
const url = (...path: string[]) => pathToFileURL(join(repo, ...path)).href;

test("[P11] a registry whose self-test fails refuses to start, in words, and writes nothing", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "registry-self-test-"));
  try {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...["--import", url("node_modules", "tsx", "dist", "loader.mjs")],
        ...["--import", url("tests", "support", "wrong-crypto.mjs")],
        ...[join(repo, "registry", "main.ts"), "--data", dataDir, "--demo"],
      ],
      { cwd: repo, encoding: "utf8" },
    );
    expect(stderr.trim().split("\n")).toEqual([
      expect.stringMatching(
        /^the self-test of the cryptography failed at "message-refused" \(node:crypto\): .* Nothing was opened/,
      ),
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(readdirSync(dataDir)).toEqual([]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
