// Everything by stick.
import type { carrierChannels, HandlersFor, InputOf, WindowChannels } from "#shared/ipc";
import type { SittingId } from "#shared/base";
import type { Answer } from "./answer.ts";

export interface CarrierActs {
  exportBatches(): Answer<"stick.exportBatches">;
  shareSitting(sitting: SittingId): Answer<"stick.shareSitting">;
  shareSheets(sitting: SittingId): Answer<"stick.shareSheets">;
  receive(): Answer<"stick.receive">;
  choose(input: InputOf<WindowChannels["sheet.choose"]>): Answer<"sheet.choose">;
}

export const carrierHandlers = (carrier: CarrierActs): HandlersFor<typeof carrierChannels> => ({
  "stick.exportBatches": () => carrier.exportBatches(),
  "stick.shareSitting": ({ sitting }) => carrier.shareSitting(sitting),
  "stick.shareSheets": ({ sitting }) => carrier.shareSheets(sitting),
  "stick.receive": () => carrier.receive(),
  "sheet.choose": (input) => carrier.choose(input),
});
