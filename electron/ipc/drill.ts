// The fire drill, and the page of its hidden window.
import { ok } from "#shared/base";
import type { drillChannels, drillPageChannels, HandlersFor, InputOf, OutputOf } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface DrillActs {
  describe(): Answer<"drill.describe">;
  start(): Answer<"drill.start">;
  stop(): Answer<"drill.stop">;
  sign(): Answer<"drill.sign">;
  savePdf(): Answer<"drill.savePdf">;
}

export const drillHandlers = (drill: DrillActs): HandlersFor<typeof drillChannels> => ({
  "drill.describe": () => drill.describe(),
  "drill.start": () => drill.start(),
  "drill.stop": () => drill.stop(),
  "drill.sign": () => drill.sign(),
  "drill.savePdf": () => drill.savePdf(),
});

type PageChannels = typeof drillPageChannels;

export interface DrillPageActs {
  readEntries(after: number): Promise<OutputOf<PageChannels["drill.readEntries"]>>;
  showRows(shown: InputOf<PageChannels["drill.showRows"]>): void;
}

export const drillPageHandlers = (acts: DrillPageActs): HandlersFor<PageChannels> => ({
  "drill.readEntries": async ({ after }) => ok(await acts.readEntries(after)),
  "drill.showRows": (shown) => {
    acts.showRows(shown);
    return Promise.resolve(ok({}));
  },
});
