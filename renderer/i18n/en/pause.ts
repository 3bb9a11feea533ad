import type { Translated } from "../words.ts";
import type { pause as zh } from "../zh-CN/pause.ts";

export const pause: Translated<typeof zh> = {
  pause: "Pause the time",
  resume: "Resume the time",
  resumeAll: "Resume all {{count}}",
  lead: "The end moves by as long as it lasts, and the reason goes into the journal. Marking goes on meanwhile.",
  reason: {
    power: "Power cut",
    alarm: "Alarm or evacuation",
    tool: "Faulty tool, machine or material",
    organisation: "Organisers",
  },
  other: "Another reason",
  otherHint: "In one line; Enter pauses",
  byOther: "Pause for this reason",
  also: {
    mine: "My {{count}} other open sheets as well",
    mine_one: "My {{count}} other open sheet as well",
    sitting: "The {{count}} other open sheets of this sitting on this laptop as well",
    sitting_one: "The {{count}} other open sheet of this sitting on this laptop as well",
  },
  since: "Paused since {{time}}",
  standing: "for {{time}}",
  isPaused: "The time is paused",
  runs: "The time runs again",
  ends: "Ends at {{time}}",
  given: "{{time}} given back",
  givenOf: "{{time}} given back ({{reasons}})",
  byWall: "The computer was restarted in between: that part is by the wall clock.",
  byWallChanged:
    "The computer was restarted in between: that part is by the wall clock, and the clock was changed. Compare it with the clock of the room.",
  signFirst: "The time is paused: resume it, then sign",
  overtime: "By the time used: {{count}} minutes over",
  overtime_one: "By the time used: {{count}} minute over",
  takeOvertime: "Take over",
  room: {
    title: "Time",
    lead: "When something stops the whole room, all open sheets on this laptop are paused at once; each records how long it stood still.",
    running: "Running",
    paused: "Paused",
    pauseAll: "Pause all",
  },
};
