import type { Translated } from "../words.ts";
import type { app as zh } from "../zh-CN/app.ts";

export const app: Translated<typeof zh> = {
  calls: "{{day}}: the panel leader is called to candidate {{numbers}}",
  demoBanner:
    "Demonstration centre: nothing here is real, no result reaches a certificate, every form says so.",
  about: "About",
  day: "Exam days",
  people: "People",
  sync: "Registry",
  signOut: "Sign out",
  language: "Language",
  starting: "Opening this laptop's records",
  levelling: "Bringing this window's copy level with the laptop's journal",
  levelled: "{{done}} of {{of}} records",
  saveAsIs: "Save everything to a folder, as it is",
  savedAsIs: "Saved. It is as sealed as it was; nothing here was changed.",
  status: "Saving and contact",
  facts: "{{count}} saved",
  savingFacts: "Saving",
  diskFull:
    "The disk is full; the room kept for this is in use. This sitting can be finished and every saved mark is safe. Make room soon, then start the app again.",
  storeTrouble: "Window copy is behind",
  here: "This laptop",
  neverContacted: "Offline · nothing sent to the registry yet",
  lastContact: "Offline · registry last contacted {{when}}",
  sending: "Sending to the registry",
  rebuilt: {
    empty:
      "This window's copy was empty and was rebuilt from the laptop's journal: {{count}} records. Nothing is lost.",
    "older-schema":
      "The program is newer: this window's copy was rebuilt from the laptop's journal, {{count}} records. Nothing is lost.",
    "journal-shorter":
      "This window's copy did not agree with the laptop's journal and was rebuilt from it: {{count}} records.",
    "other-journal":
      "This window's copy belonged to another journal and was rebuilt from this laptop's: {{count}} records.",
    damaged:
      "This window's copy was damaged and was rebuilt from the laptop's journal: {{count}} records. Nothing is lost.",
  },
  clock: {
    drifted: "{{time}} · clock slipped",
    changed: "{{time}} · clock was changed",
  },
  broken: {
    title: "This screen failed",
    safe: "All saved marks are in the laptop's journal.",
    next: "Open the screen again; if it fails once more, export the diagnostics under About.",
    again: "Open again",
  },
  notOpened: "This laptop's records were not opened",
  palette: {
    open: "Find a command",
    type: "What to do, or where to go",
    here: "On this screen",
    places: "Go to",
    ofSitting: "{{place}}: {{title}}, {{day}}",
    otherLanguage: "Change to the other language",
    nothing: "No such command",
  },
  keys: {
    candidates: "candidate",
    items: "item",
    undo: "undo",
    veto: "veto",
    all: "all keys",
    commands: "commands",
  },
};
