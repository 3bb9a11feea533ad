import type { Translated } from "../words.ts";
import type { errors as zh } from "../zh-CN/errors.ts";

export const errors: Translated<typeof zh> = {
  "ipc.bad-input":
    "Not done: the request was malformed. All saved marks are safe. Try again; if it fails once more, export the diagnostics.",
  "ipc.bad-sender": "Not done: the request came from elsewhere. All saved marks are safe. Restart Jiangping.",
  "internal.bug":
    "Not done: the program failed. All saved marks are safe. Try again; if it fails once more, export the diagnostics.",
  "session.none": "Not done: nobody is signed in. All saved marks are safe. Sign in first.",
  "role.not-examiner":
    "Not recorded: only an examiner may mark. All saved marks are safe. Let an examiner sign in.",
  "role.not-administrator":
    "Not done: only an administrator may do this. All saved marks are safe. Let an administrator sign in.",
  "role.not-supervising":
    "Not opened: only the supervisor of this sitting and the leader of its panel see flags and histories. All saved marks are safe.",
  "role.not-overseeing":
    "Not opened: only supervisors and administrators see the quality of the centre. All saved marks are safe.",
  "quality.none": "Not made: this laptop has no sitting of that year. Choose another year.",
  "supervision.hidden":
    "Not opened: this sheet is not open to you yet. The supervisor sees it once it is signed, the leader once the whole panel has signed.",
  "journal.full":
    "Not saved: the disk is full. Everything saved before is safe. Make room, then do it again.",
  "journal.failed":
    "Not saved: the disk could not be written. Everything saved before is safe. Check the disk, then do it again.",
  "store.newer":
    "Not opened: this window's copy was written by a newer version. The journal is whole and untouched. Use the newer Jiangping.",
  "store.full":
    "The window's copy is behind: its storage is full. The record is in the laptop's journal. Make room on the disk, then restart Jiangping.",
  "store.failed":
    "The window's copy is behind: its storage failed. The record is in the laptop's journal. Restart Jiangping.",
  "person.declined": "Cancelled, nothing was signed. All saved marks are safe.",
  "person.busy":
    "Another matter is waiting in the signing window. All saved marks are safe. Sign or cancel it there first.",
  "person.unknown": "Not signed in: this person is not in the register. Choose again.",
  "person.ended": "Not done: this person was ended. All saved marks are safe.",
  "person.exists": "Not added: there is somebody under this id. Try again.",
  "person.unqualified":
    "Not added: a card is missing or not as it must be. What you filled in is kept. Check grade, levels and dates.",
  "person.last-administrator":
    "Not ended: this is the last administrator. Add another one first, then end this one.",
  "role.not-leader":
    "Not done: only an administrator or a panel leader changes a panel. All saved marks are safe.",
  "panel.not-member": "Not changed: whoever should leave is not on the panel. The panel is as it was.",
  "panel.has-typed":
    "Not changed: this person has typed a paper sheet of this sitting and read an examiner's marks. Choose somebody else.",
  "panel.already-member": "Not changed: this person is on the panel already. The panel is as it was.",
  "panel.blocked":
    "Not changed: rule {{rule}} forbids it ({{code}}). The panel is as it was. Choose another person.",
  "panel.no-leader":
    "Not changed: no panel leader with a key in use is here to vouch. The panel is as it was.",
  "panel.no-supervisor":
    "Not changed: the session has no supervisor with a key in use to vouch. The panel is as it was.",
  "panel.leader-needs-permit":
    "Not changed: a leader seals the results, and the registry has not admitted the key of {{person}} yet. Choose another leader, or get a permit with a network first.",
  "candidate.marked-before":
    "Not opened: the examiner whose place you took has signed for this candidate already.",
  "paper.unsigned": "Not printed: no sheet is signed yet. Saved marks are all there.",
  "paper.hidden":
    "Not printed: another's sheet is for the panel of that sitting, its supervisor and an administrator, once the whole panel has signed. Saved marks are all there.",
  "paper.unreadable":
    "Not accepted: this is no QR code of a Jiangping sheet, or a part of it is missing. Read it again.",
  "paper.key-unknown":
    "Not accepted: no laptop that this one's permit names signed it. If the centre has a new laptop, take in the newest permit first.",
  "paper.key-revoked":
    "Not accepted: the key of the laptop that printed it was revoked. Ask the registry about it.",
  "paper.signature-invalid":
    "Not accepted: what the QR code says was changed and the signature does not fit. Do not use the marks on this paper.",
  "paper.other-total":
    "Not accepted: the paper says {{typed}} and {{total}} was signed. Check what you typed; if the paper says so, do not use it.",
  "paper.other-record":
    "Not accepted: its figures are not those of the signed record on this laptop. Do not use the marks on this paper.",
  "keys.locked-out":
    "Not signed: the PIN was wrong too often and is out of use. All saved marks are safe. Ask an administrator to set it again.",
  "keys.unreadable":
    "Not opened: the key file cannot be read. All saved marks are safe. Ask the administrator.",
  "keys.not-permitted":
    "Not signed: the registry's permit does not hold this person's key. All saved marks are safe. Let the administrator renew the permit with a network.",
  "keys.missing":
    "Not signed: this laptop has no key for this person. All saved marks are safe. Sign in once to choose a PIN.",
  "permit.none":
    "Not signed: this laptop has no permit of the registry. All saved marks are safe. Get one with a network.",
  "centre.open": "Not done: this laptop already belongs to a centre.",
  "centre.not-demonstration": "Not done: only a demonstration centre may use the demonstration's roster.",
  "registry.unreachable":
    "The registry did not answer. Nothing on this laptop changed. Check network and address, then try again.",
  "registry.not-a-registry":
    "What answers at this address is not a registry. Nothing on this laptop changed. Check the address.",
  "registry.not-loopback":
    "Not contacted: an address without encryption works on this laptop only. Use one that begins with https://.",
  "registry.no-demonstration":
    "Not started: this registry offers no demonstration. Nothing on this laptop changed.",
  "registry.keyset-changed":
    "Not enrolled: the registry's keys are not those you compared. Nothing changed. Contact it again and compare the stamp.",
  "enrolment.refused": "Not enrolled: the registry did not accept it. Nothing changed. Contact the registry.",
  "enrolment.code-unknown":
    "Not enrolled: the registry does not know this code. Nothing changed. Check it and type it again.",
  "enrolment.code-used":
    "Not enrolled: this code has been used. Nothing changed. Ask the registry for a new one.",
  "recovery.missing": "Not opened: no recovery code was made for this copy, so nothing can open it here.",
  "medium.missing":
    "The second medium cannot be reached. Every mark is safe on this laptop. Put the stick in; copying goes on by itself.",
  "medium.full":
    "The second medium is full. Every mark is safe on this laptop. Choose another stick or folder.",
  "medium.unwritable":
    "The second medium cannot be written. Every mark is safe on this laptop. Check its lock, or choose another folder.",
  "medium.other":
    "What lies on the second medium is not the beginning of this laptop's records, or knows more than they do. Nothing there was changed. Keep the stick and ask for support.",
  "medium.own-folder":
    "Not chosen: this folder belongs to the app itself and would be lost with it. Choose a stick or another disk.",
  "medium.no-copy":
    "Not taken over: there is no copy of Jiangping in this folder. Choose the stick, or the folder whose name begins with jiangping-.",
  "medium.several":
    "Not taken over: there are {{count}} copies in this folder. Choose the one whose name begins with jiangping-.",
  "centre.enrolled": "Not done: this laptop is enrolled already.",
  "file.unwritable": "Not exported: the file could not be written. Choose another place.",
  "stick.nothing": "Not copied: there is nothing to take along.",
  "stick.own-folder": "Not copied: this is the app's own folder. Choose a stick.",
  "stick.full": "Not copied: the stick is full. All results are safe here. Make room or take another stick.",
  "stick.gone":
    "Not finished: the stick went away or cannot be read. All results are safe here. Put it in and do it again.",
  "stick.unwritable":
    "Not copied: the stick cannot be written. All results are safe here. Check its lock or take another.",
  "stick.too-large":
    "Not copied: this stick cannot hold so large a file. All results are safe here. Take another stick.",
  "stick.differs":
    "Not copied: the stick gave back other bytes than were written. All results are safe here. Do not trust this stick; take another.",
  "bundle.not-a-bundle": "Not read: this is no file of Jiangping. Nothing on this laptop changed.",
  "bundle.cut-short": "the file ends too early",
  "bundle.altered": "content that does not fit its check",
  "bundle.too-many-frames": "too many entries in the file",
  "bundle.trailing-bytes": "something follows the end of the file",
  "share.none":
    "Not given: this sitting was not given to other laptops yet. Let an administrator give the sitting first.",
  "share.malformed": "The code has a slip.",
  "share.wrong": "Not opened: another key, or damage.",
  "share.unknown-sitting": "the sitting is not on this laptop; read the sitting in first",
  "share.unknown-sheet": "the sheet that an amendment or a decision speaks of is not on this laptop",
  "amendment.approval-missing": "an amendment lacks its approver's signature",
  "share.mismatch": "roster and sitting do not fit",
  "share.other-centre": "from another institution",
  "share.total-mismatch": "the total does not follow from the items",
  "share.batch-incomplete": "a batch to carry is not complete",
  "sheet.one-version": "Not decided: there is one version of this sheet only.",
  "role.not-supervisor":
    "Not decided: only a supervisor or panel leader may, and never the examiner of the sheet.",
  "wire.key-unknown": "signed by a key that the permit does not name",
  "wire.signature-invalid": "the signature does not hold",
  "wire.envelope": "a record that cannot be read",
  "wire.wrong-type": "a record of another kind",
  "wire.not-utf8": "a record that cannot be read",
  "wire.not-json": "a record that cannot be read",
  "wire.non-canonical": "a record not in canonical form",
  "wire.profile": "a record not in canonical form",
  "wire.too-large": "a record that is too large",
  "wire.shape": "a record with other content than its kind",
  "wire.signer-mismatch": "the signer is not whom the record names",
  "wire.role-not-allowed": "the signer does not hold this role",
  "sitting.unknown": "Not done: there is no such sitting.",
  "sitting.not-on-panel": "Not recorded: you are not on this panel.",
  "candidate.unknown": "Not recorded: the roster has no such candidate.",
  "recusal.undeclared": "Not recorded: answer the conflict question first. All saved marks are safe.",
  "recusal.declared":
    "Not recorded: you declared that you stand aside for this candidate. All saved marks are safe.",
  "sitting.blocked": "Not prepared: rule {{rule}} forbids it ({{code}}). What you filled in is kept.",
  "sitting.mitigation-needed":
    "Not signed: the institution taught candidates itself, and nothing says how the sitting stays fair. Write it and sign again; what you filled in is kept.",
  "candidate.absent": "Not recorded: this candidate is recorded as absent.",
  "candidate.withheld":
    "Not recorded: a supervisor sent this candidate to another panel, and nobody of the former one marks again. All saved marks are safe.",
  "candidate.left":
    "Not recorded: this candidate left before the end. What was begun is kept, and makes no mark.",
  "incident.not-here":
    "Not recorded: this is for the sitting's panel, a supervisor or an administrator. What you filled in is kept.",
  "incident.in-future":
    "Not recorded: the time lies in the future. What you filled in is kept. Check the laptop's clock.",
  "pause.open": "Not paused again: the time of this sheet stands still already. All saved marks are safe.",
  "pause.none": "Not resumed: the time of this sheet is running. All saved marks are safe.",
  "sheet.paused":
    "Not signed: the time is still paused. All saved marks are safe. Resume the time, then sign.",
  "call.open": "Not called again: the last call has not been answered yet. All saved marks are safe.",
  "call.unknown": "Not recorded: there is no such call. All saved marks are safe.",
  "call.answered": "Not recorded again: the call has been answered.",
  "call.not-leader":
    "Not recorded: the leader, a supervisor or an administrator answers. All saved marks are safe.",
  "roster.not-office":
    "The roster was not changed: this is for the sitting's leader, a supervisor or an administrator. Nothing was lost.",
  "roster.no-leader":
    "The roster was not changed: this sitting has no leader who can sign. Nothing was lost.",
  "roster.no-office":
    "The roster was not changed: whoever confirms must be a supervisor or an administrator. Nothing was lost. Choose somebody else.",
  "roster.same-person":
    "The roster was not changed: the leader cannot confirm as well. Nothing was lost. Choose somebody else.",
  "roster.confirmer-not-permitted":
    "The roster was not changed: the registry has not admitted the key of whoever confirms. Nothing was lost. Choose somebody else, or renew the permit.",
  "roster.repeated": "The roster was not changed: a candidate was named twice. Nothing was lost.",
  "roster.not-absent":
    "The roster was not changed: this candidate is not recorded as absent. Nothing was lost.",
  "roster.has-left":
    "The roster was not changed: one of the candidates has left or could not be examined. Nothing was lost.",
  "roster.begun": "Not swapped: marking has begun for one of the two. Nothing was lost.",
  "roster.marked":
    "The roster was not changed: the whole panel has signed for one of the candidates, so there is a mark. Nothing was lost.",
  "roster.same-rotation":
    "The roster was not changed: that is the rotation they are in. Nothing was lost. Choose another one.",
  "roster.no-rotation":
    "The roster was not changed: there is no such rotation. Nothing was lost. One more can be added at the end.",
  "roster.moved": "A change of roster does not fit the rotations on this laptop",
  "roster.arrived":
    "Not recorded as absent: this candidate came late and was let in. If they have gone, record that they left.",
  "delta.unconfirmed": "a change of roster lacks the second person's confirmation",
  "delta.inconsistent": "a change of roster contradicts itself",
  "candidate.has-sheet": "Not recorded as absent: this candidate already has a score sheet.",
  "sheet.unknown": "Not recorded: there is no such score sheet.",
  "sheet.not-yours": "Not recorded: this is another examiner's sheet. Everyone changes only their own.",
  "sheet.signed": "Not recorded: this score sheet is signed and locked.",
  "check-in.not-leader": "Not done: the panel leader, a supervisor or an administrator checks candidates in.",
  "check-in.blind":
    "Not done: this sitting is marked by number and its markers see no names. A supervisor or an administrator who does not mark checks candidates in.",
  "check-in.twice": "Not recorded: this candidate is checked in already.",
  "check-in.none": "Nothing taken back: nobody has checked this candidate.",
  "check-in.no-reason":
    "Not recorded: a document that does not match, or another document, needs a word why.",
  "check-in.present":
    "Not recorded as absent: this candidate is checked in. If that was somebody else, take the check back first.",
  "seats.other-laptop": "Not drawn: workplaces are drawn on the laptop that prepared this sitting.",
  "seats.committed": "Not locked: the draw of this sitting is locked already.",
  "seats.drawn": "Not drawn: the workplaces of this sitting were drawn, and are drawn once.",
  "seats.uncommitted": "Not drawn: lock the draw first.",
  "slip.unreadable": "No admission slip was read: scan it again, or find the candidate by number or name.",
  "slip.other-sitting": "This admission slip is of another sitting.",
  "paper.not-office":
    "Not printed: blank score sheets are printed by an administrator, a supervisor or the panel leader.",
  "paper.nothing-owed": "Not printed: no score sheet is owed any more.",
  "sheet.transcribed":
    "Not changed: two people typed this sheet from paper. Sign it if it agrees, or send it back.",
  "sheet.on-paper": "Not opened: the paper sheet of this candidate is being typed.",
  "transcription.unknown": "Not recorded: there is no such paper sheet here.",
  "transcription.panel":
    "Not recorded: nobody of a sitting's panel types its paper sheets. Somebody else has to.",
  "transcription.other-rubric": "Not begun: the paper has another version of the rubric than the sitting.",
  "transcription.used": "Not begun: this paper was typed before, or is being typed.",
  "transcription.same-person": "Not begun: the second reading is another person's.",
  "transcription.two-already": "Not begun: two people are typing it already.",
  "transcription.not-yours": "Not recorded: this paper is not yours to type.",
  "transcription.done": "Not changed: your reading is complete. It is compared once the other one is.",
  "transcription.open": "Not signed: the two who typed this sheet are looking at it again.",
  "transcription.dropped": "Not recorded: typing this paper was given up.",
  "transcription.written": "Not changed: the score sheet is written; its examiner signs it or sends it back.",
  "transcription.no-page": "Not complete: there is no photograph of the paper yet.",
  "transcription.differs": "Not written: the two readings still differ.",
  "sheet.exists": "Not opened again: you already have a sheet for this candidate.",
  "sheet.incomplete":
    "Not signed: some items are not marked. All saved marks are safe. Mark them, then sign.",
  "amendment.unsigned": "Not begun: this score sheet is not signed yet. Change it as it is.",
  "amendment.other-laptop":
    "Not begun: this sheet was signed on another laptop. All saved marks are safe. Amend it there.",
  "amendment.rechecked":
    "Not amended: this candidate's result was rechecked, and from then on it is corrected as a result (R55). All saved marks are safe.",
  "amendment.begun": "Not begun again: an amendment of this sheet is under way.",
  "amendment.none": "Not done: no amendment of this sheet is under way. All saved marks are safe.",
  "amendment.stale":
    "Not signed: what counts has changed since this amendment was begun. All saved marks are safe. Give it up and begin again from what counts now.",
  "amendment.no-change":
    "Not signed: it is the same as what counts. All saved marks are safe. Change what was wrong first.",
  "amendment.no-reason":
    "Not signed: the explanation is missing. All saved marks are safe. Say why it changes.",
  "amendment.same-person":
    "Not signed: the approver is the author. All saved marks are safe. Choose another panel leader or a supervisor.",
  "amendment.not-revealed":
    "Not signed: the approver marks this candidate too and has not signed yet. Choose a supervisor. Everything saved is still here.",
  "amendment.no-office":
    "Not signed: the approver is neither a panel leader nor a supervisor. All saved marks are safe. Choose somebody who is.",
  "amendment.approver-not-permitted":
    "Not signed: the registry's permit does not hold the approver's key. All saved marks are safe. Choose somebody else, or renew the permit with a network.",
  "review.unknown-target":
    "Not signed: this laptop has no such signed sheet or candidate. What you wrote is kept.",
  "review.unsigned":
    "Not signed: nothing of it is signed yet, so there is nothing to decide about. What you wrote is kept.",
  "review.not-asked": "Not recorded: no supervisor is waiting for an answer about this sheet.",
  "review.same":
    "Not signed: the decision that stands says exactly this. What you wrote is kept; change the decision or the words.",
  "review.not-revealed":
    "Not signed: the second person marks this candidate too and has not signed yet. Choose somebody else. What you wrote is kept.",
  "review.blocked": "Not signed: rule {{rule}} forbids it ({{code}}). What you wrote is kept.",
  "visit.blocked": "Not signed: rule {{rule}} forbids it ({{code}}). The list is kept.",
  "visit.not-supervisor": "Only a quality supervisor fills in the checklist of a visit.",
  "visit.on-panel": "Nobody of its panel supervises a sitting.",
  "visit.unknown": "This laptop has no such record of a visit.",
  "visit.unknown-item": "Not recorded: the list has no such item ({{item}}).",
  "visit.lacks-answer": "Not signed: an item is not answered. Your answers are kept.",
  "visit.lacks-words": "Not signed: a “no” does not say what is not right. Your answers are kept.",
  "review.second-not-permitted":
    "Not signed: the registry's permit does not hold the second person's key. Choose somebody else, or renew the permit with a network. What you wrote is kept.",
  "review.second-missing": "a supervisor's decision lacks its second signature",
  "review.unknown-former": "a supervisor's decision speaks of an earlier one that is not on this laptop",
  "review.not-independent": "a supervisor's decision is signed by somebody who marked what it is about",
  "settlement.records": "a settlement does not list its records as it must",
  "settlement.statement-invalid": "a settlement holds words that their author did not sign",
  "settlement.statement-other": "a settlement holds words about another sheet, or somebody's twice",
  "settlement.statement-missing": "a settlement over the sheet of somebody who neither kept nor amended it",
  "settlement.not-leader": "a settlement is signed by somebody who does not lead this panel",
  "item.unknown": "Not recorded: the rubric has no such item.",
  "veto.unknown": "Not recorded: the rubric has no such veto.",
  "evidence.empty": "Not kept: this file is empty. Take the picture again or choose another file.",
  "evidence.not-a-picture": "Not kept: this is no photograph (JPEG or PNG). Choose another file.",
  "evidence.cut-off":
    "Not kept: the end of this photograph is missing. Take it again, or copy the file again.",
  "evidence.broken": "Not kept: this photograph is damaged. Take it again or choose another file.",
  "evidence.too-large":
    "Not kept: this photograph is too large, more than 4 MB even when made smaller. Take it again.",
  "evidence.too-many":
    "Not kept: a score sheet has at most {{most}} photographs. Those kept before are safe.",
  "evidence.full":
    "Not kept: the disk has no room for the photograph. All saved marks and photographs are safe. Make room, then do it again.",
  "evidence.unwritable":
    "Not kept: the photograph could not be written. All saved marks and photographs are safe. Check the disk, then do it again.",
  "evidence.locked": "Not done: what this laptop stores is not unlocked. Sign in first.",
  "evidence.unknown": "Not done: this score sheet has no such photograph.",
  "evidence.missing":
    "The photograph's file is not on this laptop. The marks are not touched by it. Tell the administrator, and keep every copy.",
  "evidence.damaged":
    "The photograph's file is damaged or was changed, and is not shown. The marks are not touched by it. Tell the administrator, and keep every copy.",
  "camera.none": "There is no camera. Connect one and try again, or choose files.",
  "camera.refused":
    "The camera does not open: another program may be using it, or the system does not allow it. Check, then try again, or choose files.",
  "veto.repeated": "Not recorded: this veto is there twice.",
  "mark.unknown-veto": "Not recorded: the rubric has no such veto.",
  "mark.repeated-veto": "Not recorded: this veto is there twice.",
  "mark.kind-mismatch": "Not recorded: this is not how the item is marked.",
  "mark.unknown-item": "Not recorded: the rubric has no such item.",
  "mark.unknown-line": "Not recorded: the item has no such deduction.",
  "mark.repeated-line": "Not recorded: a deduction is there twice.",
  "mark.unknown-group": "Not recorded: the item has no such group of points.",
  "mark.count-mismatch": "Not recorded: the number of readings does not fit the points.",
  "mark.above-max": "Not recorded: above the item's maximum.",
  "mark.not-applicable-refused": 'Not recorded: this item allows no "not applicable".',
  "mark.na-not-allowed": 'Not recorded: this item allows no "not applicable".',
  "mark.incomplete": "Not recorded: the item is not complete.",
  "mark.below-pass": "Below the pass mark",
  "day.nothing-to-seal": "Not sealed: nothing new has been signed.",
  "device.revoked":
    "Not sealed: the registry has revoked this laptop. All saved marks are safe. Contact the registry and enrol again.",
  "device.frozen":
    "Not sealed: the registry has frozen this laptop. All saved marks are safe. Contact the registry.",
  "device.behind":
    "Not sealed: the registry knows later records of this laptop than the laptop itself; it may be an old copy. All saved marks are safe. Contact the registry.",
  "day.not-tallied": "Not sealed: the totals still have to be signed for.",
  "divergence.not-revealed": "Not recorded: the sheets of this candidate are not all signed yet.",
  "divergence.none": "Not recorded: the sheets are within what is allowed.",
  "divergence.settled": "Not recorded: this candidate's panel has settled already.",
  "divergence.not-reviewed": "Not signed: some examiners have not looked at their sheets again yet.",
  "results.incomplete": "Not signed: the sheets or the seal it needs are not there yet.",
  "results.blocked": "Not signed: a rule forbids it.",
  "results.unpublished": "Not recorded: the results have not been approved yet.",
  "day.unexplained": "Not sealed: sheets are missing and nobody said why.",
  "day.too-much": "The batch is above the limit of the registry ({{maxSheets}} sheets): contact the registry",
  "batch.unknown": "Not sent: this laptop has no such batch.",
  "batch.acknowledged": "Not sent again: the registry has acknowledged it.",
  "drill.not-office":
    "Not done: an administrator or a supervisor holds the drill. All saved marks are safe. Let one of them sign in.",
  "drill.running":
    "Not started: a drill is under way. All saved marks are safe. Wait for it to end, or stop it first.",
  "drill.sitting-open":
    "Not started: there are score sheets on this laptop that are not sealed. All saved marks are safe. Hold the drill once they are.",
  "drill.nothing": "Not signed: no drill has been finished. All saved marks are safe. Hold one first.",
  "drill.not-green":
    "Not prepared: the drill of this laptop has not held, or is too old. What you filled in is still there. Hold a drill first.",
  "roster.forgotten":
    "Not prepared: the preview has expired. What you filled in is kept. Choose the roster file again.",
  "rubric.unknown": "Not prepared: there is no such rubric. Choose again.",
  "rubric.forgotten": "Not kept: choose the file again.",
  "roster.empty": "There is no candidate in it",
  "roster.no-name-column": "There is no name column",
  "roster.no-id-column": "There is no ID number column",
  "roster.repeated-column": "A column is there twice",
  "roster.unreadable": "It cannot be read: not an Excel (.xlsx) or CSV table",
  "roster.too-large": "The file is too large",
  "roster.too-many-rows": "Too many rows: a sitting has at most 5,000 candidates",
  "roster.old-excel": "The old .xls format cannot be read; save it as .xlsx",
  "name.missing": "No name",
  "name.too-long": "The name is longer than 50 characters",
  "id.missing": "No ID number",
  "id.length": "The ID number does not have 18 characters",
  "id.date": "The birth date in the ID number does not exist",
  "id.checksum": "The check digit does not fit: it may be miscopied",
  "id.scientific":
    "The spreadsheet turned the ID number into a figure and lost its end; make the column text",
  "id.duplicate": "The ID number is the same as in an earlier row",
  "id.area-unknown": "The area of the ID number is not known (this is no obstacle)",
  "ticket.duplicate": "The ticket number is the same as in an earlier row",
  "ticket.unreadable": "The ticket number cannot be read",
  "row.malformed": "The row is broken (quotes or columns)",
  "rubric.not-json": "Neither a spreadsheet (.xlsx) nor a JSON file",
  "rubric.too-large": "The file is too large",
  "rubric.unreadable": "The file cannot be read; it may be damaged",
  "rubric.sheet-missing": 'There is no sheet "{{sheet}}"',
  "rubric.column-missing": 'There is no column "{{column}}"',
  "rubric.row-without-item": "This row belongs to no item: no row with a number stands above it",
  "rubric.missing": "This is missing",
  "rubric.invalid": "This is not written as it must be",
  "rubric.unknown-key": "This name is not known",
  "rubric.unknown-kind": "This kind of item is not known",
  "rubric.number": "Not a number that can be kept exactly",
  "rubric.out-of-range": "The number is out of range",
  "rubric.not-a-multiple": "Not a whole multiple of the step or resolution",
  "rubric.duplicate": "This is there twice",
  "rubric.cap-below-amount": "The cap is below a single deduction",
  "rubric.bands-not-ascending": "Tolerance bands must ascend",
  "rubric.band-marks-ascending": "A wider tolerance cannot earn more",
  "rubric.measure-total": "The best marks of the points do not add up to the maximum",
  "rubric.judge-scale": "A judgement item needs the levels 0, 1, 2 and 3",
  "rubric.check-total": "The checks do not add up to the maximum",
  "rubric.position-not-examinable":
    "The level is a post that employers appoint to ({{rung}}); only levels 5 to 1 are assessed",
  "rubric.total": "The maximum marks do not add up to 100",
  "send.earlier-first": "amendments and decisions wait until what they speak of has its receipt",
  "send.no-answer": "the registry did not answer",
  "send.not-a-registry": "what answered is not the registry; the local network may want a login",
  "send.server-error": "the registry cannot handle it at the moment",
  "send.still-missing": "the registry says a part is still missing",
  "send.not-held": "the receipt could not be kept",
  "send.evidence-invalid": "the statement about the evidence does not hold",
  "send.refused-often": "the registry refused it ten times in the same way",
  "contact.not-held": "what the registry said could not be kept",
  "contact.unverified": "the answer's signature does not hold, or it answers another question",
  "revocations.older": "the list of revoked keys is older than the one this laptop has",
  "revocations.rewritten": "the list of revoked keys is not a continuation of the one this laptop has",
  "revocations.other-registry": "the list of revoked keys is another registry's",
  "keyset.older": "the registry's keys are older than those this laptop has",
  "keyset.other-root": "the registry's keys hang on another root than the one that was compared",
  "keyset.other-registry": "the keys are another registry's",
  "anchor.invalid": "the proof from the registry's public log does not hold",
  "anchor.other-leaf": "the receipt names another place in the public log than its own",
  "checkpoint.unreadable": "what the registry shows of its public log is not signed by its log key",
  "checkpoint.behind": "the registry's public log has become shorter than this laptop has seen it",
  "checkpoint.split-view": "the registry's public log is not the one this laptop has seen",
  "send.receipt-invalid": "the receipt's signature does not hold",
  "send.receipt-other-batch": "the receipt speaks of another batch",
  "send.refused.malformed": "the registry cannot read the batch",
  "send.refused.non-canonical": "the batch is not in canonical form",
  "send.refused.unsupported-version": "the registry does not support this version",
  "send.refused.unsupported-suite": "the registry does not support this cipher suite",
  "send.refused.unsupported-media-type": "the registry does not take this kind of content",
  "send.refused.signature-invalid": "the registry finds a signature wrong",
  "send.refused.key-unknown": "the registry does not know the signing key",
  "send.refused.institution-refused": "the rules do not let this institution examine",
  "send.refused.key-refused": "the registry refuses this key",
  "send.refused.key-revoked": "the key was revoked",
  "send.refused.role-not-allowed": "the signer does not hold this role",
  "send.refused.person-unknown": "the registry does not know the signer",
  "send.refused.object-too-large": "one of the files is too large",
  "send.refused.batch-too-large": "the batch is too large",
  "send.refused.wrong-registry": "the batch is meant for another registry",
  "send.refused.enrolment-code-unknown": "the enrolment code is not known",
  "send.refused.enrolment-code-used": "the enrolment code has been used",
  "note.candidate-absent": "the candidate is also recorded as absent",
  "note.candidate-present": "a candidate recorded as absent has a sheet",
  "note.candidate-not-in-permit": "the candidate is not in the roster",
  "note.centre-unknown": "the centre is not known",
  "note.chain-broken": "the chain of records is broken",
  "note.sequence-gap": "an earlier batch has not arrived",
  "note.device-fork": "this laptop sent two different versions",
  "note.device-replaced": "another laptop goes on with this one’s work, and has sent later sheets",
  "note.device-frozen": "this laptop is frozen",
  "note.duplicate-candidate": "two sheets of one examiner for one candidate",
  "note.key-unknown": "the signing key is not known",
  "note.enrolment-pending":
    "the key is not enrolled yet; leader and supervisor vouched for it, and the registry keeps the sheet until it is",
  "note.not-vouched": "the change of panel does not hold: it was not vouched for as it must be",
  "note.approval-missing":
    "a second signature is missing: the panel leader’s on the batch, the approver’s on an amendment, that of whoever confirms a change of roster, or the second person’s on a supervisor’s decision",
  "note.candidate-left": "the candidate had left",
  "note.delta-unfounded": "a change of roster does not fit the absences and departures on record",
  "note.amendment-conflict": "the amendment rests on a record that no longer counts; people decide",
  "note.target-unknown": "the registry has no sheet that this amendment or decision speaks of",
  "note.review-conflict": "the decision does not follow the one that stands; the supervisor signs again",
  "note.review-outdated":
    "what the decision rests on was amended since, or has not come whole; the supervisor signs again",
  "note.settlement-outdated":
    "sheets of the candidate were amended since, or have not all come; the leader signs again over what counts",
  "note.settlement-unfounded": "the sheets are within what is allowed, so there was nothing to settle",
  "note.statement-missing": "an examiner of the panel has neither kept nor amended their sheet",
  "note.statement-invalid":
    "an examiner's words in the settlement are not signed by them, or are about another sheet",
  "note.figures-unknown":
    "an earlier version of the registry judged these sheets and kept no totals to compare",
  "note.reviewer-involved":
    "whoever signed the decision or the visit marked some of these sheets, or is of the panel",
  "note.sitting-unknown": "the registry has no roster of this sitting",
  "note.visit-incomplete": "the visit does not answer its checklist item by item",
  "note.key-revoked": "the signing key was revoked",
  "note.key-refused": "the signing key is refused",
  "note.scope-refused": "the sitting lies outside the scope of the institution",
  "note.examiner-conflicted": "the examiner had to stand aside for this candidate",
  "note.non-canonical": "not in canonical form",
  "note.malformed": "cannot be read",
  "note.permit-unknown": "the permit is not known",
  "note.permit-expired": "the permit has expired",
  "note.role-not-allowed": "the signer does not hold this role",
  "note.rubric-mismatch": "the rubric does not fit the record",
  "note.rubric-unknown": "the registry does not have this rubric",
  "note.signature-invalid": "the signature does not hold",
  "note.total-mismatch": "the total does not follow from the items",
  "note.build-unknown": "the program's build is not known",
  "note.person-unknown": "the signer is not known",
  "note.unsupported-version": "the version is not supported",
  "note.hash-mismatch": "the content does not fit its hash",
  "note.root-mismatch": "the records do not fit the batch's root",
  "note.count-mismatch": "the counts do not fit what the batch says",
  "note.object-undecryptable": "one of the files cannot be decrypted",
  other: "Not done: the program failed ({{code}}). All saved marks are safe. Try once more.",
};
