// The preload of main's own small window, where PINs are typed. It knows no channel of the app window (rulings 2).
import { confirmChannelNames, confirmEventNames } from "#shared/ipc/names";
import { exposeBridge } from "./bridge.ts";

exposeBridge(confirmChannelNames, confirmEventNames);
