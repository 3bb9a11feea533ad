// Version 13. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A candidate has what the members of a divergent panel said of their sheets, and what the leader recorded.
export const version013 = {
  number: 13,
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
