// The stand-in runtime's default app: runs the application folder given as the first argument that is not a switch,
// as Electron's own default app does. Packed into resources/default_app.asar; CommonJS, because Electron 25 asks for it.
const { app: publicApp } = require("electron");
const path = require("node:path");

/**
 * setAppPath and setVersion are Electron's own: only a default app has a use for them, so its types leave them out.
 * @typedef {import("electron").App & { setAppPath(path: string): void, setVersion(version: string): void }} DefaultApp
 */
const app = /** @type {DefaultApp} */ (publicApp);

const target = process.argv.slice(1).find((argument) => !argument.startsWith("-"));
if (!target) {
  process.stderr.write("usage: electron <application folder>\n");
  app.exit(2);
} else {
  const folder = path.resolve(target);
  const manifest = require(path.join(folder, "package.json"));
  app.setAppPath(folder);
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version ?? "0.0.0");
  require(path.join(folder, manifest.main ?? "index.js"));
}
