// `npm run package`: the app, unpacked and runnable, in out/package/linux-unpacked, by electron-builder.yml.
// With the stand-in runtime one fuse is left open and one cannot be set: build/decisions/001-tooling.md.
import { Arch, Platform, build, type AfterPackContext, type Configuration } from "electron-builder";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../bundle.ts";
import { resolveRuntime } from "../runtime/electron-path.mjs";
import { SetupError, repoRoot, say } from "../setup/progress.mjs";
import { command } from "../setup/run.ts";

await command(async () => {
  if (process.platform !== "linux") {
    throw new SetupError("package makes the unpacked app on Linux; see electron-builder.yml");
  }
  await bundle();
  const runtime = await resolveRuntime();
  // electron-builder reads electron-builder.yml itself and lays this over it.
  const overrides: Configuration = {
    electronDist: runtime.dist,
    electronVersion: runtime.version,
    afterPack: (context) => {
      removeStartPage(context);
      if (runtime.fallback) openForTesting(context);
    },
  };
  await build({
    projectDir: repoRoot,
    targets: Platform.LINUX.createTarget("dir", process.arch === "arm64" ? Arch.arm64 : Arch.x64),
    config: overrides,
    publish: "never",
  });
  say(
    `packaged with Electron ${runtime.version}${runtime.fallback ? " (stand-in: for testing only, never ship it)" : ""}`,
  );
  return 0;
});

/** The runtime's own start page has no place in a package; the STAND-IN mark stays, so that nobody ships one. */
function removeStartPage({ appOutDir }: AfterPackContext): void {
  rmSync(join(appOutDir, "resources", "default_app.asar"), { force: true });
}

/**
 * Playwright drives the packaged app through --inspect, and the other fuse is younger than Electron 25. Fuses are set
 * after this hook; laid over the file's settings, a missing value would not pass the schema.
 */
function openForTesting({ packager }: AfterPackContext): void {
  const fuses = packager.config.electronFuses;
  if (!fuses) throw new Error("electron-builder.yml sets no fuses");
  fuses.enableNodeCliInspectArguments = true;
  delete fuses.grantFileProtocolExtraPrivileges;
}
