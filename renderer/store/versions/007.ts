// Version 7. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// The newest fire drill of each device has a table.
export const version007 = {
  number: 7,
  tables: {
    centre: "",
    people: "",
    rubrics: "",
    sittings: "",
    candidates: ",sitting",
    sheets: ",sitting,[candidate+examiner]",
    batches: "",
    chain: "",
    readiness: "",
    meta: "",
  },
} as const;
