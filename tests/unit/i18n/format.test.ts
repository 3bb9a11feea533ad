import { expect, test } from "vitest";
import {
  formatCount,
  formatDay,
  formatDuration,
  formatMark,
  formatTime,
} from "../../../renderer/i18n/index.ts";

test("a day is the day in Shanghai, in both languages", () => {
  expect(formatDay("2026-11-23", "zh-CN")).toBe("2026年11月23日");
  expect(formatDay("2026-11-23", "en")).toBe("23 November 2026");
});

test("a time is the time in Shanghai, whatever the laptop's zone", () => {
  expect(formatTime(Date.UTC(2026, 10, 23, 16, 5), "zh-CN")).toBe("00:05");
  expect(formatTime(Date.UTC(2026, 10, 23, 10, 42), "en")).toBe("18:42");
});

test("time left counts whole seconds down and never goes below zero", () => {
  expect(formatDuration(8_076_999)).toBe("2:14:36");
  expect(formatDuration(276_000)).toBe("4:36");
  expect(formatDuration(-1)).toBe("0:00");
});

test("a blank mark is a dash and not 0", () => {
  expect(formatMark(null)).toBe("—");
  expect(formatMark("")).toBe("—");
  expect(formatMark("0")).toBe("0");
});

test("counts are grouped by thousands", () => {
  expect([0, 999, 1288, 1234567].map(formatCount)).toEqual(["0", "999", "1,288", "1,234,567"]);
});
