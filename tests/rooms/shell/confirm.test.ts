// One question at a time, and what ends it (rulings 2).
import { describe, expect, test } from "vitest";
import { BootId, InstantMs, ok, refuse, type Refusal, type Result } from "#shared/base";
import { ConfirmRequest } from "#shared/ipc";
import { createConfirm } from "../../../electron/window/confirm.ts";

type Attempt<T> = (secret: string, repeated: string | null) => Promise<Result<T, Refusal>>;

function aConfirm() {
  const seen: string[] = [];
  const confirm = createConfirm({
    screen: { show: (id) => seen.push(`show ${id}`), clear: (id) => seen.push(`clear ${id}`) },
    clock: () => ({ wall: InstantMs.parse(1), mono: 2, boot: BootId.parse("0123456789abcdef") }),
    exportStored: () => Promise.resolve(ok({ outcome: "saved" as const })),
    setting: () => ({ locale: "zh-CN", demo: true }),
  });
  const who = { name: "李评", roles: ["examiner"], idNumber: "110101199001011234" };
  return {
    seen,
    confirm,
    ask: <T>(attempt: Attempt<T>) => confirm.ask(who, { kind: "session" }, attempt),
    answer: (id: number, secret: string) => confirm.handlers["confirm.answer"]({ id, secret }),
    decline: (id: number) => confirm.handlers["confirm.decline"]({ id }),
    describe: async () => {
      const described = await confirm.handlers["confirm.describe"]({});
      return described.ok ? described.value.request : null;
    },
  };
}

const rightIs =
  (right: string): Attempt<string> =>
  (secret) =>
    Promise.resolve(secret === right ? ok(`opened by ${secret}`) : refuse({ code: "secret.wrong" }));

test("a right secret ends the question with the value of the act", async () => {
  const { ask, answer, seen, describe: asked } = aConfirm();
  const done = ask(rightIs("246810"));
  expect(await answer(1, "246810")).toEqual(ok({}));
  expect(await done).toEqual(ok("opened by 246810"));
  expect(seen).toEqual(["show 1", "clear 1"]);
  expect(await asked()).toBeNull();
});

test("the page is told the matter and no more of the person than name and roles", async () => {
  const { ask, describe: asked } = aConfirm();
  void ask(rightIs("1"));
  const request = ConfirmRequest.parse(await asked());
  expect(request.who).toEqual({ name: "李评", roles: ["examiner"] });
});

test("a wrong secret is answered to the page and may be tried again", async () => {
  const { ask, answer, seen } = aConfirm();
  const done = ask(rightIs("246810"));
  expect(await answer(1, "000000")).toEqual(refuse({ code: "secret.wrong" }));
  expect(seen).toEqual(["show 1"]);
  await answer(1, "246810");
  expect(await done).toMatchObject({ ok: true });
});

test("a lock-out ends the question on both sides", async () => {
  const { ask, answer, seen } = aConfirm();
  const done = ask(() => Promise.resolve(refuse({ code: "keys.locked-out" })));
  expect(await answer(1, "0")).toEqual(refuse({ code: "keys.locked-out" }));
  expect(await done).toEqual(refuse({ code: "keys.locked-out" }));
  expect(seen).toEqual(["show 1", "clear 1"]);
});

test("declining and closing the window both end as declined", async () => {
  const { ask, decline, confirm } = aConfirm();
  const first = ask(rightIs("1"));
  expect(await decline(1)).toEqual(ok({}));
  expect(await first).toEqual(refuse({ code: "person.declined" }));
  const second = ask(rightIs("1"));
  confirm.dismiss();
  expect(await second).toEqual(refuse({ code: "person.declined" }));
});

test("a second question is not asked while the first is open", async () => {
  const { ask, seen } = aConfirm();
  void ask(rightIs("1"));
  expect(await ask(rightIs("1"))).toEqual(refuse({ code: "person.busy" }));
  expect(seen).toEqual(["show 1"]);
});

describe("an answer that came too late", () => {
  test("does not reach the next question", async () => {
    const { ask, answer, decline } = aConfirm();
    void ask(rightIs("1"));
    await decline(1);
    const tried: string[] = [];
    void ask((secret) => {
      tried.push(secret);
      return Promise.resolve(ok(secret));
    });
    expect(await answer(1, "246810")).toEqual(refuse({ code: "confirm.gone" }));
    expect(await decline(1)).toEqual(refuse({ code: "confirm.gone" }));
    expect(tried).toEqual([]);
  });

  test("is refused when nothing is asked at all", async () => {
    expect(await aConfirm().answer(1, "246810")).toEqual(refuse({ code: "confirm.gone" }));
  });
});

describe("while a secret is being tried", () => {
  function aSlowAct() {
    let finish: (result: Result<string, Refusal>) => void = () => undefined;
    const attempt: Attempt<string> = () => new Promise((resolve) => (finish = resolve));
    return { attempt, finish: (result: Result<string, Refusal>) => finish(result) };
  }

  test("a second secret is not tried beside it", async () => {
    const { ask, answer } = aConfirm();
    void ask(aSlowAct().attempt);
    void answer(1, "1");
    expect(await answer(1, "2")).toMatchObject({ error: { code: "keys.wait" } });
  });

  test("closing the window does not deny what is then written", async () => {
    const { ask, answer, confirm } = aConfirm();
    const act = aSlowAct();
    const done = ask(act.attempt);
    const answered = answer(1, "1");
    confirm.dismiss();
    act.finish(ok("signed"));
    await answered;
    expect(await done).toEqual(ok("signed"));
  });

  test("closing the window ends the question when the secret turns out wrong", async () => {
    const { ask, answer, confirm, seen } = aConfirm();
    const act = aSlowAct();
    const done = ask(act.attempt);
    const answered = answer(1, "1");
    confirm.dismiss();
    act.finish(refuse({ code: "secret.wrong" }));
    await answered;
    expect(await done).toEqual(refuse({ code: "person.declined" }));
    expect(seen).toEqual(["show 1", "clear 1"]);
  });
});

describe("a bug in the act", () => {
  test("ends the question and reaches both callers", async () => {
    const { ask, answer, seen } = aConfirm();
    const done = ask(() => Promise.reject(new Error("bug")));
    const caught = expect(done).rejects.toThrow("bug");
    await expect(answer(1, "1")).rejects.toThrow("bug");
    await caught;
    expect(seen).toEqual(["show 1", "clear 1"]);
  });

  test("is also a refusal the page has no words for", async () => {
    const { ask, answer } = aConfirm();
    const done = ask(() => Promise.resolve(refuse({ code: "made.up" })));
    const caught = expect(done).rejects.toThrow(/no words/);
    await expect(answer(1, "1")).rejects.toThrow(/no words/);
    await caught;
  });
});
