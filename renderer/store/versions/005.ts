// Version 5. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A sheet holds its evidence.
export const version005 = {
  number: 5,
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
