// Version 18. Frozen: a shipped version is never edited, imports nothing and is followed by the next number.
// What a divergent panel said and its leader settled says whether it was signed, and what the registry answered.
export const version018 = {
  number: 18,
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
