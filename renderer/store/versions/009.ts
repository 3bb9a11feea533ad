// Version 9. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// What the registry said of itself has a table; a batch says what it still owes, and which receipts came before.
export const version009 = {
  number: 9,
  tables: {
    centre: "",
    people: "",
    rubrics: "",
    sittings: "",
    candidates: ",sitting",
    sheets: ",sitting,[candidate+examiner]",
    versions: "",
    batches: "",
    chain: "",
    readiness: "",
    registry: "",
    meta: "",
  },
} as const;
