// The app window's preload.
import { appEventNames, windowChannelNames } from "#shared/ipc/names";
import { exposeBridge } from "./bridge.ts";

exposeBridge(windowChannelNames, appEventNames);
