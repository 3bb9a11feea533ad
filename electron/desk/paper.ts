// Paper (评分记录表, 成绩汇总表, 考场情况记录单): what is printed is made of this journal when it is asked for, and the window only says which. A
// printed sheet carries the laptop's signature over its figures; any laptop of the centre checks that, and compares with its own
// journal where it holds the same sheet.
import {
  fractionToText,
  instantToDay,
  ok,
  refuse,
  type HashId,
  type Kid,
  type PersonId,
  type Refusal,
  type Result,
  type SheetId,
} from "#shared/base";
import { countingOf, isSigned, type Sheet } from "#shared/exam";
import type { InputOf, PaperHeld, PaperLanguages, WindowChannels } from "#shared/ipc";
import {
  answersForDay,
  blankForm,
  isRevoked,
  leadsCheckIn,
  mayPrintSheet,
  mayReadVisits,
  ONLY,
  owedBlanks,
  roomForm,
  scoreForm,
  slipForm,
  summaryForm,
  visitForm,
  type BlankForm,
  type RoomForm,
  type ScoreForm,
  type SittingRow,
  type SlipForm,
  type SummaryForm,
  type VisitForm,
} from "#shared/journal";
import {
  isPrintedTotal,
  signBlank,
  signPaper,
  verifyPaper,
  verifyRecord,
  type CheckedPaper,
} from "#shared/wire";
import { gatherKept } from "./hand-over.ts";
import type { Answer, Environment, Journal, Keys } from "./ports.ts";
import type { Sessions } from "./sessions.ts";
import type { Supervision } from "./supervision.ts";
import { keysetLookup, pinnedKeyset } from "./trust.ts";

export interface Paper {
  save(input: InputOf<WindowChannels["paper.save"]>): Answer<"paper.save">;
  check(input: InputOf<WindowChannels["paper.check"]>): Answer<"paper.check">;
}

/** What goes to the press (electron/paper); `qr` is what the square beside the figures says. */
export type PaperOrder = { readonly languages: PaperLanguages; readonly fileName: string } & (
  | { readonly kind: "sheets"; readonly sheets: readonly { readonly form: ScoreForm; readonly qr: string }[] }
  | { readonly kind: "summary"; readonly form: SummaryForm }
  | { readonly kind: "room"; readonly form: RoomForm }
  | { readonly kind: "slips"; readonly form: SlipForm }
  | { readonly kind: "visit"; readonly form: VisitForm }
  | {
      readonly kind: "blanks";
      readonly blanks: readonly { readonly form: BlankForm; readonly serial: SheetId; readonly qr: string }[];
    }
);

export interface PaperDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: Pick<Keys, "device">;
  readonly env: Pick<Environment, "newSheetId">;
  readonly supervision: Pick<Supervision, "visitsOf">;
  /** Asks where, then makes the PDF and writes it. */
  readonly press: (order: PaperOrder) => Answer<"paper.save">;
}

export function createPaper(deps: PaperDeps): Paper {
  return {
    save: async ({ what, languages }) => {
      const actor = deps.sessions.current();
      if (actor === null) return refuse({ code: "session.none" });
      const { view } = deps.journal;
      if (what.kind === "sheet") {
        const sheet = view.read("sheets", what.sheet);
        if (!sheet) return refuse({ code: "sheet.unknown" });
        if (!isSigned(sheet)) return refuse({ code: "paper.unsigned" });
        if (!mayPrintSheet(sheet, actor, view)) return refuse({ code: "paper.hidden" });
        return printSheets([sheet.id], languages, deps);
      }
      const sitting = view.read("sittings", what.sitting);
      if (!sitting) return refuse({ code: "sitting.unknown" });
      if (what.kind === "sheets") {
        const sheets = sheetsInOrder(sitting, deps);
        if (sheets.length === 0) return refuse({ code: "paper.unsigned" });
        const shown = sheets.filter((sheet) => mayPrintSheet(sheet, actor, view));
        if (shown.length === 0) return refuse({ code: "paper.hidden" });
        return printSheets(
          shown.map(({ id }) => id),
          languages,
          deps,
        );
      }
      if (what.kind === "room") {
        const room = roomForm(sitting.id, view);
        if (!room) return refuse({ code: "sitting.unknown" });
        return deps.press({
          ...{ kind: "room", form: room, languages },
          fileName: `jiangping-room-${sitting.day}.pdf`,
        });
      }
      if (what.kind === "slips") {
        const person = view.read("people", actor);
        if (!person) return refuse({ code: "check-in.not-leader" });
        const leads = leadsCheckIn(person, sitting);
        if (!leads.ok) return leads;
        const form = slipForm(sitting.id, what.candidate, view);
        const [first, ...others] = form?.slips ?? [];
        if (!form || !first) return refuse({ code: "candidate.unknown" });
        const whose = others.length === 0 ? `-${String(first.no).padStart(2, "0")}` : "";
        return deps.press({
          ...{ kind: "slips", form, languages },
          fileName: `jiangping-slips-${sitting.day}${whose}.pdf`,
        });
      }
      if (what.kind === "visit") {
        const person = view.read("people", actor);
        if (!person || !mayReadVisits(person, sitting)) return refuse({ code: "role.not-supervising" });
        const { signedOf } = await deps.supervision.visitsOf(sitting.id);
        const visit = signedOf(sitting.id).find(({ id }) => id === what.visit);
        const form = visit && visitForm(visit, view);
        if (!form) return refuse({ code: "visit.unknown" });
        const fileName = `jiangping-supervision-${sitting.day}.pdf`;
        return deps.press({ kind: "visit", form, languages, fileName });
      }
      if (what.kind === "blanks" || what.kind === "spare") {
        const person = view.read("people", actor);
        if (!person || !answersForDay(person, sitting)) return refuse({ code: "paper.not-office" });
        return printBlanks(what.kind === "spare" ? spare(sitting, view) : owedBlanks(sitting.id, view), {
          ...{ sitting, languages },
          ...deps,
        });
      }
      const form = summaryForm(sitting.id, view);
      if (!form) return refuse({ code: "sitting.unknown" });
      const fileName = `jiangping-summary-${sitting.day}.pdf`;
      return deps.press({ kind: "summary", form, languages, fileName });
    },

    check: async ({ text, total }) => {
      if (deps.sessions.current() === null) return refuse({ code: "session.none" });
      const devices = await knownDevices(deps.journal);
      const checked = verifyPaper(text, (kid) => devices.has(kid));
      if (!checked.ok) return checked;
      const { figures, record, device } = checked.value;
      if (isRevoked(device, deps.journal.view.read("registry", ONLY) ?? null))
        return refuse({ code: "paper.key-revoked" });
      if (!isPrintedTotal(total, figures.total))
        return refuse({
          code: "paper.other-total",
          facts: { typed: total.trim(), total: fractionToText(figures.total) },
        });
      const held = heldHere(checked.value, deps);
      return held.ok ? ok({ figures, record, device, held: held.value }) : held;
    },
  };
}

/** As they are filed: by candidate, and each candidate's in the order of the panel. */
function sheetsInOrder(sitting: SittingRow, { journal: { view } }: PaperDeps): Sheet[] {
  const noOf = new Map(view.rowsOf("candidates", sitting.id).map(({ ref, no }) => [ref, no]));
  const seat = (examiner: PersonId) => sitting.panel.findIndex(({ person }) => person === examiner);
  return view
    .rowsOf("sheets", sitting.id)
    .filter(isSigned)
    .sort(
      (a, b) =>
        (noOf.get(a.candidate) ?? 0) - (noOf.get(b.candidate) ?? 0) || seat(a.examiner) - seat(b.examiner),
    );
}

function printSheets(
  ids: readonly SheetId[],
  languages: PaperOrder["languages"],
  { journal, keys, press }: PaperDeps,
): Answer<"paper.save"> {
  const device = keys.device();
  if (!device) return Promise.resolve(refuse({ code: "keys.missing" }));
  const sheets = ids.flatMap((id) => {
    const form = scoreForm(id, journal.view);
    return form ? [{ form, qr: signPaper(form.record, form.figures, device) }] : [];
  });
  const [first] = sheets;
  if (!first) return Promise.resolve(refuse({ code: "paper.unsigned" }));
  // Numbers, not names: where the file lies is up to people.
  const fileName =
    sheets.length === 1
      ? `jiangping-sheet-${first.form.day}-${String(first.form.no).padStart(2, "0")}.pdf`
      : `jiangping-sheets-${first.form.day}.pdf`;
  return press({ kind: "sheets", sheets, languages, fileName });
}

function spare({ id }: SittingRow, view: Journal["view"]): BlankForm[] {
  const form = blankForm(id, null, view);
  return form ? [form] : [];
}

/** Every sheet of paper has a serial of its own: a copy of one is found when both are typed. */
function printBlanks(
  forms: readonly BlankForm[],
  {
    sitting,
    languages,
    keys,
    env,
    press,
  }: PaperDeps & { readonly sitting: SittingRow; readonly languages: PaperOrder["languages"] },
): Answer<"paper.save"> {
  const device = keys.device();
  if (!device) return Promise.resolve(refuse({ code: "keys.missing" }));
  if (forms.length === 0) return Promise.resolve(refuse({ code: "paper.nothing-owed" }));
  const blanks = forms.map((form) => {
    const serial = env.newSheetId();
    const candidate = form.whose?.ref ?? null;
    const figures = { v: 1 as const, sitting: sitting.id, rubric: form.hash, candidate, serial };
    return { form, serial, qr: signBlank(figures, device) };
  });
  return press({ kind: "blanks", blanks, languages, fileName: `jiangping-blanks-${sitting.day}.pdf` });
}

/** The laptops of the centre: those the newest permit names, this one, and the one whose work it goes on with. */
export async function knownDevices(journal: Journal): Promise<ReadonlySet<Kid>> {
  const centre = journal.view.read("centre", ONLY);
  if (!centre) return new Set();
  const { permit: record } = await gatherKept(journal, null);
  const registry = keysetLookup((await pinnedKeyset(journal)).value);
  const permit = record && verifyRecord("permit", record, registry);
  const named = permit?.ok ? permit.value.value.devices : [];
  return new Set([centre.device, ...(centre.continues ? [centre.continues] : []), ...named]);
}

/** Where this journal has the sheet, its own figures are the judge. */
function heldHere(
  { record, figures }: CheckedPaper,
  { journal: { view } }: PaperDeps,
): Result<PaperHeld, Refusal<"paper.other-record">> {
  const sheet = view
    .rows("sheets")
    .find(({ signature, amendments }) => isNamed(record, signature?.hash, amendments));
  const counting = sheet && countingOf(sheet);
  if (!sheet || !counting) return ok({ kind: "none" });
  if (counting.hash !== record) {
    const at = counting.amendment?.at ?? sheet.signature?.at ?? sheet.startedAt;
    return ok({
      kind: "amended",
      total: counting.total,
      day: instantToDay(at.wall),
      record: counting.hash,
    });
  }
  const own = scoreForm(sheet.id, view)?.figures;
  // Of a blind panel's sheet the name may have been a number when it was printed.
  const same =
    own !== undefined &&
    JSON.stringify([own.marks, own.vetoes, own.total, own.no, own.rubric, own.day]) ===
      JSON.stringify([figures.marks, figures.vetoes, figures.total, figures.no, figures.rubric, figures.day]);
  return same ? ok({ kind: "same" }) : refuse({ code: "paper.other-record" });
}

function isNamed(
  record: HashId,
  sheet: HashId | undefined,
  amendments: readonly { readonly hash: HashId }[],
): boolean {
  return sheet === record || amendments.some(({ hash }) => hash === record);
}
