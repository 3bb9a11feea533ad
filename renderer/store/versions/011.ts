// Version 11. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A batch says where the public log has it; what the registry said of its log is kept where it did not fit.
export const version011 = {
  number: 11,
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
