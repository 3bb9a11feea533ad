import type { Translated } from "../words.ts";
import type { practice as zh } from "../zh-CN/practice.ts";

export const practice: Translated<typeof zh> = {
  open: "Practise marking",
  title: "Practice",
  lead: "The same as real marking, but nothing is recorded and nothing is signed.",
  rubric: "Rubric",
  choice: "{{title}} · {{level}}",
  none: "There is no rubric yet",
  noneLead:
    "Once the centre has its permit, or the administrator has imported a rubric, it can be practised on.",
  piece: "A piece to practise on",
  again: "Start again",
  leave: "Leave practice",
  left: "{{count}} items left to mark",
  left_one: "{{count}} item left to mark",
  done: "All marked: as it stands, the published mark would be {{mark}}",
  doneNext: "In a real sitting the signature is here.",
};
