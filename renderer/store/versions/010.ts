// Version 10. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// The chain keeps the last checkpoint of the public log that this laptop verified.
export const version010 = {
  number: 10,
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
