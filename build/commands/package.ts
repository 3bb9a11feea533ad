// `npm run package`: the app, unpacked and runnable, in out/package/linux-unpacked, by electron-builder.yml.
// With the stand-in runtime three fuses are left open; build/decisions/001-tooling.md says why.
import { Arch, Platform, build, type AfterPackContext, type Configuration } from "electron-builder";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../bundle.js";
import { resolveRuntime } from "../runtime/electron-path.mjs";
import { SetupError, repoRoot, say } from "../setup/progress.mjs";
import { command } from "../setup/run.js";

await command(async () => {
  if (process.platform !== "linux")
    throw new SetupError("package makes the unpacked app on Linux; see electron-builder.yml");
  await bundle();
  const runtime = await resolveRuntime();
  const overrides: Configuration = {
    extends: join(repoRoot, "electron-builder.yml"),
    electronDist: runtime.dist,
    electronVersion: runtime.version,
    afterPack: removeDefaultApp,
    ...(runtime.fallback ? { electronFuses: standInFuses } : {}),
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

const standInFuses: NonNullable<Configuration["electronFuses"]> = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: true,
  onlyLoadAppFromAsar: true,
  enableCookieEncryption: true,
};

/** The runtime's own start page has no place in a package. */
async function removeDefaultApp({ appOutDir }: AfterPackContext): Promise<void> {
  rmSync(join(appOutDir, "resources", "default_app.asar"), { force: true });
  rmSync(join(appOutDir, "STAND-IN"), { force: true });
  return Promise.resolve();
}
