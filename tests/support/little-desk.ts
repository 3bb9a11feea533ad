// A desk in memory, opened on the demonstration: everything main does behind its channels, without a window or a disk.
import { gunzipSync } from "node:zlib";
import { bytesToHex, Day, ok, PersonId, PublicKeyHex, refuse, type Bytes } from "#shared/base";
import { openObject } from "#shared/crypto";
import type { ItemInput, ReferencePack } from "#shared/exam";
import { sampleRubrics } from "#shared/rules";
import { rubricHash, type KeyLookup } from "#shared/wire";
import { copyToStick, createSealedBytes, readFromStick } from "../../electron/outbox/index.ts";
import { createFaultyStick } from "./faulty-stick.ts";
import {
  createCarrier,
  createCentre,
  createDay,
  createLaterReceipts,
  createCamera,
  createEvidence,
  createMarking,
  createPeople,
  createQuality,
  createAmendments,
  createResults,
  createSettlements,
  createReviews,
  createSerial,
  createSessions,
  createIncidents,
  createRosterChanges,
  createSeats,
  createSignatures,
  createSittings,
  createSubstitutes,
  createSupervision,
  createTranscriptions,
  createVisits,
  type Files,
  type QualityOrder,
} from "../../electron/desk/index.ts";
import {
  createAnsweringPerson,
  createMemoryEvidence,
  createMemoryJournal,
  createMemoryKeys,
  createMemoryRegistry,
  TEST_ENVIRONMENT,
  valueOf,
} from "./desk-harness.ts";
import { createRandom } from "#shared/base";
import { seededInputs } from "./seeded-marks.ts";

export const ADMINISTRATOR = PersonId.parse("p-01");
export const SUPERVISOR = PersonId.parse("p-02");
export const LEADER = PersonId.parse("p-04");
export const EXAMINER = PersonId.parse("p-05");
const [ceramic] = sampleRubrics();

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** Several desks of one registry are laptops of one centre. */
export async function openDesk(
  reference?: ReferencePack,
  of?: Awaited<ReturnType<typeof createMemoryRegistry>>,
) {
  const journal = createMemoryJournal();
  const keys = createMemoryKeys();
  const person = createAnsweringPerson();
  const registry = of ?? (await createMemoryRegistry(reference));
  const serial = createSerial();
  const env = TEST_ENVIRONMENT;
  const sessions = createSessions({
    journal,
    keys,
    confirm: person,
    registry,
    env,
    registryUrl: (opened) => opened.registry.url,
  });
  const shared = { journal, keys, confirm: person, registry, env, serial, sessions };
  const files: Files = {
    chooseRoster: () => Promise.resolve(null),
    chooseRubric: () => Promise.resolve(null),
    readRoster: () => Promise.reject(new Error("not used here")),
    readRubric: () => Promise.reject(new Error("not used here")),
    saveRubric: () => Promise.reject(new Error("not used here")),
  };
  const outbox = {
    send: () => undefined,
    contact: () => undefined,
    progress: () => [],
    link: () => ({ contact: null, isContacting: false, trouble: null, halted: null }),
    testLink: () => Promise.resolve(refuse({ code: "registry.unreachable" as const })),
  };
  const centre = createCentre({ ...shared, demonstrationUrl: "http://127.0.0.1:1" });
  const sittings = createSittings({ ...shared, files });
  const marking = createMarking(shared);
  const signatures = createSignatures(shared);
  const amendments = createAmendments(shared);
  const evidenceFiles = createMemoryEvidence();
  const camera = createCamera(shared);
  const evidence = createEvidence({ ...shared, files: evidenceFiles });
  const day = createDay({ ...shared, outbox, evidence: evidenceFiles });
  const results = createResults(shared);
  const settlements = createSettlements(shared);
  const reviews = createReviews(shared);
  const people = createPeople(shared);
  const laterReceipts = createLaterReceipts({ ...shared, registryUrl: (opened) => opened.registry.url });
  const substitutes = createSubstitutes(shared);
  const supervision = createSupervision(shared);
  const visits = createVisits({ ...shared, supervision });
  const transcriptions = createTranscriptions({ ...shared, files: evidenceFiles });
  const reports: QualityOrder[] = [];
  const quality = createQuality({
    ...shared,
    supervision,
    press: (order) => {
      reports.push(order);
      return Promise.resolve(ok({ outcome: "saved" as const, fileName: order.fileName }));
    },
  });
  const rosterChanges = createRosterChanges(shared);
  const incidents = createIncidents(shared);
  const seats = createSeats(shared);
  valueOf(await centre.tryDemonstration());
  if (!ceramic) throw new Error("no sample rubric");
  const rubric = ceramic;

  const signIn = async (id: PersonId) => {
    person.answer(keys.demoPin(id));
    valueOf(await sessions.open(id));
  };
  const pickRoster = async () => {
    const pick = valueOf(await sittings.pickDemonstrationRoster());
    if (pick.outcome !== "preview") throw new Error("no preview");
    return pick.preview.token;
  };
  const draft = (panel: PersonId[]) => ({
    day: Day.parse("2026-11-23"),
    rubric: rubricHash(rubric),
    panel: panel.map((member) => ({ person: member, leader: member === LEADER })),
    perRotation: 5,
    supervisor: SUPERVISOR,
    observed: true,
    mitigation: null,
  });
  const prepare = async (panel: PersonId[]) => {
    await signIn(ADMINISTRATOR);
    const token = await pickRoster();
    return valueOf(await sittings.prepare(draft(panel), token)).sitting;
  };
  const openSheet = async () => {
    const sitting = await prepare([LEADER]);
    await signIn(LEADER);
    const candidate = journal.view.rows("candidates").find(({ no }) => no === 1);
    if (!candidate) throw new Error("no candidate");
    valueOf(await marking.append([{ kind: "conflict.declare", sitting, candidates: [] }]));
    valueOf(await marking.append([{ kind: "sheet.open", sitting, candidate: candidate.ref }]));
    const [sheet] = journal.view.rows("sheets");
    if (!sheet) throw new Error("no sheet");
    return sheet.id;
  };
  const markedSheet = async () => {
    const sheet = await openSheet();
    const inputs: [number, ItemInput][] = [...seededInputs(rubric, createRandom(7))];
    valueOf(await marking.append(inputs.map(([item, input]) => ({ kind: "mark.set", sheet, item, input }))));
    return sheet;
  };
  const signedSheet = async () => {
    const sheet = await markedSheet();
    person.answer(keys.demoPin(LEADER));
    valueOf(await signatures.signSheet(sheet));
    return sheet;
  };
  const lookup = (): KeyLookup => (kid) => {
    const device = keys.device();
    if (device?.kid === kid) {
      return { kid, pub: PublicKeyHex.parse(bytesToHex(device.publicKey)), roles: ["device"] };
    }
    const row = journal.view.rows("people").find(({ key }) => key?.kid === kid);
    return row?.key ? { kid, pub: row.key.pub, roles: row.roles } : undefined;
  };
  const open = async (object: Bytes | undefined) => {
    const device = keys.device();
    if (!object || !device) throw new Error("no object");
    return gunzipSync(valueOf(await openObject(object, registry.transportSecret, device.kid)));
  };
  const stick = createFaultyStick();
  let chosen: { folder: string | null; file: string | null } = { folder: "/stick", file: null };
  let names = 0;
  const carrier = createCarrier({
    ...shared,
    bytes: createSealedBytes({
      view: journal.view,
      attachments: (seq) => journal.attachments(seq),
      sealedPicture: () => Promise.resolve(undefined),
    }),
    stick: {
      copy: (folder, frames, onProgress) =>
        copyToStick({ folder, frames, newName: () => `${(names += 1)}.ertb`, onProgress }, stick.io),
      read: (file, take) => readFromStick(file, stick.io, take),
    },
    chooseFolder: () => Promise.resolve(chosen.folder),
    chooseBundle: () => Promise.resolve(chosen.file),
    isOwnFolder: (folder) => folder === "/own",
    onProgress: () => undefined,
  });
  return {
    carrier,
    stick,
    choose: (next: Partial<typeof chosen>) => {
      chosen = { ...chosen, ...next };
    },
    journal,
    keys,
    person,
    sessions,
    centre,
    files,
    sittings,
    marking,
    signatures,
    amendments,
    camera,
    evidence,
    evidenceFiles,
    transportSecret: registry.transportSecret,
    day,
    results,
    settlements,
    reviews,
    people,
    substitutes,
    quality,
    /** What went to the press. */
    reports,
    supervision,
    visits,
    transcriptions,
    rosterChanges,
    incidents,
    seats,
    laterReceipts,
    registry,
    signIn,
    pickRoster,
    draft,
    prepare,
    openSheet,
    markedSheet,
    signedSheet,
    lookup,
    open,
  };
}
