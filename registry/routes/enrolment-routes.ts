// Before there is anything to send: who this registry is, codes of the demonstration, devices, people's keys.
import type { FastifyInstance } from "fastify";
import { PeopleKeysRequest } from "#shared/sync";
import { recordToText } from "#shared/wire";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { Enrolment } from "../register/enrolment.ts";
import type { Register } from "../register/register.ts";
import { bytesOf, parseWith } from "./body.ts";
import { problem, sendProblem } from "./problem.ts";

const KIB = 1024;

export interface EnrolmentRouteDeps {
  readonly keys: RegistryKeys;
  readonly register: Register;
  readonly enrolment: Enrolment;
  readonly clock: () => number;
}

export function addEnrolmentRoutes(
  server: FastifyInstance,
  { keys, register, enrolment, clock }: EnrolmentRouteDeps,
): void {
  const { demonstration } = register;

  server.get("/registry", async () => ({
    keyset: recordToText(keys.keyset),
    demo: demonstration !== null,
    time: clock(),
  }));

  server.post("/demo/codes", { config: { stores: true } }, async (_request, reply) => {
    if (!demonstration) return sendProblem(reply, problem("not-found", "no demonstration here"));
    return { code: await enrolment.issueCode(demonstration.institution.id) };
  });

  server.post("/enrolments", { bodyLimit: 64 * KIB, config: { stores: true } }, async (request, reply) => {
    const record = bytesOf(request);
    if (!record.ok) return sendProblem(reply, record.error);
    const enrolled = await enrolment.enrol(record.value);
    return enrolled.ok ? { enrolment: recordToText(enrolled.value) } : sendProblem(reply, enrolled.error);
  });

  server.post("/people-keys", { bodyLimit: 1024 * KIB, config: { stores: true } }, async (request, reply) => {
    const asked = parseWith(PeopleKeysRequest, request.body);
    if (!asked.ok) return sendProblem(reply, asked.error);
    const permit = await enrolment.addPeopleKeys(asked.value.records);
    return permit.ok ? { permit: recordToText(permit.value) } : sendProblem(reply, permit.error);
  });
}
