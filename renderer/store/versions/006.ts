// Version 6. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A person says what was stated when they were added here and whether they were ended, a sitting who took whose place.
export const version006 = {
  number: 6,
  tables: {
    centre: "",
    people: "",
    rubrics: "",
    sittings: "",
    candidates: ",sitting",
    sheets: ",sitting,[candidate+examiner]",
    batches: "",
    chain: "",
    meta: "",
  },
} as const;
