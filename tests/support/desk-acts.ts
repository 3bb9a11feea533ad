// What people do at a little desk before the part that a test is about: everybody types their own PIN, an examiner marks and signs,
// a sitting goes from one laptop of a centre to another.
import { ok, type CandidateRef, type PersonId, type SheetId, type SittingId } from "#shared/base";
import type { ItemInput } from "#shared/exam";
import type { Received } from "#shared/ipc";
import { createPaper, type PaperOrder } from "../../electron/desk/index.ts";
import { createMemoryRegistry, TEST_ENVIRONMENT, valueOf } from "./desk-harness.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, openDesk, type Desk } from "./little-desk.ts";

/** Of a person by the name that the PIN window says. */
export function pinOf({ journal, keys }: Desk, name: string | null): string | null {
  const person = journal.view.rows("people").find((one) => one.name === name);
  return person ? keys.demoPin(person.id) : null;
}

/** From here on everybody types their own PIN, but whoever is named does not sign. */
export function everybodySigns(desk: Desk, { but }: { readonly but?: string } = {}): void {
  desk.person.answer((name) => Promise.resolve(name === but ? null : pinOf(desk, name)));
}

export function candidateAt({ journal }: Desk, no: number, sitting?: SittingId): CandidateRef {
  const found = journal.view
    .rows("candidates")
    .find((one) => one.no === no && (sitting === undefined || one.sitting === sitting));
  if (!found) throw new Error("no candidate");
  return found.ref;
}

/** Signs an examiner in and opens a sheet; conflicts are declared once. */
export async function begin(desk: Desk, sitting: SittingId, person: PersonId, no: number): Promise<SheetId> {
  await desk.signIn(person);
  const { view } = desk.journal;
  const candidate = candidateAt(desk, no, sitting);
  const isDeclared = view.read("sittings", sitting)?.declarations.some((one) => one.person === person);
  if (!isDeclared)
    valueOf(await desk.marking.append([{ kind: "conflict.declare", sitting, candidates: [] }]));
  valueOf(await desk.marking.append([{ kind: "sheet.open", sitting, candidate }]));
  const sheet = view
    .rowsOf("sheets", sitting)
    .find((one) => one.examiner === person && one.candidate === candidate);
  if (!sheet) throw new Error("no sheet");
  return sheet.id;
}

export async function fill(
  desk: Desk,
  sheet: SheetId,
  inputs: Iterable<readonly [item: number | string, input: ItemInput]>,
): Promise<void> {
  const marks = [...inputs].map(
    ([item, input]) => ({ kind: "mark.set", sheet, item: Number(item), input }) as const,
  );
  valueOf(await desk.marking.append(marks));
}

/** By item, as `fullInputs` gives them. */
export async function markAndSign(
  desk: Desk,
  sitting: SittingId,
  person: PersonId,
  no: number,
  inputs: Readonly<Record<string, ItemInput>>,
): Promise<SheetId> {
  const sheet = await begin(desk, sitting, person, no);
  await fill(desk, sheet, Object.entries(inputs));
  valueOf(await desk.signatures.signSheet(sheet));
  return sheet;
}

export interface TwoLaptops {
  readonly here: Desk;
  readonly there: Desk;
  readonly sitting: SittingId;
}

/** Two laptops of one centre; a sitting of leader and examiner is prepared on the first. */
export async function twoLaptops(): Promise<TwoLaptops> {
  const registry = await createMemoryRegistry();
  const [here, there] = [await openDesk(undefined, registry), await openDesk(undefined, registry)];
  return { here, there, sitting: await here.prepare([LEADER, EXAMINER]) };
}

/** Gives the sitting to the other laptop; its people read the code off the screen. The code is the answer. */
export async function shareSitting({ here, sitting }: TwoLaptops): Promise<string> {
  await here.signIn(ADMINISTRATOR);
  let code = "";
  here.person.answer(() => {
    const matter = here.person.shown.at(-1);
    code = matter?.kind === "share-made" ? matter.code : "";
    return Promise.resolve(code.split(" ").slice(-2).join(""));
  });
  valueOf(await here.carrier.shareSitting(sitting));
  return code;
}

/** The newest file on a laptop's stick. */
export function newestFile(desk: Desk) {
  const [name, bytes] = [...desk.stick.files].at(-1) ?? [];
  if (name === undefined || !bytes) throw new Error("nothing was copied");
  return { name, bytes };
}

export async function receive(desk: Desk, bytes: ReturnType<typeof newestFile>["bytes"]): Promise<Received> {
  desk.stick.files.set("/in.ertb", bytes);
  desk.choose({ file: "/in.ertb" });
  const done = valueOf(await desk.carrier.receive());
  if (done.outcome !== "received") throw new Error(done.outcome);
  return done.received;
}

/** What a desk prints goes nowhere but into `orders`. */
export function paperOf({ journal, keys, sessions, supervision }: Desk) {
  const orders: PaperOrder[] = [];
  const press = (order: PaperOrder) => {
    orders.push(order);
    return Promise.resolve(ok({ outcome: "saved" as const, fileName: order.fileName }));
  };
  return { ...createPaper({ journal, keys, sessions, supervision, press, env: TEST_ENVIRONMENT }), orders };
}
