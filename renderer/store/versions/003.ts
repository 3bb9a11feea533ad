// Version 3. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// The centre says which device it goes on with and whether a recovery code was made, a batch which device sealed it.
export const version003 = {
  number: 3,
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
