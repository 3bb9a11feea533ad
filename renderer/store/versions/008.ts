// Version 8. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// Versions of sheets that came from other laptops have a table. A sheet says where it was signed, a batch whether it was
// carried or copied to a stick, a sitting who prepared it, a permit when it begins.
export const version008 = {
  number: 8,
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
    meta: "",
  },
} as const;
