// Version 1. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// Keys are out of line, so a row is exactly what the fold made. Indexes are in clear; only what is looked up has one.
export const version001 = {
  number: 1,
  tables: {
    centre: "",
    people: "",
    rubrics: "",
    sittings: "",
    candidates: ",sitting",
    sheets: ",sitting,candidate,[candidate+examiner]",
    batches: ",sitting",
    chain: "",
    meta: "",
  },
} as const;
