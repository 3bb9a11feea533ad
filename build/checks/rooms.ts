// Who may import whom: one entry a room, read by build/checks/imports.ts. Type imports count like any other, rooms are
// entered through their index, and libraries are listed by room so that a new one is a decision somebody sees.

export interface Room {
  /** A folder (ends in a slash) or a single file. */
  readonly home: string;
  /** Rooms it may enter, each through its index. */
  readonly rooms: readonly string[];
  /** Rooms it may name types of, and nothing else. */
  readonly typesOf?: readonly string[];
  /** npm packages it may import. */
  readonly libraries: readonly string[];
  /** node:* modules. */
  readonly node?: true;
  /** Why its door is where it is; printed with every violation. */
  readonly because: string;
}

const core = ["base", "exam", "rules", "journal", "crypto", "wire", "sync", "ipc"].map(
  (name) => `shared/${name}`,
);
const shell = ["ipc", "window", "journal", "keys", "evidence", "outbox", "files", "paper", "desk"].map(
  (name) => `electron/${name}`,
);
const look = ["react", "react-aria-components", "lucide-react"];
const fonts = ["@fontsource-variable/noto-sans-sc", "@fontsource-variable/noto-serif-sc"];

const sharedRooms: readonly Room[] = [
  {
    home: "shared/base/",
    rooms: [],
    libraries: ["zod"],
    because: "base is under everything and knows nothing",
  },
  {
    home: "shared/exam/",
    rooms: ["shared/base"],
    libraries: ["zod"],
    because: "an exam is what it is without rules, keys or wires",
  },
  {
    home: "shared/rules/",
    rooms: ["shared/base", "shared/exam"],
    libraries: ["zod"],
    because: "a rule is a pure function of the exam, whoever signs or sends it",
  },
  {
    home: "shared/crypto/",
    rooms: ["shared/base"],
    libraries: ["zod", "@noble/ciphers", "@noble/curves", "@noble/hashes", "@hpke/core"],
    because: "crypto works on bytes and never learns what they mean",
  },
  {
    home: "shared/wire/",
    rooms: ["shared/base", "shared/exam", "shared/crypto"],
    libraries: ["zod"],
    because: "the wire says how a record is written, not when it is sent or who asks",
  },
  {
    home: "shared/journal/",
    rooms: ["shared/base", "shared/exam", "shared/rules", "shared/wire"],
    libraries: ["zod"],
    because: "the fold must give the same state in both processes and in a test",
  },
  {
    home: "shared/sync/",
    rooms: ["shared/base", "shared/exam", "shared/wire"],
    libraries: ["zod"],
    because: "what to do next is a function of state and event; the outbox does it",
  },
  {
    home: "shared/ipc/",
    rooms: ["shared/base", "shared/exam", "shared/journal", "shared/wire"],
    libraries: ["zod"],
    because: "the contract is read by the window too, which has neither keys nor Electron",
  },
  {
    home: "shared/ipc/names/",
    rooms: [],
    typesOf: ["shared/ipc"],
    libraries: [],
    because: "the names alone, for preloads: schemas would make them carry zod",
  },
];

const electronRooms: readonly Room[] = [
  {
    home: "electron/preload/",
    rooms: ["shared/ipc/names"],
    libraries: ["electron"],
    because: "a preload is derived from shared/ipc and holds no logic",
  },
  {
    home: "electron/ipc/",
    rooms: [...core, "shared/ipc/names"],
    typesOf: shell.filter((room) => room !== "electron/ipc"),
    libraries: ["electron", "zod"],
    because: "handlers receive what they call from main.ts and know only its interfaces",
  },
  ...["window", "journal", "keys", "evidence", "outbox"].map((name) => shellRoom(name, [])),
  shellRoom("files", ["papaparse", "read-excel-file", "write-excel-file", "iconv-lite"]),
  {
    home: "electron/paper/",
    rooms: core,
    libraries: ["qr"],
    because: "a form is words and figures turned into markup; it knows no window, no file and no key",
  },
  {
    home: "electron/desk/",
    rooms: core,
    libraries: [],
    because: "the desk names what it needs as interfaces; it knows no file, no window and no sibling room",
  },
  {
    home: "electron/opening/",
    rooms: [...core, ...shell],
    libraries: ["electron"],
    node: true,
    because: "opening what is stored needs keys, journal and main's window together, before there is a desk",
  },
  {
    home: "electron/drill/",
    rooms: [...core, ...shell],
    libraries: ["electron", "zod"],
    node: true,
    because:
      "a process of the drill is a small program of its own: it puts the real rooms together in a scratch folder",
  },
  {
    home: "electron/main.ts",
    rooms: [...core, ...shell, "electron/opening", "electron/drill"],
    libraries: ["electron"],
    node: true,
    because: "the composition root of the main process meets the main process's rooms only",
  },
];

function shellRoom(name: string, libraries: readonly string[]): Room {
  return {
    home: `electron/${name}/`,
    rooms: core,
    libraries: ["electron", "zod", ...libraries],
    node: true,
    because: "the rooms of the main process do not know each other; they meet in electron/main.ts",
  };
}

const windowRooms = ["ui", "store", "bridge", "i18n", "camera", "lock"].map((name) => `renderer/${name}`);

const rendererRooms: readonly Room[] = [
  {
    home: "renderer/ui/",
    rooms: [],
    libraries: [...look, ...fonts],
    because: "the design system knows nothing about exams",
  },
  {
    home: "renderer/i18n/",
    rooms: core,
    libraries: ["i18next", "react-i18next"],
    because: "words belong to codes, not to screens",
  },
  {
    home: "renderer/bridge/",
    rooms: [...core, "shared/ipc/names"],
    libraries: ["zod"],
    because: "the bridge is the typed client of shared/ipc and nothing more",
  },
  {
    home: "renderer/store/",
    rooms: core,
    libraries: ["dexie", "dexie-react-hooks", "react", "zod"],
    because: "the store is a projection: it is given entries and asks nobody for them",
  },
  {
    home: "renderer/camera/",
    rooms: [...core, "renderer/ui", "renderer/bridge", "renderer/i18n"],
    libraries: [...look, "qr"],
    because: "the one room that opens the camera and looks for a square in a picture, whatever feature asks",
  },
  {
    home: "renderer/lock/",
    rooms: ["renderer/bridge"],
    libraries: ["react"],
    because: "what is half done when the laptop locks waits in the same way, whatever feature it belongs to",
  },
  {
    home: "renderer/features/",
    rooms: [...core, ...windowRooms],
    libraries: [...look, "react-hook-form", "@hookform/resolvers", "react-i18next", "zod"],
    because: "a feature knows the shared rooms of the window and no other feature",
  },
  {
    home: "renderer/app/",
    rooms: [...core, ...windowRooms, "renderer/features/*"],
    libraries: [...look, "react-dom", "react-i18next", "zod"],
    because: "the app puts the window's own parts together and knows no other process",
  },
  {
    home: "renderer/confirm/",
    rooms: [...core, "renderer/ui", "renderer/i18n"],
    libraries: [...look, "react-dom", "react-i18next"],
    because: "the signing window shows what main tells it: it has neither the store nor the app's bridge",
  },
  {
    home: "renderer/drill/",
    rooms: [...core, "renderer/store"],
    libraries: ["zod"],
    because:
      "the page of the drill's hidden window is the real store and a bridge of its own, nothing to look at",
  },
  {
    home: "renderer/main.tsx",
    rooms: [...core, ...windowRooms, "renderer/app", "renderer/features/*"],
    libraries: ["react", "react-dom", "zod", ...fonts],
    because: "the composition root of the window meets the window's rooms only",
  },
];

const otherRooms: readonly Room[] = [
  {
    home: "registry/",
    rooms: core,
    libraries: ["fastify", "@electric-sql/pglite", "pg", "papaparse", "zod"],
    node: true,
    because: "the registry shares the core with the app and nothing else",
  },
  {
    home: "registry/verifier/",
    rooms: [],
    libraries: [],
    node: true,
    because: "the verifier proves something only while it shares no code with what it checks",
  },
];

export const rooms: readonly Room[] = [...sharedRooms, ...electronRooms, ...rendererRooms, ...otherRooms];
