// Calls before there is anything to send: who is there, a code for the demonstration, enrolment, people's keys. Records
// are handed on as bytes; whoever asked verifies them.
import type { z } from "zod";
import { ok, refuse, utf8, type Bytes, type HashId, type Refusal, type Result } from "#shared/base";
import {
  CodeAnswer,
  EnrolmentAnswer,
  LaterAnswer,
  PermitAnswer,
  problemOf,
  readAnswer,
  RegistryAnswer,
} from "#shared/sync";
import { recordToText } from "#shared/wire";
import {
  CALL_TIMEOUT_MS,
  callRegistry,
  RECORD_TYPE,
  registryBase,
  type Call,
  type Fetch,
  type Timers,
} from "./http.ts";

export type ClientRefusal = Refusal<
  | "registry.unreachable"
  | "registry.not-a-registry"
  | "registry.not-loopback"
  | "registry.no-demonstration"
  | "enrolment.refused"
  | "enrolment.code-unknown"
  | "enrolment.code-used"
>;

export interface ClientDeps {
  readonly fetch: Fetch;
  readonly timers: Timers;
}

export function createRegistryClient(deps: ClientDeps) {
  return {
    contact: async (url: string): Promise<Result<{ keyset: Bytes; demo: boolean }, ClientRefusal>> => {
      const answer = await ask(url, { method: "GET", path: "/registry" }, RegistryAnswer, deps);
      return answer.ok ? ok({ keyset: answer.value.keyset, demo: answer.value.demo }) : answer;
    },

    demonstrationCode: async (url: string): Promise<Result<string, ClientRefusal>> => {
      const answer = await ask(url, { method: "POST", path: "/demo/codes" }, CodeAnswer, deps);
      return answer.ok ? ok(answer.value.code) : answer;
    },

    enrol: async (url: string, request: Bytes): Promise<Result<{ enrolment: Bytes }, ClientRefusal>> => {
      const call = { method: "POST", path: "/enrolments", contentType: RECORD_TYPE, body: request } as const;
      return ask(url, call, EnrolmentAnswer, deps);
    },

    addPeopleKeys: async (
      url: string,
      records: readonly Bytes[],
    ): Promise<Result<{ permit: Bytes }, ClientRefusal>> => {
      const body = utf8(JSON.stringify({ records: records.map(recordToText) }));
      const call = { method: "POST", path: "/people-keys", contentType: "application/json", body } as const;
      return ask(url, call, PermitAnswer, deps);
    },

    laterReceipts: async (url: string, batch: HashId): Promise<Result<readonly Bytes[], ClientRefusal>> => {
      const answer = await ask(url, { method: "GET", path: `/batches/${batch}/later` }, LaterAnswer, deps);
      return answer.ok ? ok(answer.value.later) : answer;
    },
  };
}

async function ask<S extends z.ZodType>(
  url: string,
  call: Omit<Call, "timeoutMs">,
  schema: S,
  deps: ClientDeps,
): Promise<Result<z.output<S>, ClientRefusal>> {
  const base = registryBase(url);
  if (!base) return refuse({ code: "registry.not-loopback" });
  const answer = await callRegistry(base, { ...call, timeoutMs: CALL_TIMEOUT_MS }, deps);
  if (!answer) return refuse({ code: "registry.unreachable" });
  const reading = readAnswer(answer, schema);
  if (reading.kind === "value") return ok(reading.value);
  const problem = problemOf(answer);
  if (problem !== undefined) return refuse(refusalOf(problem, call.path));
  return refuse({ code: answer.status >= 500 ? "registry.unreachable" : "registry.not-a-registry" });
}

function refusalOf(problem: string, path: string): ClientRefusal {
  switch (problem) {
    case "enrolment-code-unknown":
      return { code: "enrolment.code-unknown" };
    case "enrolment-code-used":
      return { code: "enrolment.code-used" };
    case "internal":
    case "busy":
    case "maintenance":
    case "rate-limited":
    case "storage-full":
      return { code: "registry.unreachable", facts: { problem } };
    case "not-found":
      return { code: path === "/demo/codes" ? "registry.no-demonstration" : "registry.not-a-registry" };
    default:
      return { code: "enrolment.refused", facts: { problem } };
  }
}
