// The names of all channels and events, without the schemas behind them: a preload carries names, not a parser. The
// compiler refuses a name too many or too few, because each list must have exactly the keys of the contract.
import type {
  AppEvents,
  confirmChannels,
  ConfirmEvents,
  drillPageChannels,
  WindowChannels,
} from "../index.ts";

export { STORE_KEY_ASK, STORE_KEY_CHANNEL } from "./store-key.ts";

export const windowChannelNames = namesOf<keyof WindowChannels>({
  "app.describe": true,
  "app.readClock": true,
  "app.chooseLocale": true,
  "app.exportDiagnostics": true,
  "app.exportStored": true,
  "app.restart": true,
  "app.discardStore": true,
  "centre.tryDemonstration": true,
  "centre.contact": true,
  "centre.enrol": true,
  "centre.takeOver": true,
  "centre.enrolAgain": true,
  "session.describe": true,
  "session.open": true,
  "session.active": true,
  "session.close": true,
  "journal.append": true,
  "journal.read": true,
  "rubric.keep": true,
  "rubric.pickFile": true,
  "rubric.saveTable": true,
  "roster.pickFile": true,
  "roster.pickDemonstration": true,
  "sitting.review": true,
  "sitting.prepare": true,
  "attendance.requestAbsence": true,
  "seats.commit": true,
  "seats.draw": true,
  "roster.requestChange": true,
  "incident.record": true,
  "sheet.requestSignature": true,
  "sheet.requestAmendment": true,
  "evidence.add": true,
  "evidence.read": true,
  "camera.use": true,
  "day.seal": true,
  "outbox.send": true,
  "outbox.describe": true,
  "drill.describe": true,
  "drill.start": true,
  "drill.stop": true,
  "drill.sign": true,
  "drill.savePdf": true,
  "paper.save": true,
  "paper.check": true,
  "transcription.read": true,
  "transcription.begin": true,
  "transcription.addPage": true,
  "transcription.finish": true,
  "receipt.askLater": true,
  "outbox.contact": true,
  "outbox.testLink": true,
  "medium.describe": true,
  "medium.choose": true,
  "medium.forget": true,
  "recovery.make": true,
  "people.add": true,
  "people.end": true,
  "people.resetPin": true,
  "panel.review": true,
  "panel.substitute": true,
  "results.signOff": true,
  "divergence.uphold": true,
  "divergence.settle": true,
  "recheck.review": true,
  "recheck.record": true,
  "review.decide": true,
  "review.list": true,
  "stick.exportBatches": true,
  "stick.shareSitting": true,
  "stick.shareSheets": true,
  "stick.receive": true,
  "sheet.choose": true,
  "supervision.flags": true,
  "supervision.count": true,
  "supervision.timeline": true,
  "visit.list": true,
  "visit.sign": true,
  "quality.describe": true,
  "quality.save": true,
});

export const appEventNames = namesOf<keyof AppEvents>({
  "journal.appended": true,
  "session.changed": true,
  "medium.changed": true,
  "drill.changed": true,
  "outbox.progress": true,
  "stick.progress": true,
  "outbox.link": true,
});

export const confirmChannelNames = namesOf<keyof typeof confirmChannels>({
  "confirm.describe": true,
  "confirm.answer": true,
  "confirm.export": true,
  "confirm.decline": true,
});

export const confirmEventNames = namesOf<keyof ConfirmEvents>({
  "confirm.requested": true,
  "confirm.closed": true,
});

export const drillPageChannelNames = namesOf<keyof typeof drillPageChannels>({
  "drill.readEntries": true,
  "drill.showRows": true,
});

function namesOf<K extends string>(names: Readonly<Record<K, true>>): readonly string[] {
  return Object.freeze(Object.keys(names));
}
