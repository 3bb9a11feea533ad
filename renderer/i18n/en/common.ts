import type { Translated } from "../words.ts";
import type { common as zh } from "../zh-CN/common.ts";

export const common: Translated<typeof zh> = {
  product: "Jiangping",
  demo: "Demonstration",
  cancel: "Cancel",
  close: "Close",
  back: "Back",
  retry: "Try again",
  none: "None",
  all: "All",
  blank: "—",
  messages: "Messages",
  dismiss: "Put the message away",
  keys: "Keys",
  points: "{{mark}} points",
  role: {
    examiner: "Examiner",
    panelLeader: "Panel leader",
    supervisor: "Supervisor",
    administrator: "Administrator",
    tally: "Tally clerk",
  },
};
