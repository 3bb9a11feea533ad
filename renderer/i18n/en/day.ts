import type { Translated } from "../words.ts";
import type { day as zh } from "../zh-CN/day.ts";

export const day: Translated<typeof zh> = {
  title: "Exam days",
  lead: "Signed in as {{name}}.",
  prepare: "Prepare a sitting",
  empty: "No sitting yet",
  emptyAdmin:
    "Prepare one first: choose a rubric, name the panel, import the roster. Then examiners start marking here.",
  emptyOther: "A sitting appears here once the administrator has prepared it.",
  mark: "Mark",
  record: "Mark and record absence",
  close: "Close the day",
  closed: "Batch and receipt",
  panel: "Panel",
  leader: "leader",
  expected: "Expected",
  signed: "Signed",
  left: { withdrawn: "Left before the end", unexamined: "Not examined" },
  absent: "Absent",
  open: "Not signed",
  mine: "My sheets: {{signed}} of {{count}} signed",
  progress: "{{signed}} of {{expected}} sheets signed",
  illustrative: "Sample rubric",
  sealed: "Sealed",
  acknowledged: "Acknowledged by the registry",
  notYours: "You are not on this panel.",
  title2: "{{title}} · {{level}}",
  level: {
    L5: "Level 5 (junior)",
    L4: "Level 4 (intermediate)",
    L3: "Level 3 (senior)",
    L2: "Level 2 (technician)",
    L1: "Level 1 (senior technician)",
  },
};
