// What a registry decided about a batch after its first receipt: held sheets count since their key was enrolled. Asked by a
// person, believed only by its signature [SY4], written as one more receipt of the same batch.
import { ok, refuse, type HashId } from "#shared/base";
import { ONLY, receiptToBody, type CentreRow } from "#shared/journal";
import { verifyReceipt } from "#shared/sync";
import type { Answer, Journal, RegistryClient } from "./ports.ts";
import type { Sessions } from "./sessions.ts";
import { keysetLookup, pinnedKeyset } from "./trust.ts";

export interface LaterReceipts {
  ask(batch: HashId): Answer<"receipt.askLater">;
}

export interface LaterReceiptDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly registry: Pick<RegistryClient, "laterReceipts">;
  readonly registryUrl: (centre: CentreRow) => string;
}

export function createLaterReceipts(deps: LaterReceiptDeps): LaterReceipts {
  const { journal, sessions, registry, registryUrl } = deps;
  return {
    ask: async (id) => {
      if (sessions.current() === null) return refuse({ code: "session.none" });
      const batch = journal.view.read("batches", id);
      const centre = journal.view.read("centre", ONLY);
      if (!batch?.receipt || !centre) return refuse({ code: "batch.unknown" });
      const answer = await registry.laterReceipts(registryUrl(centre), id);
      if (!answer.ok) {
        const isNobody = answer.error.code === "registry.unreachable";
        return refuse({ code: isNobody ? "registry.unreachable" : "registry.not-a-registry" });
      }
      const newest = answer.value.at(-1);
      if (!newest) return ok({ outcome: "same" });
      const { device, deviceSeq } = batch;
      const keys = keysetLookup((await pinnedKeyset(journal)).value);
      const receipt = verifyReceipt(newest, { batch: id, device, deviceSeq }, keys);
      if (!receipt.ok) return refuse({ code: "registry.not-a-registry" });
      if (receipt.value.hash === batch.receipt.hash) return ok({ outcome: "same" });
      const written = await journal.append(null, [
        { body: receiptToBody(batch, receipt.value, journal.view), attachments: [receipt.value.record] },
      ]);
      return written.ok ? ok({ outcome: "newer" }) : written;
    },
  };
}
