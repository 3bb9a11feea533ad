// What an applicant already holds or has applied for (R12, R13).
import {
  block,
  decide,
  info,
  levelRank,
  warn,
  type ActiveRegistration,
  type Applicant,
  type Application,
  type Decision,
  type Finding,
  type HeldCertificate,
} from "#shared/exam";

/** R12: A prior certificate counts when number, level and holder agree and somebody verified it before places are arranged. */
export function checkPriorCertificate(
  certificate: HeldCertificate,
  holder: Pick<Applicant, "name" | "idHash">,
  batch: { readonly arranged: boolean },
): Decision {
  const { level, number, verified } = certificate;
  const findings: Finding[] = [];
  const digit = levelDigit(number);
  if (digit === undefined) {
    findings.push(block("R12", "certificate.number-malformed", { length: number.length }));
  } else if (`L${digit}` !== level) {
    findings.push(block("R12", "certificate.level-mismatch", { level, digit }));
  }
  if (certificate.holder.idHash !== holder.idHash || certificate.holder.name !== holder.name) {
    findings.push(block("R12", "certificate.other-holder", { level }));
  }
  if (certificate.revoked) findings.push(block("R12", "certificate.revoked", { level }));
  if (verified) {
    findings.push(
      info("R12", "certificate.verified", { level, how: verified.how, by: verified.by, on: verified.on }),
    );
  } else {
    findings.push((batch.arranged ? block : warn)("R12", "certificate.unverified", { level }));
  }
  return decide(findings);
}

/** Position 16 of today's 22 characters, position 11 of the older 16 digits. */
function levelDigit(number: string): string | undefined {
  return (/^[YS]\d{14}([1-5])\d{6}$/.exec(number) ?? /^\d{10}([1-5])\d{5}$/.exec(number))?.[1];
}

/** R13: Nobody registers twice for one level at one time, or for a level already held in that direction. */
export function checkDuplicate(
  application: Application,
  applicant: Pick<Applicant, "idHash" | "certificates">,
  registrations: readonly ActiveRegistration[],
): Decision {
  const { level, batch } = application;
  const doubles = registrations
    .filter((other) => other.person === applicant.idHash && other.batch !== batch && other.level === level)
    .filter((other) => samePlace(other, application))
    .filter((other) => other.from <= application.to && application.from <= other.to)
    .map((other) => block("R13", "registration.duplicate", { batch: other.batch }));
  const held = applicant.certificates
    .filter((certificate) => !certificate.revoked && samePlace(certificate, application))
    .filter((certificate) => levelRank(certificate.level) >= levelRank(level))
    .map((certificate) => block("R13", "registration.level-held", { held: certificate.level, level }));
  const findings = [...doubles, ...held];
  return decide(findings.length > 0 ? findings : [info("R13", "registration.single", { level })]);
}

type Place = Pick<Application, "occupation" | "direction">;

function samePlace(a: Place, b: Place): boolean {
  return a.occupation === b.occupation && a.direction === b.direction;
}
