// Version 15. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A candidate has what the day changed of the roster, and an absence says where it was signed. The room record and the calls
// for the leader have tables.
export const version015 = {
  number: 15,
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
