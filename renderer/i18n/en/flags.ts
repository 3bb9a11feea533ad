import type { Translated } from "../words.ts";
import type { flags as zh } from "../zh-CN/flags.ts";

export const flags: Translated<typeof zh> = {
  of: {
    "too-fast": {
      title: "Marked too fast",
      says: "{{count}} sheets were filled in faster than the criteria can be read: the fastest took {{seconds}} s an item, where about {{usual}} s are usual.",
      says_one:
        "{{count}} sheet was filled in faster than the criteria can be read: it took {{seconds}} s an item, where about {{usual}} s are usual.",
      shows: "the opening of each sheet, every mark of it and its signature",
      clears:
        "Marks taken on paper first and entered later: say so and show the paper. Otherwise the examiner looks again, at the work or its photographs.",
    },
    "straight-lining": {
      title: "Judged alike in a row",
      says: "{{count}} sheets in a row have the very same judgements, and lose marks in the same places; readings are left out.",
      shows: "the signatures of these sheets",
      clears:
        "Work that really is alike shows it in its photographs; otherwise another examiner looks at some of it.",
    },
    "late-changes": {
      title: "Changes after the sheet was whole",
      says: "After a candidate's sheets were whole and before they were signed, {{count}} items changed by {{points}} points in all, in one direction.",
      shows: "every change after the sheet was whole",
      clears: "Whoever changed them says what they saw; a note or a photograph that bears it out is enough.",
    },
    "changed-after-reveal": {
      title: "Changed after the sheets lay open",
      says: "After the panel's sheets lay open, a signed sheet was amended by {{points}} points; the reason given is “{{reason}}”. {{turned}}",
      shows: "the signature and the amendment",
      clears:
        "What the amendment says agrees with the work or its photographs, and whoever approved it can say what they saw.",
      fact: {
        turned: { true: "Pass or fail changed with it.", false: "Pass or fail stayed as it was." },
        reason: {
          transcription: "misread or miscopied",
          technical: "equipment or technical trouble",
          identity: "wrong candidate",
          moderation: "moderation of the panel",
          appeal: "an appeal upheld",
          misconduct: "misconduct",
        },
      },
    },
    divergence: {
      title: "Sheets too far apart",
      says: "Of a candidate's sheets one lies {{points}} points from the mean of the others. {{settled}}",
      shows: "the signatures of the sheets, their amendments and what the leader settled",
      clears:
        "The panel looks at the work together, each amends or keeps their own sheet, and the leader writes why it stands. Where it is settled and far: does the reason hold?",
      fact: { settled: { true: "The leader has recorded a reason.", false: "It is not settled yet." } },
    },
    "examiner-severity": {
      title: "Stricter or milder throughout",
      says: "Over {{count}} sheets this examiner lies {{points}} points from the others of the panel (plus is milder, minus is stricter); {{allowed}} are allowed.",
      shows: "the signatures of these sheets",
      clears:
        "The panel looks at some of the work together and agrees on a scale; whoever had another task or another view says so.",
    },
    "identical-sheets": {
      title: "The same sheet for different candidates",
      says: "The sheets of {{count}} candidates are the same, down to {{faults}} faults and every reading.",
      shows: "the signatures of these sheets",
      clears: "Compare with the photographs or measure again; what was miscopied is amended by its examiner.",
    },
    "identical-photographs": {
      title: "One photograph for different candidates",
      says: "One photograph, the same byte for byte, lies in the sheets of {{count}} candidates.",
      shows: "each time this photograph was added",
      clears:
        "Whose number is on the photograph? The examiner says how it was misplaced and where the right one is.",
    },
    "veto-without-evidence": {
      title: "A veto without a photograph",
      says: "The signed sheet has the veto {{vetoes}} and not one photograph that shows why.",
      shows: "the veto, the signature and any amendment",
      clears: "The word of another person who was there, the room's record, or a photograph kept elsewhere.",
    },
    "evidence-missing": {
      title: "Too few photographs",
      says: "When it was signed the sheet held {{held}} photographs (taken away before: {{removed}}); at least {{least}} are asked for.",
      shows: "each photograph added or taken away, and the signature",
      clears: "Why there is none, or why it was taken away; where the work is still there, look at the work.",
      fact: { removed: { unknown: "not known on this laptop" } },
    },
    "clock-changed": {
      title: "The clock was changed during marking",
      says: "While sheets were marked the laptop's clock was changed {{count}} times, by up to {{seconds}} s. No mark depends on it, but times of this stretch do not say when.",
      says_one:
        "While sheets were marked the laptop's clock was changed {{count}} time, by {{seconds}} s. No mark depends on it, but times of this stretch do not say when.",
      shows: "each time the clock was found wrong",
      clears: "Who set it, and why: a flat battery or a wrong date that was put right is enough.",
    },
    "conflict-late": {
      title: "A conflict declared after the sheet was opened",
      says: "The examiner opened this candidate's sheet and declared a conflict only afterwards. {{signed}}",
      shows: "the opening, the declaration and the signature",
      clears:
        "An examiner without a conflict marks the work again; the other says why it was not declared before.",
      fact: { signed: { true: "The sheet is signed.", false: "The sheet is not signed yet." } },
    },
    "examiner-uncovered": {
      title: "The examiner's card does not cover the sitting",
      says: "Sheets were opened by an examiner without the card for it: {{finding}}.",
      shows: "the opening of each sheet",
      clears: "A valid examiner's card is shown, or the registry corrects its record.",
      fact: {
        finding: {
          "examiner.no-qualification": "no examiner's card",
          "examiner.other-trade": "the card is for another occupation or direction",
          "examiner.term": "the card is not valid on that day",
          "examiner.level": "the card does not include this level",
          "examiner.leader-not-senior": "from level two up the leader is a senior examiner",
        },
      },
    },
    "long-pause": {
      title: "A long pause on an open sheet",
      says: "On an open sheet nothing happened for up to {{minutes}} minutes while its time ran, and then marking went on; {{allowed}} are allowed.",
      shows: "the step before the pause and the one after it",
      clears:
        "Why it was interrupted: a power cut, a meal, another room. What was entered from memory is compared with the photographs.",
    },
    "sequence-gap": {
      title: "A signed record is missing",
      says: "Among the records that this laptop signed {{count}} numbers are missing: something that was signed is gone.",
      says_one:
        "Among the records that this laptop signed {{count}} number is missing: something that was signed is gone.",
      shows: "the records before and after the gap",
      clears: "The record is found; if it is not, report this laptop to the registry with it.",
    },
    "pass-rate": {
      title: "An unusual pass rate",
      says: "Of {{assessed}} candidates whose marking is whole {{passed}} pass; earlier sittings of this rubric on this laptop came to {{recordPercent}}%. Of the {{near}} with less than {{above}} points above the pass mark {{nearPassed}} pass; earlier it was {{nearRecordPercent}}%.",
      shows: "the signature of every sheet of the sitting",
      clears:
        "What is different about these candidates: training, years of work, where they come from. Others look again at some of the work, first at what lies just above the pass mark.",
    },
  },
  sure: {
    fact: "A fact that the journal itself records; nothing was worked out.",
    chance: "Of sittings in which nothing is wrong, about one in {{n}} would show as much.",
    rare: "Of sittings in which nothing is wrong, fewer than one in a million would show as much.",
  },
};
