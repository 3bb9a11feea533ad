// A script in the window that has gone wild (T18): whatever it sends down a channel is refused or answered by the
// contract, nothing of it is a bug in main, and the desk behind still works.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ok, refuse } from "#shared/base";
import { answerSchema, windowChannels, type Channel } from "#shared/ipc";
import {
  createCarrier,
  createDrills,
  createPaper,
  createTranscriptions,
  createLaterReceipts,
  createMedium,
  createPeople,
  createRecovery,
  createSerial,
  createQuality,
  createReviews,
  createSettlements,
  createSupervision,
  createVisits,
  createIncidents,
  createRosterChanges,
  createSeats,
  createSubstitutes,
} from "../../../electron/desk/index.ts";
import {
  appHandlers,
  carrierHandlers,
  centreHandlers,
  dayHandlers,
  cameraHandlers,
  evidenceHandlers,
  drillHandlers,
  paperHandlers,
  transcriptionHandlers,
  journalHandlers,
  mediumHandlers,
  peopleHandlers,
  registerChannels,
  resultHandlers,
  supervisionHandlers,
  qualityHandlers,
  reviewHandlers,
  sessionHandlers,
  sheetHandlers,
  sittingHandlers,
} from "../../../electron/ipc/index.ts";
import type { Call } from "../../../electron/ipc/handle.ts";
import { openDesk, type Desk } from "../../support/little-desk.ts";
import { createMemoryRegistry, TEST_ENVIRONMENT } from "../../support/desk-harness.ts";

const CALLS = 10_000;
const COMMON = ["ipc.bad-input", "ipc.bad-sender", "internal.bug", "person.busy"];

type Listener = (event: Call, ...args: unknown[]) => Promise<unknown>;

const listeners = new Map<string, Listener>();
const bugs: string[] = [];
let desk: Desk;
/** Ids that exist: a hostile script reads them off the screen. */
let known: string[];

const frame = { processId: 1, routingId: 1, url: "app://jiangping/index.html" };
const event: Call = { sender: { id: 1, mainFrame: frame }, senderFrame: frame };

beforeAll(async () => {
  desk = await openDesk();
  await desk.signedSheet();
  desk.person.answer(null); // nobody confirms anything
  const { view } = desk.journal;
  known = [
    ...view.rows("sheets").map(({ id }) => id),
    ...view.rows("sittings").map(({ id }) => id),
    ...view.rows("candidates").map(({ ref }) => ref),
    ...view.rows("people").map(({ id }) => id),
    ...view.rows("rubrics").map(({ hash }) => hash),
    "http://127.0.0.1:1",
    "mark.set",
    "sheet.open",
    "note.set",
    "veto.set",
    "clerk",
    "desk",
    "en",
    "2026-11-23",
  ];
  await register();
});
afterAll(() => listeners.clear());

async function register(): Promise<void> {
  const { journal, keys, person, sessions, centre, sittings, marking, signatures, amendments, day, results } =
    desk;
  const serial = createSerial();
  const registry = await createMemoryRegistry();
  const none = () => Promise.resolve(null);
  const never = () => Promise.reject(new Error("nobody chose a folder"));
  const recovering = { ...keys, makeRecovery: never, replaceDevice: never };
  const medium = {
    describe: () => ({ folder: null, state: "none", trouble: null, copied: 0, isSameDisk: false }) as const,
    begin: () => Promise.resolve(refuse({ code: "medium.missing" as const })),
    forget: () => undefined,
  };
  const shared = { journal, sessions, confirm: person, serial };
  const description = {
    ...{ version: "0", build: "0", electron: "0", chromium: "0", dataFolder: "/", licence: "Apache-2.0" },
    ...{ locale: "zh-CN" as const, registryUrl: null, hasReserve: true },
  };
  registerChannels(
    { handle: (name, listener) => void listeners.set(name, listener) },
    windowChannels,
    {
      ...appHandlers({
        describe: () => description,
        clock: TEST_ENVIRONMENT.clock,
        chooseLocale: () => Promise.resolve(),
        diagnostics: () => {
          throw new Error("replaced below");
        },
        discardStore: () => Promise.resolve(),
        restart: () => undefined,
        exportStored: () => Promise.resolve(ok({ outcome: "cancelled" as const })),
        saveText: () => Promise.resolve(ok({ outcome: "cancelled" })),
      }),
      "app.exportDiagnostics": () => Promise.resolve(ok({ outcome: "cancelled" })),
      ...centreHandlers(
        centre,
        createRecovery({
          ...shared,
          keys: recovering,
          registry,
          env: TEST_ENVIRONMENT,
          demonstrationUrl: null,
          registryUrl: () => "http://127.0.0.1:1",
          chooseFolder: none,
          copies: { find: never, openRecovery: never, check: never },
        }),
      ),
      ...sessionHandlers(sessions, { active: () => undefined }),
      ...journalHandlers(marking),
      ...sittingHandlers(
        sittings,
        signatures,
        createRosterChanges({ ...shared, keys, env: TEST_ENVIRONMENT }),
        createIncidents({ ...shared, keys, env: TEST_ENVIRONMENT }),
        createSeats({ ...shared, env: TEST_ENVIRONMENT }),
      ),
      ...sheetHandlers(signatures, amendments),
      ...cameraHandlers(desk.camera),
      ...evidenceHandlers(desk.evidence),
      ...dayHandlers(
        day,
        createLaterReceipts({ ...shared, registry, registryUrl: () => "http://127.0.0.1:1" }),
      ),
      ...peopleHandlers(
        createPeople({ ...shared, keys, env: TEST_ENVIRONMENT }),
        createSubstitutes({ ...shared, keys, env: TEST_ENVIRONMENT }),
      ),
      ...drillHandlers(
        createDrills({
          ...shared,
          keys,
          env: TEST_ENVIRONMENT,
          hold: () => {
            throw new Error("nobody holds a drill while a sheet is open");
          },
          stick: () => null,
          savePdf: () => Promise.resolve(ok({ outcome: "cancelled" })),
          onChanged: () => undefined,
          report: () => undefined,
        }),
      ),
      ...paperHandlers(
        createPaper({
          ...shared,
          keys,
          supervision: createSupervision(shared),
          env: TEST_ENVIRONMENT,
          press: () => Promise.resolve(ok({ outcome: "cancelled" as const })),
        }),
      ),
      ...transcriptionHandlers(createTranscriptions({ ...shared, files: desk.evidenceFiles })),
      ...mediumHandlers(
        createMedium({
          ...shared,
          keys: recovering,
          medium,
          chooseFolder: none,
          isOwnFolder: () => false,
        }),
      ),
      ...resultHandlers(results, createSettlements({ ...shared, keys, env: TEST_ENVIRONMENT })),
      ...supervisionHandlers(
        createSupervision(shared),
        createVisits({ ...shared, keys, env: TEST_ENVIRONMENT, supervision: createSupervision(shared) }),
      ),
      ...qualityHandlers(
        createQuality({
          ...shared,
          supervision: createSupervision(shared),
          press: () => Promise.resolve(ok({ outcome: "cancelled" as const })),
        }),
      ),
      ...reviewHandlers(createReviews({ ...shared, keys, env: TEST_ENVIRONMENT })),
      ...carrierHandlers(
        createCarrier({
          ...shared,
          keys,
          env: TEST_ENVIRONMENT,
          stick: { copy: never, read: never },
          bytes: { manifest: never, object: never },
          chooseFolder: none,
          chooseBundle: none,
          isOwnFolder: () => false,
          onProgress: () => undefined,
        }),
      ),
    },
    {
      origin: "app://jiangping",
      isWindow: () => true,
      isTooOften: () => false,
      reportBug: (channel, error) => {
        bugs.push(`${channel}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return "log";
      },
    },
  );
}

const junk = fc.anything({
  maxDepth: 3,
  maxKeys: 6,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withTypedArray: true,
  withNullPrototype: true,
});

/** Values that come close: the right keys with ids that exist, edges of numbers, other people's choices, and junk. */
function close(schema: z.ZodType): fc.Arbitrary<unknown> {
  const { properties = {} } = z.toJSONSchema(schema, { unrepresentable: "any" }) as {
    properties?: Record<string, unknown>;
  };
  const leaf = fc.oneof(
    fc.constantFrom(...known),
    fc.constantFrom(0, 1, -1, 99, 2 ** 31, Number.MAX_SAFE_INTEGER, 0.5, NaN, Infinity),
    fc.constantFrom(null, undefined, true, false, "", "__proto__", "constructor"),
    fc.string({ maxLength: 40 }),
  );
  const nested = fc.oneof(
    leaf,
    fc.array(leaf, { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom("kind", "sheet", "sitting", "candidate", "item", "input", "code", "on", "text"),
      leaf,
    ),
    fc.array(
      fc.dictionary(
        fc.constantFrom("kind", "sheet", "sitting", "candidate", "item", "input", "code", "text"),
        leaf,
      ),
      { maxLength: 3 },
    ),
  );
  const names = Object.keys(properties);
  return fc.oneof(
    fc.record(Object.fromEntries(names.map((name) => [name, nested]))),
    fc.record(Object.fromEntries([...names, "extra"].map((name) => [name, nested])), { requiredKeys: [] }),
  );
}

describe("a hostile script in the window", () => {
  test.each(Object.keys(windowChannels))(
    `[T18] %s: ${CALLS} generated calls are refused or answered by the contract`,
    async (name) => {
      const channel: Channel = windowChannels[name as keyof typeof windowChannels];
      const listener = listeners.get(name);
      if (!listener) throw new Error(`${name} has no handler`);
      const answers = answerSchema(channel.output);
      const inputs = fc.sample(fc.oneof(junk, close(channel.input)), { numRuns: CALLS, seed: 20261124 });
      for (const input of inputs) {
        const answer = answers.parse(await listener(event, input));
        if (!answer.ok && !COMMON.includes(answer.error.code))
          expect(channel.refusals).toContain(answer.error.code);
      }
      expect(bugs).toEqual([]);
    },
    60_000,
  );

  test("[rulings 2] afterwards no signature was made that nobody confirmed", () => {
    const signed = desk.journal.entries.filter(({ entry }) => entry.body.kind === "sheet.signed");
    expect(signed).toHaveLength(1);
    expect(bugs).toEqual([]);
  });
});
