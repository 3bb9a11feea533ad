import { appChannels } from "./app.ts";
import { cameraChannels } from "./camera.ts";
import { carrierChannels } from "./carrier.ts";
import { centreChannels } from "./centre.ts";
import { dayChannels } from "./day.ts";
import { evidenceChannels } from "./evidence.ts";
import { drillChannels } from "./drill.ts";
import { journalChannels } from "./journal.ts";
import { mediumChannels } from "./medium.ts";
import { paperChannels } from "./paper.ts";
import { peopleChannels } from "./people.ts";
import { qualityChannels } from "./quality.ts";
import { resultChannels } from "./results.ts";
import { reviewChannels } from "./review.ts";
import { sessionChannels } from "./session.ts";
import { sheetChannels } from "./sheet.ts";
import { sittingChannels } from "./sitting.ts";
import { supervisionChannels } from "./supervision.ts";
import { transcriptionChannels } from "./transcription.ts";

export * from "./app.ts";
export * from "./camera.ts";
export * from "./carrier.ts";
export * from "./centre.ts";
export * from "./channel.ts";
export * from "./confirm.ts";
export * from "./day.ts";
export * from "./drill.ts";
export * from "./events.ts";
export * from "./evidence.ts";
export * from "./journal.ts";
export * from "./medium.ts";
export * from "./paper.ts";
export * from "./people.ts";
export * from "./quality.ts";
export * from "./results.ts";
export * from "./review.ts";
export * from "./session.ts";
export * from "./sheet.ts";
export * from "./sitting.ts";
export * from "./supervision.ts";
export * from "./transcription.ts";

/** Everything the app window may ask. */
export const windowChannels = {
  ...appChannels,
  ...centreChannels,
  ...sessionChannels,
  ...journalChannels,
  ...sittingChannels,
  ...sheetChannels,
  ...cameraChannels,
  ...evidenceChannels,
  ...dayChannels,
  ...drillChannels,
  ...mediumChannels,
  ...paperChannels,
  ...peopleChannels,
  ...resultChannels,
  ...reviewChannels,
  ...carrierChannels,
  ...supervisionChannels,
  ...transcriptionChannels,
  ...qualityChannels,
} as const;
export type WindowChannels = typeof windowChannels;
