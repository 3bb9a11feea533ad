// Version 2. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// Rows are sealed: beside the seal lies in clear only what has an index here, and the key.
export const version002 = {
  number: 2,
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
