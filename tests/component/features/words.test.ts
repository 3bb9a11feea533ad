// Every refusal the window can be given has words in both languages: walked from the channels, not from a list kept
// beside them.
import { expect, test } from "vitest";
import { windowChannels } from "#shared/ipc";
import { INTENT_REFUSALS } from "#shared/journal";
import { PROBLEMS } from "#shared/sync";
import { errors as en } from "../../../renderer/i18n/en/errors.ts";
import { errors as zh } from "../../../renderer/i18n/zh-CN/errors.ts";

const CODES_OF_RULES = [
  ...["name.missing", "name.too-long", "id.missing", "id.length", "id.date", "id.checksum", "id.scientific"],
  ...["id.duplicate", "id.area-unknown", "ticket.duplicate", "row.malformed"],
  ...["roster.empty", "roster.no-name-column", "roster.no-id-column", "roster.repeated-column"],
  ...["roster.unreadable", "roster.too-large", "roster.too-many-rows", "roster.old-excel"],
  ...["mark.unknown-group", "mark.na-not-allowed", "mark.unknown-item"],
  ...["rubric.not-json", "rubric.too-large", "rubric.missing", "rubric.invalid", "rubric.unknown-key"],
  ...[
    "rubric.unknown-kind",
    "rubric.number",
    "rubric.out-of-range",
    "rubric.not-a-multiple",
    "rubric.duplicate",
  ],
  ...["rubric.cap-below-amount", "rubric.bands-not-ascending", "rubric.band-marks-ascending"],
  ...["rubric.measure-total", "rubric.judge-scale", "rubric.check-total", "rubric.total"],
  ...["send.no-answer", "send.not-a-registry", "send.server-error", "send.still-missing", "send.not-held"],
  ...["send.receipt-invalid", "send.receipt-other-batch"],
  ...["store.newer", "store.full", "store.failed", "ipc.bad-input", "ipc.bad-sender", "internal.bug"],
  "day.too-much",
];
const NOTES = [
  ...["total-mismatch", "rubric-unknown", "rubric-mismatch", "duplicate-candidate", "sequence-gap"],
  ...["candidate-absent", "candidate-present", "candidate-not-in-permit", "centre-unknown", "chain-broken"],
  ...["approval-missing", "permit-unknown", "permit-expired", "build-unknown"],
  ...["root-mismatch", "count-mismatch", "object-undecryptable", "hash-mismatch", "malformed"],
];

const codes = [
  ...Object.values(windowChannels).flatMap(({ refusals }) => [...refusals]),
  ...INTENT_REFUSALS,
  ...CODES_OF_RULES,
  ...Object.entries(PROBLEMS).flatMap(([code, { then }]) =>
    then === "stop" ? [`send.refused.${code}`] : [],
  ),
  ...NOTES.map((code) => `note.${code}`),
];

test.each([
  ["zh-CN", zh],
  ["en", en],
])("no code is without words in %s", (_locale, words) => {
  const without = [...new Set(codes)].filter((code) => !Object.hasOwn(words, code));
  expect(without).toEqual([]);
});
