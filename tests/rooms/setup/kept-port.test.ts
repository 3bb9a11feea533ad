// `npm start` again and again on one profile: the centre in it knows the registry by the address of its first day.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chooseKeptPort, keepPort } from "../../../build/setup/kept-port.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-port-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the first start takes any port, and the next one the same", async () => {
  expect(await chooseKeptPort(folder)).toEqual({ port: 0, taken: null });
  const { server, port } = await listen();
  await close(server);
  keepPort(folder, `http://127.0.0.1:${port}`);
  expect(await chooseKeptPort(folder)).toEqual({ port, taken: null });
});

test("a port that somebody else has by now is named, and any other one is taken", async () => {
  const { server, port } = await listen();
  keepPort(folder, `http://127.0.0.1:${port}`);
  expect(await chooseKeptPort(folder)).toEqual({ port: 0, taken: port });
  await close(server);
});

test("a file that names no port is as good as none", async () => {
  for (const text of ["", "80", "70000", "a port"]) {
    writeFileSync(join(folder, "port"), text);
    expect(await chooseKeptPort(folder)).toEqual({ port: 0, taken: null });
  }
});

function listen(): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      resolve({ server, port: (server.address() as AddressInfo).port });
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
