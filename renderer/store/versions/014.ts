// Version 14. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// What supervisors decided is a table of its own, by sitting.
export const version014 = {
  number: 14,
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
    meta: "",
  },
} as const;
