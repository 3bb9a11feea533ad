// Version 12. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A sheet keeps its amendments and what was signed first; a sitting counts how often what counts was changed.
export const version012 = {
  number: 12,
  tables: {
    centre: "",
    people: "",
    rubrics: "",
    sittings: "",
    candidates: ",sitting",
    sheets: ",sitting,[candidate+examiner]",
    versions: "",
    batches: "",
    chain: "",
    readiness: "",
    registry: "",
    meta: "",
  },
} as const;
