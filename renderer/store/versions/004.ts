// Version 4. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A sitting says how it stays fair where the institution taught its candidates.
export const version004 = {
  number: 4,
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
