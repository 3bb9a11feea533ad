// The years of the working calendar that ship with the program; not yet checked against the official notices.
import { z } from "zod";
import { WorkingCalendar } from "#shared/exam";
import year2025 from "./holidays-2025.json" with { type: "json" };
import year2026 from "./holidays-2026.json" with { type: "json" };

export function knownCalendars(): WorkingCalendar[] {
  return z.array(WorkingCalendar).parse([year2025, year2026]);
}
