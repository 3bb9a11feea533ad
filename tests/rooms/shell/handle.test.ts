// The five steps of every call [E7]. Each guard is tried with what it must refuse.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ok, refuse } from "#shared/base";
import { channel, windowChannels, type HandlersFor } from "#shared/ipc";
import { registerChannels, type Call, type Door } from "../../../electron/ipc/handle.ts";
import { createRateLimit } from "../../../electron/ipc/rate-limit.ts";
import { aCall, aDoor, APP, aRegistrar } from "./calls.ts";

const channels = {
  "test.double": channel({
    input: z.strictObject({ n: z.int() }),
    output: z.strictObject({ n: z.int() }),
    refusals: ["test.too-large"],
  }),
} as const;

type Double = HandlersFor<typeof channels>["test.double"];
const double: Double = async ({ n }) => (n > 99 ? refuse({ code: "test.too-large" }) : ok({ n: 2 * n }));

function register(handler: Double, changes: Partial<Door> = {}) {
  const registrar = aRegistrar();
  registerChannels(registrar, channels, { "test.double": handler }, aDoor(changes));
  const listener = registrar.listeners.get("test.double")!;
  return (input: unknown, event: Call = aCall()) => listener(event, input);
}

test("[E7] a good call is answered with the handler's value", async () => {
  expect(await register(double)({ n: 21 })).toEqual({ ok: true, value: { n: 42 } });
});

test("[E7] the handler's own refusal passes", async () => {
  expect(await register(double)({ n: 100 })).toEqual({ ok: false, error: { code: "test.too-large" } });
});

describe("[E7] who calls", () => {
  const bad: readonly (readonly [string, Call])[] = [
    ["another window", aCall({ sender: 8 })],
    ["a frame inside the page", aCall({ frame: 2 })],
    ["a frame that is gone", aCall({ frame: null })],
    ["another scheme", aCall({ url: "https://jiangping/index.html" })],
    ["another host", aCall({ url: "app://other/index.html" })],
    ["a host that only begins like ours", aCall({ url: "app://jiangping.example/index.html" })],
    ["a user name before the host", aCall({ url: "app://jiangping@other/index.html" })],
    ["a blank page", aCall({ url: "about:blank" })],
    ["no address", aCall({ url: "" })],
  ];
  test.each(bad)("%s is refused and the handler does not run", async (_who, event) => {
    let ran = false;
    const call = register(async (input) => {
      ran = true;
      return double(input);
    });
    expect(await call({ n: 1 }, event)).toEqual({ ok: false, error: { code: "ipc.bad-sender" } });
    expect(ran).toBe(false);
  });

  test("a route inside the page is still the page", async () => {
    expect(await register(double)({ n: 1 }, aCall({ url: `${APP}/index.html#/day` }))).toMatchObject({
      ok: true,
    });
  });
});

describe("[E7] what is asked", () => {
  const bad = [undefined, null, 1, "n", [], {}, { n: "1" }, { n: 1.5 }, { n: 1, more: true }, { n: NaN }];
  test.each(bad)("%j is refused", async (input) => {
    expect(await register(double)(input)).toEqual({ ok: false, error: { code: "ipc.bad-input" } });
  });

  test("a second argument is refused", async () => {
    const registrar = aRegistrar();
    registerChannels(registrar, channels, { "test.double": double }, aDoor());
    const answer = await registrar.listeners.get("test.double")!(aCall(), { n: 1 }, { n: 2 });
    expect(answer).toEqual({ ok: false, error: { code: "ipc.bad-input" } });
  });

  test("no generated payload makes any channel throw, and none that breaks its schema reaches a handler", async () => {
    const registrar = aRegistrar();
    const reached: unknown[] = [];
    const handlers = Object.fromEntries(
      Object.entries(windowChannels).map(([name, { input }]) => [
        name,
        async (value: unknown) => {
          if (!input.safeParse(value).success) reached.push([name, value]);
          throw new Error("stop here");
        },
      ]),
    ) as unknown as HandlersFor<typeof windowChannels>;
    registerChannels(registrar, windowChannels, handlers, aDoor());
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true, withDate: true }), async (payload) => {
        for (const listener of registrar.listeners.values()) {
          expect(await listener(aCall(), payload)).toMatchObject({ ok: false });
        }
      }),
      { numRuns: 500 }, // 20 channels each: 10,000 payloads
    );
    expect(reached).toEqual([]);
  });
});

describe("what goes wrong inside", () => {
  test("a throw becomes internal.bug with a log id and without the message", async () => {
    const reported: unknown[] = [];
    const bug = new Error("张三 110101199001011234");
    const call = register(() => Promise.reject(bug), {
      reportBug: (where, error) => {
        reported.push([where, error]);
        return "log-9";
      },
    });
    const answer = await call({ n: 1 });
    expect(answer).toEqual({ ok: false, error: { code: "internal.bug", facts: { log: "log-9" } } });
    expect(reported).toEqual([["test.double", bug]]);
  });

  const broken: readonly (readonly [string, unknown])[] = [
    ["an output that breaks its schema", ok({ n: "2" })],
    ["an output with a field too many", ok({ n: 2, name: "张三" })],
    ["a refusal that is not in the contract", refuse({ code: "test.unheard-of" })],
    ["a refusal with facts that are objects", refuse({ code: "test.too-large", facts: { who: {} } })],
    ["no result at all", undefined],
  ];
  test.each(broken)("%s is internal.bug", async (_what, answer) => {
    const call = register((() => Promise.resolve(answer)) as unknown as Double);
    expect(await call({ n: 1 })).toEqual({
      ok: false,
      error: { code: "internal.bug", facts: { log: "log-1" } },
    });
  });

  test("a handler that throws before it returns a promise is internal.bug too", async () => {
    const call = register(() => {
      throw new Error("at once");
    });
    expect(await call({ n: 1 })).toMatchObject({ error: { code: "internal.bug" } });
  });
});

test("a second handler for a channel is refused", () => {
  const registrar = aRegistrar();
  registerChannels(registrar, channels, { "test.double": double }, aDoor());
  expect(() => registerChannels(registrar, channels, { "test.double": double }, aDoor())).toThrow(
    /second handler/,
  );
});

test("[E7] a channel that is called too often answers that the person is busy", async () => {
  const call = register(double, { isTooOften: () => true });
  expect(await call({ n: 1 })).toEqual({ ok: false, error: { code: "person.busy" } });
});

describe("[E7] the rate limit", () => {
  test("lets forty requests for a signature through in ten seconds, and not one more", () => {
    let now = 0;
    const isTooOften = createRateLimit(() => now);
    const many = Array.from({ length: 41 }, () => isTooOften("sheet.requestSignature"));
    expect(many.indexOf(true)).toBe(40);
    now = 10_000;
    expect(isTooOften("sheet.requestSignature")).toBe(false);
  });

  test("does not touch marks", () => {
    const isTooOften = createRateLimit(() => 0);
    expect(Array.from({ length: 500 }, () => isTooOften("journal.append"))).not.toContain(true);
  });

  test("limits only channels that may answer person.busy", () => {
    expect(windowChannels["sheet.requestSignature"].refusals).toContain("person.busy");
  });
});
