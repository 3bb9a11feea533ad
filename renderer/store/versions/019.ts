// Version 19. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// A sitting says where visits of supervisors to its room stand in the chain.
export const version019 = {
  number: 19,
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
    incidents: "",
    calls: "",
    transcriptions: "",
    meta: "",
  },
} as const;
