// A double-random draw as a registry signs it, over invented registers: a test changes one thing and signs it again, or not.
import { digestToHashId, Day, InstantMs, InstitutionId, NO_HASH, utf8, type Bytes } from "#shared/base";
import { digest, hashId } from "#shared/crypto";
import { InspectorId, type DrawRegister, type InspectionFinding } from "#shared/exam";
import { drawSeed, registerHash } from "#shared/rules";
import {
  canonicalBytes,
  type DrawCommitmentRecord,
  type DrawFindingsRecord,
  type DrawRecord,
} from "#shared/wire";
import { drawFrom } from "../../registry/inspection/draw.ts";
import { registryKeys, signedBy } from "./carried-day.ts";

const AUD = "registry.test";
const SECRET = "5e".repeat(32);
const at = (text: string) => InstantMs.parse(Date.parse(`${text}+08:00`));
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix}${String(n + 1).padStart(2, "0")}`);

export function someRegisters(): DrawRegister {
  const objects = numbered("org-", 30).map((id) => InstitutionId.parse(id));
  const inspectors = numbered("ins-", 8).map((id) => InspectorId.parse(id));
  return {
    objects: objects.map((id, n) => ({
      id,
      name: { zh: `${id} 中心`, en: `Centre ${id}` },
      always: n === 4,
    })),
    inspectors,
    // The first three have an interest everywhere but in one place.
    conflicts: objects
      .slice(1)
      .flatMap((object) =>
        inspectors.slice(0, 3).map((inspector) => ({ inspector, object, reason: "DECLARED" as const })),
      ),
  };
}

export interface ADraw {
  readonly promise: DrawCommitmentRecord;
  readonly draw: DrawRecord;
}

/** `promised` and `drawn` are put over what would be right. */
export function aDraw(promised: Partial<DrawCommitmentRecord> = {}, drawn: Partial<DrawRecord> = {}): ADraw {
  const by = { kid: registryKeys.permits.kid };
  const register = someRegisters();
  const idsHash = (ids: readonly string[]) => digestToHashId(registerHash(ids, digest));
  const promise: DrawCommitmentRecord = {
    ...{ v: 1, aud: AUD, plan: "2026-2", no: 1, prev: NO_HASH, algorithm: "r58-sha256-1" },
    secret: digestToHashId(digest(utf8(SECRET))),
    register: hashId(canonicalBytes(register)),
    objects: idsHash(register.objects.map(({ id }) => id)),
    inspectors: idsHash(register.inspectors),
    rates: { percent: 10, inspectorsPerObject: 2 },
    source: { name: "双色球 2026143 期红球", day: Day.parse("2026-12-10") },
    ...{ at: at("2026-12-01T10:00:00"), by },
    ...promised,
  };
  const [plan, value] = ["2026-2", "03 08 11 19 25 30"];
  const draw: DrawRecord = {
    ...{ v: 1, aud: AUD, plan, commitment: hashId(canonicalBytes(promise)), register, secret: SECRET, value },
    drawn: drawFrom(register, promise.rates, drawSeed(plan, SECRET, value)),
    ...{ at: at("2026-12-11T09:00:00"), by },
    ...drawn,
  };
  return { promise, draw };
}

export function signedDraw({ promise, draw }: ADraw): { readonly promise: Bytes; readonly draw: Bytes } {
  return {
    promise: signedBy("drawCommitment", { ...promise }, [registryKeys.permits]),
    draw: signedBy("draw", { ...draw }, [registryKeys.permits]),
  };
}

const day = (text: string) => Day.parse(text);

/** Of the first institution that was drawn: its venue lacks something, its papers do not. */
export function someFindings({ draw }: Pick<ADraw, "draw">): InspectionFinding[] {
  const object = draw.drawn[0]?.object;
  if (object === undefined) throw new Error("somebody was drawn");
  const days = { inspected: day("2026-12-20"), published: day("2027-01-10"), corrected: null };
  return [
    {
      object,
      matter: "venue",
      found: "三号工位没有灭火器",
      correct: "配齐灭火器",
      due: day("2027-02-01"),
      ...days,
    },
    { object, matter: "papers", found: "齐备", correct: "", due: null, ...days },
  ];
}

/** The first report of a draw; `said` is put over what would be right. */
export function aReport(drawn: ADraw, said: Partial<DrawFindingsRecord> = {}): DrawFindingsRecord {
  const { plan, aud, by } = drawn.draw;
  return {
    ...{ v: 1, aud, plan, draw: hashId(canonicalBytes(drawn.draw)), no: 1, prev: NO_HASH },
    ...{ findings: someFindings(drawn), at: at("2027-01-10T09:00:00"), by },
    ...said,
  };
}

export function signedReport(report: DrawFindingsRecord): Bytes {
  return signedBy("drawFindings", { ...report }, [registryKeys.permits]);
}
