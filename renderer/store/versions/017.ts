// Version 17. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// Paper sheets that two people type have a table.
export const version017 = {
  number: 17,
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
    transcriptions: "",
    meta: "",
  },
} as const;
