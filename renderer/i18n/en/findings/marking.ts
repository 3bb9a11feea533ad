import type { Translated } from "../../words.ts";
import type { marking as zh } from "../../zh-CN/findings/marking.ts";

export const marking: Translated<typeof zh> = {
  "judgement.agreed": "Item {{item}}: judgements are {{spread}} apart, {{allowed}} allowed.",
  "judgement.judge-again":
    "Item {{item}}: judgements are {{spread}} apart, more than {{allowed}}. Discuss and judge once more.",
  "judgement.spread":
    "Item {{item}}: still {{spread}} apart after judging again ({{allowed}} allowed). All values are kept; the leader records it.",
  "panel-mark.mean": "Mean of the panel's sheets: {{sheets}}",
  "panel-mark.trimmed": "The mark is the mean of {{sheets}} sheets without one highest and one lowest.",
  "divergence.two-agree": "The two markers agree closely enough (maximum {{max}}).",
  "divergence.third-marked": "A third marker marked; the mean of three counts (maximum {{max}}).",
  "divergence.third-needed":
    "The two markers differ by more than {{percent}} % of {{max}}. A third marker is needed.",
  "divergence.within": "The {{sheets}} sheets are within {{allowed}} points.",
  "divergence.explained":
    "The {{sheets}} sheets are more than {{allowed}} points apart; a reason is recorded.",
  "divergence.unsettled":
    "{{candidates}} candidates have a panel that is still to settle; results are not approved before.",
  "divergence.panel":
    "The {{sheets}} sheets are more than {{allowed}} points apart. Members review their own sheets.",
  "identity.observed": "The work is observed live, so the identity is visible.",
  "identity.all-locked": "All sheets are locked, so the identity may be seen.",
  "identity.blind": "Not all sheets are locked. Only work piece numbers are shown.",
  "amendment.not-author": "{{person}} did not write this entry and cannot change it.",
  "amendment.no-reason": "A change needs a reason.",
  "amendment.locked": "The sheet is locked and cannot be changed.",
  "amendment.no-countersignature":
    "After signing, a change needs a second signature by the leader or a supervisor.",
  "amendment.own-entry": "{{person}} changes an own entry.",
  "lock.unsigned": "{{person}} has not signed, so the sheet cannot be locked.",
  "lock.not-leader": "{{person}} is not the leader and cannot lock the sheet.",
  "lock.all-signed": "All members signed and the leader closed the sheet.",
  "tally.panel-member": "{{person}} is on the panel and cannot tally.",
  "tally.no-clerk": "No clerk has signed for the totals yet.",
  "tally.not-staff": "{{person}} does no tallying here.",
  "tally.no-checker": "No checker has signed for the totals yet.",
  "tally.same-person": "{{person}} is both clerk and checker. Two people are needed.",
  "tally.total-differs": "The recomputed totals of {{sheets}} sheets differ from the stored ones.",
  "tally.agrees": "The recomputed totals of {{sheets}} sheets equal the stored ones.",
};
