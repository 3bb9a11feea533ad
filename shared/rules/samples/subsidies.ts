// Two published tables, for the demonstration and as the pattern of a place's own file (domain 9).
import { z } from "zod";
import { SubsidyTable } from "#shared/exam";
import wuxi from "./subsidies/wuxi-assessment.json" with { type: "json" };
import xiamen from "./subsidies/xiamen-training.json" with { type: "json" };

export function sampleSubsidyTables(): SubsidyTable[] {
  return z.array(SubsidyTable).parse([xiamen, wuxi]);
}
