// The quality of the centre as main sees it: figures folded from this journal when somebody asks, and the report of them made of the
// same fold, so that the window never hands over a figure that is published.
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import { qualityLimitValues } from "#shared/exam";
import type { InputOf, PaperLanguages, WindowChannels } from "#shared/ipc";
import {
  centreQuality,
  qualityForm,
  qualityOffice,
  type CodeCounts,
  type PersonRow,
  type QualityForm,
} from "#shared/journal";
import { defaultQualityLimits, type FlagCode } from "#shared/rules";
import type { Answer, Journal } from "./ports.ts";
import type { Sessions } from "./sessions.ts";
import type { Supervision } from "./supervision.ts";

export interface Quality {
  describe(input: InputOf<WindowChannels["quality.describe"]>): Answer<"quality.describe">;
  save(input: InputOf<WindowChannels["quality.save"]>): Answer<"quality.save">;
}

/** What goes to the press (electron/paper), as pages or as a table. */
export interface QualityOrder {
  readonly as: "pdf" | "csv";
  readonly form: QualityForm;
  readonly languages: PaperLanguages;
  readonly fileName: string;
}

export interface QualityDeps {
  readonly journal: Pick<Journal, "view">;
  readonly sessions: Pick<Sessions, "current">;
  readonly supervision: Pick<Supervision, "countOf">;
  /** Asks where, then makes the file and writes it. */
  readonly press: (order: QualityOrder) => Answer<"quality.save">;
}

export function createQuality({ journal: { view }, sessions, supervision, press }: QualityDeps): Quality {
  const limits = qualityLimitValues(defaultQualityLimits());

  const asking = (): Result<PersonRow, Refusal<"session.none" | "role.not-overseeing">> => {
    const person = sessions.current();
    if (person === null) return refuse({ code: "session.none" });
    const row = view.read("people", person);
    return row && qualityOffice(row) !== null ? ok(row) : refuse({ code: "role.not-overseeing" });
  };

  /** One after the other: the oldest begins the story that the later ones go on with. */
  const countAll = async (sittings: ReturnType<typeof centreQuality>["sittings"]): Promise<CodeCounts> => {
    const all = new Map<FlagCode, number>();
    for (const { id } of sittings)
      for (const [code, count] of await supervision.countOf(id)) all.set(code, (all.get(code) ?? 0) + count);
    return all;
  };

  return {
    describe: ({ year }) => {
      const asker = asking();
      return Promise.resolve(
        asker.ok ? ok(centreQuality({ year, asker: asker.value, limits }, view)) : asker,
      );
    },

    save: async ({ year, as, languages }) => {
      const asker = asking();
      if (!asker.ok) return asker;
      const quality = centreQuality({ year, asker: null, limits }, view);
      // Whoever asks for a year that is not here is not given another.
      if (quality.year !== year) return refuse({ code: "quality.none" });
      const form = qualityForm(quality, await countAll(quality.sittings), limits, view);
      return press({ as, form, languages, fileName: `jiangping-quality-${String(year)}.${as}` });
    },
  };
}
