// A registry in the middle of a day, as its operator's page is given it: something in every list. Invented throughout.
import { CandidateRef, Day, InstantMs, InstitutionId, Kid, PersonId, SittingId, utf8 } from "#shared/base";
import { hashId } from "#shared/crypto";
import type { Listed } from "../../registry/store/operator-queries.ts";
import type { Decided } from "../../registry/operator/decisions.ts";
import type { Standing } from "../../registry/operator/standing.ts";

const batch = (name: string) => hashId(utf8(name));
const kid = (name: string) => Kid.parse(`ed25519.${batch(name).slice(-32)}`);
const at = (time: string) => InstantMs.parse(Date.parse(`2026-11-25T${time}:00+08:00`));
const [museum, academy] = [InstitutionId.parse("museum"), InstitutionId.parse("academy")];

export const NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  museum: { zh: "闽江博物馆职业技能等级认定中心", en: "Skill certification centre of the Minjiang museum" },
  academy: { zh: "匠作学院认定站", en: "Certification station of the craft academy" },
};

export function listed<T = never>(...rows: readonly T[]): Listed<T> {
  return { rows, unlisted: 0 };
}

const A_DECISION: Decided = {
  ...{ institution: museum, device: kid("a"), sitting: SittingId.parse(`kW4ruzaQ${"A".repeat(14)}`) },
  ...{ day: Day.parse("2026-11-23"), place: 7, seq: 41, hash: batch("3"), basis: batch("4"), follows: null },
  subject: { kind: "candidate", candidate: CandidateRef.parse("c".repeat(32)) },
  ...{ flags: ["too-fast"], decision: "escalate", second: null, words: "录像缺第三项。" },
  ...{ accepted_at: at("17:30"), state: "stands" },
};

export const A_STANDING: Standing = {
  at: at("17:42"),
  today: { batches: 5, accepted: 182 },
  sent: listed(
    {
      institution: museum,
      device: kid("a"),
      batches: 4,
      accepted: 182,
      quarantined: 2,
      waiting: 0,
      last: at("17:40"),
    },
    {
      institution: academy,
      device: kid("b"),
      batches: 1,
      accepted: 0,
      quarantined: 30,
      waiting: 1,
      last: at("16:05"),
    },
  ),
  panels: listed(
    {
      ...{ institution: museum, sitting: SittingId.parse(`kW4ruzaQ${"A".repeat(14)}`), sheets: 3 },
      ...{ day: Day.parse("2026-11-23"), candidate: CandidateRef.parse("e".repeat(32)) },
      ...{ spread: { n: 27, d: 2 }, said: null, unasked: null },
    },
    {
      ...{ institution: museum, sitting: SittingId.parse(`kW4ruzaQ${"A".repeat(14)}`), sheets: 3 },
      ...{ day: Day.parse("2026-11-23"), candidate: CandidateRef.parse("f".repeat(32)) },
      ...{ spread: { n: 31, d: 2 }, said: 2, unasked: 1 },
    },
  ),
  contradictions: listed({
    ...{ institution: museum, sitting: SittingId.parse(`kW4ruzaQ${"A".repeat(14)}`), sheets: 2 },
    ...{ day: Day.parse("2026-11-23"), candidate: CandidateRef.parse("d".repeat(32)) },
  }),
  setAside: listed(
    {
      ...{ institution: academy, device: kid("b"), batch: batch("1"), at: at("16:05"), sheets: 30 },
      notes: [{ code: "approval-missing", count: 1 }],
    },
    {
      ...{ institution: museum, device: kid("a"), batch: batch("2"), at: at("15:31"), sheets: 2 },
      notes: [
        { code: "total-mismatch", count: 1 },
        { code: "enrolment-pending", count: 1 },
      ],
    },
  ),
  visits: listed({
    ...{ institution: museum, device: kid("a"), hash: batch("7"), person: PersonId.parse("p-02") },
    ...{ sitting: SittingId.parse(`kW4ruzaQ${"A".repeat(14)}`), day: Day.parse("2026-11-23") },
    ...{ yes: 11, unseen: 1, found: [{ item: "safety", answer: "no", words: "三号工位没有灭火器" }] },
    ...{ problems: "", suggestions: "增配灭火器", accepted_at: at("17:40") },
  }),
  decisions: { all: listed(A_DECISION), escalated: [A_DECISION] },
  sittings: listed({
    ...{
      institution: museum,
      sitting: SittingId.parse(`kW4ruzaQ${"A".repeat(14)}`),
      day: Day.parse("2026-11-25"),
    },
    ...{ panel: 3, candidates: 30, absent: 1, left: 1, sheets: 60, held: 2 },
  }),
  coming: listed({ institution: museum, device: kid("a"), batch: batch("3"), objects: 2, bytes: 72_435 }),
  evidence: listed({
    institution: museum,
    device: kid("a"),
    batch: batch("4"),
    objects: 9,
    bytes: 21_400_000,
  }),
  gaps: listed({ institution: academy, device: kid("b"), missing: 1 }),
  silent: listed({ institution: academy, device: kid("c") }),
  frozen: listed({ institution: academy, device: kid("d") }),
  pendingKeys: 1,
  revocations: 3,
  waiting: 1,
  checkpoint: {
    origin: "registry.60f3c1d2/results/2026",
    size: 8_120,
    root: "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
  },
};
