// How a candidate may be identified, and what may be kept of it (R77, R79).
import type { Day, IdHash } from "#shared/base";
import {
  block,
  decide,
  info,
  warn,
  type Consent,
  type Decision,
  type IdentityMethod,
  type PolicyOf,
  type SensitiveField,
} from "#shared/exam";

/** R79: A person may always check by hand; comparing faces needs the policy, and never its template or a network. */
export function checkIdentityMethod(
  method: IdentityMethod,
  use: { readonly keepsTemplate: boolean; readonly callsNetwork: boolean },
  policy: PolicyOf<"faceComparison">,
): Decision {
  if (method === "MANUAL") return decide([info("R79", "identity.manual")]);
  if (!policy.faceComparison) return decide([block("R79", "identity.face-off")]);
  if (use.keepsTemplate) return decide([block("R79", "identity.template-kept")]);
  if (use.callsNetwork) return decide([block("R79", "identity.network-called")]);
  return decide([info("R79", "identity.face-allowed")]);
}

/** R77: A picture, an ID image or a biometric is held only on a ground that is on record and was not withdrawn. */
export function mayHold(
  field: SensitiveField,
  person: IdHash | null,
  on: Day,
  consents: readonly Consent[],
): Decision {
  const ground = consents.find(
    (one) =>
      one.person === person &&
      one.fields.includes(field) &&
      one.on <= on &&
      (one.withdrawnOn === null || on < one.withdrawnOn),
  );
  return decide([
    ground
      ? info("R77", "personal.ground-recorded", { field, ground: ground.ground, on: ground.on })
      : block("R77", "personal.no-ground", { field }),
  ]);
}

/** R77: A roster's columns of pictures, ID images and biometrics are left behind: a spreadsheet carries no consent. */
export function withheldColumns(headings: readonly string[]): Decision {
  return decide(
    headings.flatMap((heading) => {
      const field = fieldOf(heading);
      return field === null ? [] : [warn("R77", "personal.column-withheld", { heading, field })];
    }),
  );
}

/** Words of the headings that officials and their systems use, longest meaning first. */
const FIELD_WORDS: readonly (readonly [SensitiveField, RegExp])[] = [
  ["BIOMETRIC", /指纹|人脸|面部|虹膜|声纹|生物特征|biometric|fingerprint|face|iris/i],
  ["ID_IMAGE", /(?:身份证|证件).*(?:照|图|影|扫描|复印)|id.?(?:image|scan|photo|picture)/i],
  ["PHOTO", /照片|相片|头像|登记照|一寸|二寸|photo|portrait|picture/i],
];

function fieldOf(heading: string): SensitiveField | null {
  return FIELD_WORDS.find(([, words]) => words.test(heading))?.[0] ?? null;
}
