// The preload of the hidden window whose store a fire drill wipes: what the page may ask, and nothing of the app window's.
import { drillPageChannelNames } from "#shared/ipc/names";
import { exposeBridge } from "./bridge.ts";

exposeBridge(drillPageChannelNames, []);
