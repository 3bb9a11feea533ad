// The names that preloads carry are those of the contract.
import { expect, test } from "vitest";
import { appEvents, confirmChannels, confirmEvents, drillPageChannels, windowChannels } from "#shared/ipc";
import {
  appEventNames,
  confirmChannelNames,
  confirmEventNames,
  drillPageChannelNames,
  windowChannelNames,
} from "#shared/ipc/names";

test.each([
  ["window channels", windowChannelNames, windowChannels],
  ["channels of the drill's page", drillPageChannelNames, drillPageChannels],
  ["app events", appEventNames, appEvents],
  ["confirm channels", confirmChannelNames, confirmChannels],
  ["confirm events", confirmEventNames, confirmEvents],
])("the names of the %s are exactly those of the contract, frozen", (_what, names, contract) => {
  expect([...names].sort()).toEqual(Object.keys(contract).sort());
  expect(Object.isFrozen(names)).toBe(true);
});

test("the app window has no name of the confirmation window, nor the other way round", () => {
  expect(windowChannelNames.filter((name) => confirmChannelNames.includes(name))).toEqual([]);
});
