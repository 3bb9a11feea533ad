// Version 15. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A candidate has what the day changed of the roster, and an absence says where it was signed.
export const version015 = {
  number: 15,
  tables: {
    centre: "",
    people: "",
    rubrics: "",
    sittings: "",
    candidates: ",sitting",
    sheets: ",sitting,[candidate+examiner]",
    versions: "",
    reviews: ",sitting",
    batches: "",
    chain: "",
    readiness: "",
    registry: "",
    meta: "",
  },
} as const;
