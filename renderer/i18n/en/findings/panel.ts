import type { Translated } from "../../words.ts";
import type { panel as zh } from "../../zh-CN/findings/panel.ts";

export const panel: Translated<typeof zh> = {
  "panel.too-small": "The panel needs at least {{least}} members and has {{members}}",
  "panel.ratio":
    "{{candidates}} candidates at the same time need {{least}} examiners; the panel has {{members}}",
  "panel.even": "The panel needs an odd number of members and has {{members}}",
  "panel.repeated": "One person is on the panel twice",
  "panel.not-examiner": "{{person}} is not an examiner",
  "panel.size-met": "The panel has {{members}} members, at least {{least}} are needed",
  "panel.invigilators": "{{candidates}} candidates need {{least}} invigilators; there are {{invigilators}}",
  "panel.invigilators-met":
    "{{invigilators}} invigilators for {{candidates}} candidates, at least {{least}} are needed",
  "panel.review-not-applicable": "There is no comprehensive review at {{level}}",
  "panel.review-missing": "{{level}} needs a comprehensive review",
  "panel.review-not-senior": "{{person}} is neither a senior examiner nor holds a senior title",
  "panel.review-size": "The committee is odd and has at least {{least}} members; it has {{members}}",
  "panel.review-met": "The committee has {{members}} members",
  "panel.no-leader": "The panel has no leader",
  "panel.leaders": "A panel has one leader; {{leaders}} are named",
  "panel.leader-named": "{{person}} leads",
  "examiner.no-qualification": "{{person}} holds no examiner's card",
  "examiner.other-trade":
    "The card of {{person}} does not cover this occupation ({{occupation}} {{direction}})",
  "examiner.term": "The card of {{person}} is valid until {{validTo}}; the sitting is on {{day}}",
  "examiner.level": "The card of {{person}} does not cover {{level}}",
  "examiner.leader-not-senior": "The leader at {{level}} is a senior examiner; {{person}} is not",
  "examiner.covered": "{{person}} holds card {{card}}",
  "rotation.consecutive": "{{person}} would sit {{run}} times in a row here; {{most}} at most",
  "rotation.run": "{{person}} sits here for the {{run}}. time in a row; {{most}} at most",
  "rotation.unchanged": "Compared with the panel of {{day}}, {{due}} members must change; {{changed}} did",
  "rotation.changed": "{{changed}} members changed since {{day}}, at least {{due}} must",
  "rotation.first": "The first panel of this occupation here",
  "supervision.missing": "No quality supervisor is named",
  "supervision.on-panel": "The supervisor {{person}} is on the panel",
  "supervision.trainer": "The supervisor {{person}} trained candidates of this sitting",
  "supervision.term": "{{person}} holds no supervisor's card on {{day}}",
  "supervision.present": "{{person}} supervises, card valid until {{validTo}}",
  "recusal.kin": "{{person}} is kin of candidate {{candidate}} ({{kind}}) and must stand aside",
  "recusal.trained":
    "{{person}} taught candidate {{candidate}} in class {{class}}, {{hours}} h until {{day}}, and must stand aside",
  "recusal.trained-other-work":
    "{{person}} taught candidate {{candidate}} in class {{class}} ({{hours}} h, {{day}}), in another occupation or direction",
  "recusal.trained-long-ago":
    "{{person}} taught candidate {{candidate}} in class {{class}} ({{hours}} h); the last lesson, {{day}}, lies beyond the look-back",
  "recusal.trainer-leaves": "{{person}} trained candidates of this sitting and leaves the panel",
  "recusal.relation": "{{person}} and candidate {{candidate}} must be kept apart ({{kind}})",
  "recusal.colleague": "{{person}} is a colleague of candidate {{candidate}} ({{kind}}); a reason is needed",
  "recusal.no-external": "None of the {{members}} members is from outside",
  "recusal.undeclared": "{{person}} has not answered the conflict question",
  "recusal.all-declared": "{{people}} people answered the conflict question",
  "review.on-panel": "{{person}} is on the panel and cannot decide as its supervisor",
  "review.second-missing":
    "Such a decision needs a second signature: a panel leader's or another supervisor's",
  "review.second-same": "{{person}} cannot decide and be the second signature",
  "review.second-no-office": "{{person}} is neither a panel leader nor a supervisor",
  "review.second-examiner": "{{person}} marked what is looked at and cannot be the second signature",
  "review.not-supervisor": "{{person}} is no quality supervisor",
  "review.tallied": "{{person}} tallies in this sitting and cannot decide as its supervisor",
  "visit.tallied": "{{person}} tallies in this sitting and cannot supervise it",
  "visit.independent": "{{person}} has no other part in this sitting",
  "review.no-reason": "A decision needs a reason",
  "review.no-question": "What is returned needs a question",
  "review.independent": "{{person}} neither marked, taught nor tallied here and may decide",
  "re-mark.not-examiner": "{{person}} is no examiner",
  "re-mark.former-panel": "{{person}} was on the former panel and does not mark again",
  "re-mark.trainer": "{{person}} taught candidates of this sitting and does not mark again",
  "re-mark.reviewer": "{{person}} decided or supervised here and does not mark again",
  "re-mark.another-panel": "{{person}} may mark again",
  "separation.author":
    "{{person}} had access to the paper and taught candidate {{candidate}} in class {{class}} ({{day}})",
  "separation.institution-barred":
    "The institution trained {{candidates}} candidates and policy bars it (external {{external}} of {{members}})",
  "separation.external-majority":
    "The institution trained {{candidates}} candidates; external examiners are the majority ({{external}} of {{members}})",
  "separation.mitigation-needed":
    "The institution trained {{candidates}} candidates and external examiners are no majority ({{external}} of {{members}}): a note signed by the head is needed",
  "separation.mitigation-recorded":
    "The institution trained {{candidates}} candidates and external examiners are no majority ({{external}} of {{members}}): what is done about it is recorded",
  "identity.manual": "A person checks identity against the ID document",
  "identity.face-off": "This policy allows no face comparison",
  "identity.template-kept": "A face comparison keeps no template",
  "identity.network-called": "A face comparison calls no network",
  "identity.face-allowed": "Face comparison on this laptop is allowed, without a template",
  "personal.ground-recorded": "{{field}} is held on a recorded ground ({{ground}}, {{on}})",
  "personal.no-ground": "{{field}} has no recorded consent or legal ground and is not kept",
  "personal.column-withheld":
    "Column “{{heading}}” was left behind: a spreadsheet carries no consent for pictures and biometrics (R77).",
  "draw.too-few-inspectors":
    "{{institution}} needs {{least}} inspectors without an interest in it; there are {{inspectors}}",
};
