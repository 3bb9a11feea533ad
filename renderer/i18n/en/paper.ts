import type { Translated } from "../words.ts";
import type { paper as zh } from "../zh-CN/paper.ts";

export const paper: Translated<typeof zh> = {
  title: "Forms to print",
  lead: "Made as PDF of the records on this laptop. Another examiner's sheet is printed once the whole panel has signed for that candidate.",
  sheet: "Score sheet",
  sheets: "All score sheets",
  summary: "Result summary",
  in: { zh: "Chinese PDF", both: "Bilingual PDF" },
  saving: "Being made",
  saved: "Saved as {{file}}",
  open: "Check a printed sheet",
  check: {
    title: "Check a printed sheet",
    lead: "Read the QR code on the paper, type the total that stands there, and see whether it agrees with what was signed.",
    picture: "Choose a photograph or a scan",
    reading: "Being read",
    unread: "No QR code was read in that picture.",
    unreadNext: "Take it flat and filling the picture, or read it into the field below with a scanner.",
    text: "What the QR code says",
    textHint: "begins with JP1; paste it, or read it in with a scanner",
    total: "Total on the paper",
    totalHint: "as it is printed",
    act: "Check",
    candidate: "Candidate",
    ticket: "Ticket no.",
    examiner: "Examiner",
    day: "Date",
    rubric: "Paper code",
    sum: "Total",
    vetoes: "Veto items",
    noVeto: "none",
    stamp: "Stamp",
    marks: "Marks by element",
    item: "No.",
    mark: "Mark",
  },
  held: {
    same: {
      title: "It agrees with the signed record on this laptop.",
      next: "Compare each line with the paper.",
    },
    none: {
      title: "The QR code is good: a laptop of this centre signed it, and nothing in it was changed.",
      next: "This laptop does not hold that sheet. Compare each line with the paper.",
    },
    amended: {
      title: "The QR code is good, but this paper is no longer the newest.",
      next: "It was amended since ({{day}}): the total is now {{total}}, stamp {{stamp}}.",
    },
  },
};
