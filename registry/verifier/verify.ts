// What the given files prove together, or the first thing that is wrong with each. Trust begins with one keyset and goes on
// hand over hand: its keys sign enrolments and permits, those name the keys of laptops and people, and these sign results.
import { wrongIn } from "./draw.ts";
import { findingsFacts, NO_HASH, wrongInFindings } from "./findings.ts";
import { keyIdOf, isSigned, isSound } from "./key.ts";
import { visitFacts, wrongInVisit } from "./on-site.ts";
import type { Item } from "./read.ts";
import { at, listAt, numberAt, textAt, type Json, type SignedRecord } from "./record.ts";
import { comparedIn, givenOf, statementsOf, troubleBeside, troubleIn, type Trouble } from "./settlement.ts";
import { leafHash, readCheckpoint, readProof, rootOf, type Checkpoint, type LogKey } from "./tree.ts";

/** `proves` and `wrong` are final; `open` wants something that was not given. */
export interface Finding {
  readonly from: string;
  readonly verdict: "proves" | "open" | "wrong";
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

type Said = Omit<Finding, "from">;
type RecordItem = Extract<Item, { is: "record" }>;

interface Key {
  readonly pub: Buffer;
  readonly roles: readonly string[];
  /** Whose it is, by permit: centre and person. */
  readonly owners: readonly string[];
}

/** Who may sign what, in the first place (protocol 1.2; rulings 3 and 6). */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  root: ["keyset"],
  permits: ["enrolment", "permit", "draw-commitment", "draw", "draw-findings"],
  receipts: ["receipt", "head", "evidence"],
  revocations: ["revocation", "revocation-list"],
  device: ["batch", "query", "readiness"],
  examiner: ["sheet", "amendment", "upholding"],
  panelLeader: ["attendance", "panel", "delta", "settlement"],
  administrator: ["roster"],
  supervisor: ["review", "supervision"],
};

/** What a permit can make somebody. No office of the registry is given by a permit. */
const PEOPLE = ["examiner", "panelLeader", "supervisor", "administrator", "tally"];

/** What two people sign: where the second one stands, and under which of them (R46, rulings 3). */
const SECOND: Readonly<Record<string, readonly string[]>> = {
  amendment: ["approvedBy", "panelLeader", "supervisor"],
  delta: ["confirmedBy", "supervisor", "administrator"],
  review: ["second", "panelLeader", "supervisor"],
};

export function verifyAll(items: readonly Item[]): Finding[] {
  const records = items.filter((item) => item.is === "record");
  const world = gatherKeys(records);
  const sound = records.map(({ record }) => record).filter((one) => !judgeSignature(one, world.keys));
  const given = gather(items, sound);
  const findings = items.map((item): Finding => ({ from: item.from, ...judge(item, world, given) }));
  return [...findings, ...splitViews(items, world.logKeys)];
}

interface World {
  readonly keys: ReadonlyMap<string, Key>;
  readonly logKeys: readonly LogKey[];
  /** The one that trust begins with; believed or not. */
  readonly keyset: SignedRecord | undefined;
}

/** What was given, looked through once. Of records only those whose signatures stand. */
interface Given {
  /** Those that were asked about longest ago first. */
  readonly receipts: SignedRecord[];
  readonly batches: ReadonlyMap<string, Batch>;
  /** Supervisors' decisions, and what draws were committed to, by the hash that a later record names. */
  readonly reviews: ReadonlyMap<string, SignedRecord>;
  readonly promises: ReadonlyMap<string, SignedRecord>;
  /** Sheets and amendments, by the hash that a settlement names; and permits. */
  readonly sheets: ReadonlyMap<string, SignedRecord>;
  readonly permits: ReadonlyMap<string, SignedRecord>;
  /** Draws, and what was found where they sent somebody, by the same. */
  readonly draws: ReadonlyMap<string, SignedRecord>;
  readonly reports: ReadonlyMap<string, SignedRecord>;
  /** Sizes of sealed objects by their hash. */
  readonly objects: ReadonlyMap<string, number>;
  /** By its hash, every object that a manifest names. */
  readonly named: ReadonlyMap<string, { readonly batch: string; readonly role: string }>;
  /** The batch whose root commits to these very bytes. */
  readonly sealed: ReadonlyMap<SignedRecord, string>;
}

interface Batch {
  readonly manifest: SignedRecord;
  /** Its plain records as far as they are here, in their order; normally none, for they are sealed to the registry. */
  readonly chain: readonly SignedRecord[];
  /** Over all of them; undefined when some are missing. */
  readonly root: string | undefined;
}

function gather(items: readonly Item[], records: readonly SignedRecord[]): Given {
  // Of several with one hash the first: a record's name leaves its signatures out.
  const byHash = (is: (kind: string) => boolean) =>
    new Map(records.flatMap((one) => (is(one.kind) ? [[one.hash, one] as const] : [])).reverse());
  const results = byHash((kind) => RESULTS.has(kind));
  const batches = [...byHash((kind) => kind === "batch").values()].map((one) => batchOf(one, results));
  const receipts = records.filter(({ kind }) => kind === "receipt");
  const objects = new Map(
    items.flatMap((one) => (one.is === "object" ? [[one.hash, one.bytes.length]] : [])),
  );
  const named = new Map<string, { batch: string; role: string }>();
  const sealed = new Map<SignedRecord, string>();
  for (const { manifest, chain, root } of batches) {
    const { value, hash: batch } = manifest;
    for (const one of listAt(value, "objects"))
      named.set(textAt(one, "wire"), { batch, role: textAt(one, "role") });
    if (root === textAt(value, "root")) for (const one of chain) sealed.set(one, batch);
  }
  const byName = new Map(batches.map((batch) => [batch.manifest.hash, batch]));
  const promises = byHash((kind) => kind === "draw-commitment");
  const draws = byHash((kind) => kind === "draw");
  const reports = byHash((kind) => kind === "draw-findings");
  const reviews = byHash((kind) => kind === "review");
  const sheets = byHash((kind) => kind === "sheet" || kind === "amendment");
  const permits = byHash((kind) => kind === "permit");
  const told = { receipts, batches: byName, reviews, promises, draws, reports, sheets, permits };
  return { ...told, objects, named, sealed };
}

const RESULTS: ReadonlySet<string> = new Set([
  "sheet",
  "attendance",
  "panel",
  "roster",
  "amendment",
  "delta",
  "incident",
  "supervision",
  "review",
  "settlement",
]);

function batchOf(manifest: SignedRecord, results: ReadonlyMap<string, SignedRecord>): Batch {
  const range = at(manifest.value, "range");
  const count = numberAt(range, "last") - numberAt(range, "first") + 1;
  const chain: SignedRecord[] = [];
  let next = results.get(textAt(range, "headHash"));
  for (; next && chain.length < count; next = results.get(textAt(next.value, "prev"))) chain.push(next);
  chain.reverse();
  const leaves = chain.length === count ? chain.map(({ bytes }) => bytes) : undefined;
  return { manifest, chain, root: leaves && `sha256:${rootOf(leaves).toString("hex")}` };
}

/** Keys in the order of trust: the keyset's own, then what enrolments and permits signed by them say. */
function gatherKeys(items: readonly RecordItem[]): World {
  const keys = new Map<string, Key>();
  const put = (kid: string, pub: string, roles: readonly string[], ...owners: readonly string[]) => {
    const bytes = Buffer.from(pub, "hex");
    const known = keys.get(kid) ?? { roles: [], owners: [] };
    if (keyIdOf(bytes) !== kid) return;
    const all = (...lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];
    keys.set(kid, { pub: bytes, roles: all(known.roles, roles), owners: all(known.owners, owners) });
  };
  const of = (kind: string) => items.map(({ record }) => record).filter((record) => record.kind === kind);
  const keyset = of("keyset")[0];
  for (const key of listAt(keyset?.value, "keys"))
    put(textAt(key, "kid"), textAt(key, "pub"), [textAt(key, "role")]);
  // A keyset that its own root did not sign says nothing about anybody.
  if (!keyset || judgeSignature(keyset, keys) !== undefined) return { keys: new Map(), logKeys: [], keyset };
  const standing = (kind: string) => of(kind).filter((record) => judgeSignature(record, keys) === undefined);
  for (const { value } of standing("enrolment"))
    put(textAt(value, "device", "kid"), textAt(value, "device", "pub"), ["device"]);
  for (const { value } of standing("permit")) {
    for (const person of listAt(value, "people")) {
      const roles = PEOPLE.filter((role) => listAt(person, "roles").includes(role));
      const owner = `${textAt(value, "centre")} ${textAt(person, "id")}`;
      put(textAt(person, "kid"), textAt(person, "pub"), roles, owner);
    }
  }
  const logKeys = [...keys.values()]
    .filter(({ roles }) => roles.includes("log"))
    .map(({ pub }) => ({ publicKey: pub }));
  return { keys, logKeys, keyset };
}

/** Undefined: every signature stands, and the first is by the key that the record names, in the role it needs. */
function judgeSignature(record: SignedRecord, keys: ReadonlyMap<string, Key>): Said | undefined {
  const [first] = record.signatures;
  const kid = textAt(record.value, "by", "kid");
  if (first?.kid !== kid) return wrong("signer", { kid });
  const names = record.signatures.map((signature) => signature.kid);
  if (new Set(names).size !== names.length) return wrong("signed-twice", { kid });
  // Somebody's own words have one author, whoever the other is.
  if (record.kind === "upholding" && names.length > 1) return wrong("statement-signers", { kid });
  // A key that asks to be enrolled vouches for itself: that shows possession, and nothing about who holds it.
  const own = { "enrol-request": at(record.value, "device"), "person-key": record.value }[record.kind];
  for (const { kid: name, sig } of record.signatures) {
    const pub = textAt(own, "kid") === name ? Buffer.from(textAt(own, "pub"), "hex") : keys.get(name)?.pub;
    if (!pub) return keys.size === 0 ? open("no-keyset", {}) : open("key-unknown", { kid: name });
    if (!isSound(pub)) return wrong("key-unsound", { kid: name });
    if (!isSigned(record.signed, sig, pub)) return wrong("signature", { kid: name });
  }
  const role = Object.keys(SIGNS).find((one) => SIGNS[one]?.includes(record.kind));
  if (own === undefined && role !== undefined && !keys.get(kid)?.roles.includes(role))
    return wrong("role", { kid, role });
  if (record.kind === "incident") return judgeReporter(record, keys);
  if (record.kind === "settlement") return judgeStatements(record, keys);
  return isOfTwo(record) ? judgeSecond(record, keys) : undefined;
}

/** Anybody of the centre reports what they saw, alone, in a role that they hold. */
function judgeReporter({ value, signatures }: SignedRecord, keys: World["keys"]): Said | undefined {
  const [kid, role] = [textAt(value, "by", "kid"), textAt(value, "by", "role")];
  const isHeld = PEOPLE.includes(role) && keys.get(kid)?.roles.includes(role) === true;
  return isHeld && signatures.length === 1 ? undefined : wrong("role", { kid, role });
}

/** Every member's own words inside a settlement, under the member's own key: what somebody else signed is nobody's word. */
function judgeStatements(record: SignedRecord, keys: World["keys"]): Said | undefined {
  const trouble = troubleIn(record, ownersIn(keys));
  if (trouble) return sayTrouble(trouble);
  for (const one of statementsOf(record) ?? []) {
    const said = judgeSignature(one, keys);
    if (said?.verdict === "open") return said;
    if (said) return wrong("statement", { kid: textAt(one.value, "by", "kid") });
  }
  return undefined;
}

function ownersIn(keys: World["keys"]): (kid: string) => readonly string[] {
  return (kid) => keys.get(kid)?.owners ?? [];
}

function sayTrouble({ wrong: code, kid }: Trouble): Said {
  return wrong(code, { kid });
}

/** An amendment, a change of roster, and of a supervisor's decisions what takes a result away or names a second person (R46). */
function isOfTwo({ kind, value }: SignedRecord): boolean {
  return kind === "review" ? isWeighty(value) || isSeconded(value) : kind in SECOND;
}
const isWeighty = (value: Json) => ["void", "re-mark"].includes(textAt(value, "decision"));
const isSeconded = (value: Json) => textAt(value, "second", "kid") !== "";

/** One person's decision in the place of another: what took a result away is answered by two, and by nobody unseen (R46). */
function judgeFollowing(record: SignedRecord, { reviews }: Given): Said | undefined {
  const kid = textAt(record.value, "by", "kid");
  for (let one = record; ;) {
    const follows = isSeconded(one.value) ? "" : textAt(one.value, "follows");
    const former = reviews.get(follows);
    if (!former) return follows === "" ? undefined : open("review-alone", { kid, follows });
    if (isWeighty(former.value)) return wrong("approval", { kid });
    one = former;
  }
}

/** The other person signed too, holds the office that the record names, and is not the first under another key. */
function judgeSecond({ kind, value, signatures }: SignedRecord, keys: World["keys"]): Said | undefined {
  const [by = "", ...offices] = SECOND[kind] ?? [];
  const [kid, approver] = [textAt(value, "by", "kid"), textAt(value, by, "kid")];
  if (approver === kid || !signatures.some((signature) => signature.kid === approver))
    return wrong("approval", { kid });
  const role = offices.find((office) => office === textAt(value, by, "role"));
  const { roles = [], owners = [] } = keys.get(approver) ?? {};
  if (role === undefined || !roles.includes(role))
    return wrong("role", { kid: approver, role: role ?? offices.join(", ") });
  return owners.some((owner) => keys.get(kid)?.owners.includes(owner))
    ? wrong("approval-own", { kid, approver })
    : undefined;
}

function judge(item: Item, world: World, given: Given): Said {
  switch (item.is) {
    case "wrong":
      return wrong(item.wrong, {});
    case "object":
      return judgeObject(item, given);
    case "checkpoint": {
      if (world.logKeys.length === 0) return open("no-keyset", {});
      const checkpoint = readCheckpoint(item.bytes, world.logKeys);
      return "wrong" in checkpoint ? wrong(checkpoint.wrong, {}) : proves("checkpoint", sizeOf(checkpoint));
    }
    case "proof":
      return judgeProof(item.bytes, world, given);
    case "record":
      return (
        judgeSignature(item.record, keysFor(item.record, world)) ?? judgeRecord(item.record, given, world)
      );
  }
}

/** The keyset that trust begins with vouches for itself: people compare its code with the one they were told. */
function keysFor(record: SignedRecord, { keys, keyset }: World): ReadonlyMap<string, Key> {
  if (record !== keyset) return keys;
  const own = listAt(record.value, "keys").map((key): [string, Key] => [
    textAt(key, "kid"),
    { pub: Buffer.from(textAt(key, "pub"), "hex"), roles: [textAt(key, "role")], owners: [] },
  ]);
  return new Map(own.filter(([kid, { pub }]) => keyIdOf(pub) === kid));
}

function judgeRecord(record: SignedRecord, given: Given, world: World): Said {
  const { kind, value, hash } = record;
  const code = stampOf(hash);
  switch (kind) {
    case "keyset":
      return proves("keyset", { name: textAt(value, "aud"), version: numberAt(value, "version"), code });
    case "enrolment":
      return proves("enrolment", {
        kid: textAt(value, "device", "kid"),
        centre: textAt(value, "institution", "id"),
      });
    case "permit":
      return proves("permit", {
        centre: textAt(value, "centre"),
        people: listAt(value, "people").length,
        code,
      });
    case "batch":
      return judgeBatch(value, hash, given);
    case "receipt":
      return judgeReceipt(value, given);
    case "draw-commitment":
      return judgePromise(record, given);
    case "draw":
      return judgeDraw(record, given);
    case "settlement":
      return judgeSettlement(record, given, world);
    case "upholding":
      return proves("upholding", {
        kid: textAt(value, "by", "kid"),
        ref: textAt(value, "candidate", "ref"),
        record: textAt(value, "record"),
      });
    case "draw-findings":
      return judgeFindings(record, given);
    case "revocation":
      return proves("revocation", { kid: textAt(value, "kid"), reason: textAt(value, "reason") });
    case "revocation-list":
      return proves("revocation-list", { version: numberAt(value, "version") });
    case "enrol-request":
    case "person-key":
      return proves("possession", { kid: textAt(value, "by", "kid") });
    default:
      return RESULTS.has(kind)
        ? (judgeFollowing(record, given) ?? judgeResult(record, given))
        : proves("record", { kind, kid: textAt(value, "by", "kid") });
  }
}

/** What a manifest promises, held against what was given of it. */
function judgeBatch(value: SignedRecord["value"], hash: string, given: Given): Said {
  const objects = listAt(value, "objects");
  for (const object of objects) {
    const size = given.objects.get(textAt(object, "wire"));
    if (size !== undefined && size !== numberAt(object, "size")) return wrong("object-size", { batch: hash });
  }
  const facts = {
    batch: hash,
    device: textAt(value, "device"),
    n: numberAt(value, "deviceSeq"),
    sheets: numberAt(value, "sheets"),
    objects: objects.length,
    here: objects.filter((object) => given.objects.has(textAt(object, "wire"))).length,
    code: stampOf(hash),
  };
  const { chain = [], root } = given.batches.get(hash) ?? {};
  if (chain.length === 0) return proves("batch", facts);
  if (root === undefined) return open("batch-incomplete", facts);
  return root === textAt(value, "root") ? proves("batch-whole", facts) : wrong("root", { batch: hash });
}

function judgeResult(record: SignedRecord, given: Given): Said {
  const { kind, value } = record;
  const trouble = kind === "supervision" ? wrongInVisit(record) : undefined;
  if (trouble) return wrong(trouble, { seq: numberAt(value, "seq") });
  const facts = {
    kind,
    seq: numberAt(value, "seq"),
    kid: textAt(value, "by", "kid"),
    ref: textAt(value, "candidate", "ref"),
    total: `${String(numberAt(value, "total", "n"))}/${String(numberAt(value, "total", "d"))}`,
    ...(kind === "supervision" ? visitFacts(record) : {}),
  };
  return provesOf(record, kind === "sheet" || kind === "supervision" ? kind : "result", facts, given);
}

/** The same of what a batch that was given commits to. */
function provesOf(record: SignedRecord, code: string, facts: Finding["facts"], { sealed }: Given): Said {
  const batch = sealed.get(record);
  return batch === undefined ? proves(code, facts) : proves(`${code}-sealed`, { ...facts, batch });
}

/** What the leader let stand, and who said what; held against the sheets where those were given. */
function judgeSettlement(record: SignedRecord, given: Given, { keys }: World): Said {
  const { value } = record;
  const sheetOf = (hash: string) => given.sheets.get(hash);
  const policy = at(given.permits.get(textAt(value, "permit"))?.value, "reference", "policy");
  const trouble = troubleBeside(record, { sheetOf, policy, owners: ownersIn(keys) });
  if (trouble) return sayTrouble(trouble);
  const spelled = (name: string) =>
    `${String(numberAt(value, name, "n"))}/${String(numberAt(value, name, "d"))}`;
  const facts = {
    seq: numberAt(value, "seq"),
    kid: textAt(value, "by", "kid"),
    ref: textAt(value, "candidate", "ref"),
    sheets: listAt(value, "records").length,
    said: listAt(value, "statements").length,
    unasked: listAt(value, "unasked").length,
    ...{ mean: spelled("mean"), spread: spelled("spread"), here: givenOf(record, sheetOf) },
  };
  return provesOf(record, comparedIn(record, { sheetOf, policy }), facts, given);
}

function judgeReceipt(value: SignedRecord["value"], given: Given): Said {
  const batch = textAt(value, "batch");
  const facts = {
    batch,
    verdict: textAt(value, "verdict"),
    at: instantOf(numberAt(value, "acceptedAt")),
    accepted: numberAt(value, "sheets", "accepted"),
    quarantined: numberAt(value, "sheets", "quarantined"),
    rejected: numberAt(value, "sheets", "rejected"),
  };
  if (textAt(value, "leaf") !== "" && !leavesOf(value).some((leaf) => leaf === textAt(value, "leaf")))
    return wrong("leaf", { batch });
  const manifest = given.batches.get(batch)?.manifest;
  if (!manifest) return proves("receipt", facts);
  const isSame =
    textAt(manifest.value, "device") === textAt(value, "device") &&
    numberAt(manifest.value, "deviceSeq") === numberAt(value, "deviceSeq");
  return isSame ? proves("receipt-batch", facts) : wrong("receipt-other", { batch });
}

/** The leaf of the public log that this receipt must name (protocol 2.2), in the kinds it may have. */
function leavesOf(value: SignedRecord["value"]): string[] {
  const [accepted, quarantined, rejected] = ["accepted", "quarantined", "rejected"].map((name) =>
    numberAt(value, "sheets", name),
  );
  const kinds = textAt(value, "verdict") === "rejected" ? ["reject"] : ["batch", "amend", "review"];
  return kinds.map((kind) => {
    // Members in the order of their names: the canonical spelling, written out.
    const leaf = JSON.stringify({
      a: accepted,
      c: (accepted ?? 0) + (quarantined ?? 0) + (rejected ?? 0),
      d: textAt(value, "device"),
      h: textAt(value, "batch"),
      k: kind,
      n: numberAt(value, "deviceSeq"),
      t: numberAt(value, "acceptedAt"),
      v: 1,
    });
    return `sha256:${leafHash(Buffer.from(leaf)).toString("hex")}`;
  });
}

/** Two promises under one name or number: whoever made both would reveal the one that suits. */
function judgePromise({ value, hash }: SignedRecord, { promises }: Given): Said {
  const facts = { plan: textAt(value, "plan"), no: numberAt(value, "no") };
  const isOther = (other: SignedRecord) =>
    other.hash !== hash &&
    textAt(other.value, "aud") === textAt(value, "aud") &&
    (textAt(other.value, "plan") === facts.plan || numberAt(other.value, "no") === facts.no);
  if ([...promises.values()].some(isOther)) return wrong("draw-twice", facts);
  if (textAt(value, "algorithm") !== "r58-sha256-1") return open("draw-algorithm", facts);
  const [source, day] = [textAt(value, "source", "name"), textAt(value, "source", "day")];
  return proves("draw-commitment", { ...facts, at: instantOf(numberAt(value, "at")), source, day });
}

function judgeDraw(record: SignedRecord, { promises }: Given): Said {
  const { value } = record;
  const [plan, drawn] = [textAt(value, "plan"), listAt(value, "drawn")];
  const promise = promises.get(textAt(value, "commitment"));
  if (!promise) return open("draw-alone", { plan });
  if (textAt(promise.value, "algorithm") !== "r58-sha256-1") return open("draw-algorithm", { plan });
  const trouble = wrongIn(record, promise);
  if (trouble) return wrong(trouble.wrong, { plan });
  return proves("draw", {
    ...{ plan, value: textAt(value, "value"), source: textAt(promise.value, "source", "name") },
    ...{ drawn: drawn.length, objects: listAt(value, "register", "objects").length },
    outcome: drawn
      .map((one) => `${textAt(one, "object")}: ${listAt(one, "inspectors").map(String).join(", ")}`)
      .join("; "),
  });
}

/** A report rests on its draw and on the one before it; two of one number would let whoever made both show the one that suits. */
function judgeFindings(record: SignedRecord, { draws, promises, reports }: Given): Said {
  const { value, hash } = record;
  const facts = findingsFacts(record);
  const isOther = (other: SignedRecord) =>
    other.hash !== hash &&
    textAt(other.value, "draw") === textAt(value, "draw") &&
    numberAt(other.value, "no") === facts["no"];
  if ([...reports.values()].some(isOther)) return wrong("findings-fork", facts);
  const draw = draws.get(textAt(value, "draw"));
  if (!draw) return open("findings-alone", facts);
  const former = reports.get(textAt(value, "prev"));
  const trouble = wrongInFindings(record, draw, former);
  if (trouble) return wrong(trouble, facts);
  const promise = promises.get(textAt(draw.value, "commitment"));
  if (!promise || wrongIn(draw, promise)) return open("findings-draw", facts);
  return former || textAt(value, "prev") === NO_HASH
    ? proves("findings", facts)
    : open("findings-former", facts);
}

function judgeObject(item: Extract<Item, { is: "object" }>, given: Given): Said {
  const named = given.named.get(item.hash);
  return named
    ? proves("object", { ...named, bytes: item.bytes.length })
    : open("object-unnamed", { hash: item.hash, bytes: item.bytes.length });
}

function judgeProof(bytes: Buffer, { logKeys }: World, given: Given): Said {
  if (logKeys.length === 0) return open("no-keyset", {});
  const proof = readProof(bytes, logKeys);
  if ("wrong" in proof) return wrong(proof.wrong, {});
  const size = sizeOf(proof.checkpoint);
  const promise = [...given.promises.values()].find(
    ({ value, hash }) =>
      size.origin.startsWith(`${textAt(value, "aud")}/results/`) &&
      proof.includes(leafHash(Buffer.from(commitLeaf(hash, numberAt(value, "at"))))),
  );
  if (promise)
    return proves("proof-draw", { plan: textAt(promise.value, "plan"), index: proof.index, ...size });
  const isOfLog = ({ value }: SignedRecord) => textAt(value, "log") === size.origin;
  if (!given.receipts.some(isOfLog)) return open("proof-alone", size);
  const isProven = (one: SignedRecord) =>
    isOfLog(one) && proof.includes(Buffer.from(textAt(one.value, "leaf").slice("sha256:".length), "hex"));
  const tried = given.receipts.splice(0, given.receipts.findIndex(isProven) + 1);
  // Proofs lie in the order of their receipts: the next one is looked for where this one was found.
  given.receipts.push(...tried);
  const batch = textAt(tried.at(-1)?.value, "batch");
  return tried.length > 0
    ? proves("proof", { batch, index: proof.index, ...size })
    : wrong("proof-leaf", size);
}

/** The leaf of a commitment, in its canonical spelling. */
function commitLeaf(hash: string, at: number): string {
  return JSON.stringify({ h: hash, k: "commit", t: at, v: 1 });
}

/** Two signed checkpoints of one size with two roots: the log has shown different people different histories. */
function splitViews(items: readonly Item[], logKeys: readonly LogKey[]): Finding[] {
  const seen = new Map<string, { root: Buffer; from: string }>();
  return items.flatMap((item): Finding[] => {
    if (item.is !== "checkpoint" && item.is !== "proof") return [];
    const read =
      item.is === "checkpoint" ? readCheckpoint(item.bytes, logKeys) : readProof(item.bytes, logKeys);
    if ("wrong" in read) return [];
    const { origin, size, root } = "checkpoint" in read ? read.checkpoint : read;
    const name = `${origin} ${String(size)}`;
    const other = seen.get(name);
    seen.set(name, { root, from: item.from });
    return other && !other.root.equals(root)
      ? [{ from: item.from, ...wrong("split-view", { origin, size, other: other.from }) }]
      : [];
  });
}

function instantOf(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : "?";
}

function sizeOf({ origin, size }: Checkpoint) {
  return { origin, size };
}

/** Ten characters that two people can read to one another: the first 50 bits of the hash, Base32. */
function stampOf(hash: string): string {
  const bits = BigInt(`0x${hash.slice("sha256:".length, "sha256:".length + 14)}`) >> 6n;
  const letters = Array.from({ length: 10 }, (_, i) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(Number((bits >> BigInt(45 - 5 * i)) & 31n)),
  );
  return `${letters.slice(0, 5).join("")}-${letters.slice(5).join("")}`;
}

function proves(code: string, facts: Finding["facts"]): Said {
  return { verdict: "proves", code, facts };
}

function open(code: string, facts: Finding["facts"]): Said {
  return { verdict: "open", code, facts };
}

function wrong(code: string, facts: Finding["facts"]): Said {
  return { verdict: "wrong", code, facts };
}
