import type { Translated } from "../words.ts";
import type { room as zh } from "../zh-CN/room.ts";

export const room: Translated<typeof zh> = {
  open: "Room record",
  title: "Room record",
  lead: "{{title}} · {{day}}",
  at: "Time",
  candidate: "Candidate",
  what: "What happened",
  reason: "Reason",
  by: "Signed by",
  changes: {
    title: "Changes of the roster",
    open: "Change the roster",
    none: "The roster has not changed",
    noneLead:
      "Somebody comes late, leaves, changes places, or a workplace fails: it is recorded here and signed by two. The roster itself stays as it was signed.",
    signed: "{{leader}} (leader), {{confirmer}} ({{office}})",
    byLeader: "leader",
    done: "Signed and recorded; it is sealed with the day's results.",
  },
  change: {
    title: "Change the roster",
    lead: "The leader signs, a supervisor or an administrator confirms. The roster itself stays as it was signed; the change stands beside it.",
    kind: "What happened",
    arrival: "Came late",
    swap: "Change places",
    withdrawal: "Left before the end",
    relocation: "Workplace failed: another rotation",
    unexamined: "Workplace failed: not examined",
    moved: "{{what}}: rotation {{from}} → {{to}}",
    what: {
      arrival:
        "A candidate recorded as absent has come: the absence is taken back, and they are marked as usual.",
      swap: "Two candidates change rotations; marking has begun for neither of them.",
      withdrawal:
        "A candidate leaves before the panel is done: sheets that were begun are kept, and make no mark.",
      relocation: "The candidates of this rotation are examined in another one.",
      unexamined: "The candidates of this rotation cannot be examined: no mark, and not absent either.",
    },
    no: "Candidate number",
    otherNo: "Changes places with (number)",
    noHint: "The number in the roster",
    who: "{{who}} · {{rotation}}",
    failed: "The rotation that failed",
    to: "They go to",
    those: "Candidates concerned",
    nobody: "This rotation has nobody left to be examined.",
    reasonHint: "In one line; it is signed with the change",
    confirmer: "Confirmed by",
    confirmerHint: "A supervisor or an administrator, not the leader",
    sign: "Have both sign",
  },
};
