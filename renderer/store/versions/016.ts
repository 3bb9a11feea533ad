// Version 16. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A sheet has the pauses of its time.
export const version016 = {
  number: 16,
  tables: {
    centre: "",
    people: "",
    rubrics: "",
    sittings: "",
    candidates: ",sitting",
    sheets: ",sitting,[candidate+examiner]",
    versions: "",
    reviews: ",sitting",
    batches: "",
    chain: "",
    readiness: "",
    registry: "",
    incidents: "",
    calls: "",
    meta: "",
  },
} as const;
