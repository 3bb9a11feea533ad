// Where a person may go, by the same questions that the screens ask: what is not theirs is not among them.
import { hasRole, isOnPanel, panelLeaderOf } from "#shared/exam";
import {
  answersForDay,
  leadsCheckIn,
  mayReadVisits,
  sitsAtTable,
  supervisionOffice,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import type { TextKey } from "../i18n/index.ts";
import { closesDays } from "./Head.tsx";
import { HOME, type Place } from "./place.ts";

export interface PlaceOffered {
  readonly place: Place;
  readonly words: Extract<
    TextKey,
    | `app.${"day" | "people" | "sync"}`
    | `${"practice" | "paper" | "checkIn" | "sticks" | "room" | "board" | "supervision" | "visit"}.open`
    | "day.prepare"
    | "day.mark"
    | "day.record"
    | "day.close"
    | "panel.title"
    | "drill.title"
  >;
  /** Whose place it is, where it is a sitting's. */
  readonly sitting: SittingRow | null;
}

export function placesFor(me: PersonRow, sittings: readonly SittingRow[]): PlaceOffered[] {
  const isAdministrator = hasRole(me, "administrator");
  const isOffice = isAdministrator || hasRole(me, "supervisor");
  const everywhere = (place: Place, words: PlaceOffered["words"], may = true): PlaceOffered[] =>
    may ? [{ place, words, sitting: null }] : [];
  return [
    ...everywhere(HOME, "app.day"),
    ...sittings.flatMap((sitting) => placesOf(me, sitting)),
    ...everywhere({ kind: "prepare" }, "day.prepare", isAdministrator),
    ...everywhere({ kind: "practice" }, "practice.open"),
    ...everywhere({ kind: "sticks" }, "sticks.open"),
    ...everywhere({ kind: "paper" }, "paper.open"),
    ...everywhere({ kind: "people" }, "app.people", closesDays(me)),
    ...everywhere({ kind: "sync" }, "app.sync", closesDays(me)),
    ...everywhere({ kind: "drill" }, "drill.title", isOffice),
  ];
}

function placesOf(me: PersonRow, sitting: SittingRow): PlaceOffered[] {
  const { id } = sitting;
  const of = (place: Place, words: PlaceOffered["words"], may: boolean): PlaceOffered[] =>
    may ? [{ place, words, sitting }] : [];
  return [
    ...of(
      { kind: "marking", sitting: id, candidate: null },
      panelLeaderOf(sitting) === me.id ? "day.record" : "day.mark",
      isOnPanel(sitting, me.id),
    ),
    ...of(
      { kind: "panel", sitting: id, candidate: null },
      "panel.title",
      sitting.panel.length > 1 && sitsAtTable(me.id, sitting),
    ),
    ...of({ kind: "checkIn", sitting: id }, "checkIn.open", leadsCheckIn(me, sitting).ok),
    ...of({ kind: "room", sitting: id }, "room.open", true),
    ...of(
      { kind: "review", sitting: id, sheet: null },
      "supervision.open",
      supervisionOffice(me.id, sitting) !== null,
    ),
    ...of({ kind: "onsite", sitting: id }, "visit.open", mayReadVisits(me, sitting)),
    ...of({ kind: "board", sitting: id }, "board.open", answersForDay(me, sitting)),
    ...of({ kind: "closing", sitting: id }, "day.close", hasRole(me, "administrator")),
  ];
}
