// The operator's door: what whoever is on duty sees, in both languages, what a monitor reads, and who does not get in.
import { mkdirSync, renameSync, rmdirSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stampOf } from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import {
  aCandidateRef,
  oneMore,
  fullInputs,
  sealNext,
  type Laptop,
  type SealedBatchBytes,
} from "../support/wire-builders.ts";
import { totalOf } from "#shared/rules";
import { call, deliver, enrolLaptop, offer } from "../support/registry-calls.ts";

let place: RegistryPlace;
let registry: RunningRegistry;
let laptop: Laptop;
let set: { counted: SealedBatchBytes; aside: SealedBatchBytes; half: SealedBatchBytes };

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start({ operatorPort: 0 });
  const { url } = registry;
  laptop = await enrolLaptop(url);
  const refs = [aCandidateRef(), aCandidateRef(), aCandidateRef()];
  laptop.roster(refs);
  for (const ref of refs.slice(0, 2)) laptop.sheet(ref);
  const counted = await laptop.seal({ evidence: [new Uint8Array(3_000).fill(1)] });
  const owed = counted.objects.length - 1;
  await offer(url, counted);
  for (const [i, { wire }] of counted.manifest.objects.entries())
    if (i !== owed) await call(url, "PUT", `/objects/${wire}`, counted.objects[i] ?? new Uint8Array());
  await offer(url, counted);
  const wrong = await enrolLaptop(url);
  const ref = aCandidateRef();
  wrong.roster([ref]);
  wrong.sheet(ref, { total: oneMore(totalOf(wrong.rubric, fullInputs(wrong.rubric), 0).total) });
  const aside = await wrong.seal();
  await deliver(url, aside);
  const slow = await enrolLaptop(url);
  slow.roster([aCandidateRef()]);
  const half = await slow.seal();
  await offer(url, half);
  set = { counted, aside, half };
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

const page = async (lang: string) => {
  const response = await fetch(`${registry.operatorUrl}/operator?lang=${lang}`);
  return { response, text: await response.text() };
};

describe("the page", () => {
  test.each([
    [
      "zh-CN",
      ["登记中心值班页", "今日送达", "总分不是由各项算出的那个数", "按篡改对待", "尚欠的照片", "记录数"],
    ],
    [
      "en",
      [
        "Registry duty page",
        "Sent today",
        "The total is not what the items give",
        "Treat it as tampering",
        "Photographs still owed",
        "Entries",
      ],
    ],
  ])("says in %s who sent what, what is set aside and why, and what is owing", async (lang, words) => {
    const { response, text } = await page(lang);
    expect(response.status).toBe(200);
    expect(text).toContain(`<html lang="${lang}">`);
    for (const word of words) expect(text).toContain(word);
    for (const { batch } of [set.counted, set.aside, set.half]) expect(text).toContain(stampOf(batch).code);
    expect(text).toContain(laptop.keys.device.kid.slice(-8));
    // Three candidates, nobody absent or gone, two who mark: six sheets expected, two here.
    const row = text.split("<tr ").find((one) => one.includes(`>${laptop.sitting.slice(0, 8)}<`)) ?? "";
    const figures = [...row.matchAll(/<td role="cell" class="number"[^>]*>(\d+)<\/td>/g)].map(([, figure]) =>
      Number(figure),
    );
    expect({ row: row.includes("2026-11-23"), figures }).toEqual({ row: true, figures: [3, 0, 0, 6, 2, 0] });
  });

  test("holds no script, no style of its own and no name of a candidate, and its policy allows none", async () => {
    const { response, text } = await page("zh-CN");
    expect(text).not.toMatch(/<script|<style|style="|onclick|javascript:/i);
    expect(text).not.toMatch(/考生1|99000019900101/);
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    const style = await fetch(`${registry.operatorUrl}/operator.css`);
    expect(style.headers.get("content-type")).toBe("text/css; charset=utf-8");
  });

  test("is not on the registry's own door, and answers no host but this machine", async () => {
    expect((await fetch(`${registry.url}/operator`)).status).toBe(404);
    expect((await fetch(`${registry.url}/metrics`)).status).toBe(404);
    expect((await fetch(`${registry.operatorUrl}/ert/v1/registry`)).status).toBe(404);
    expect(await statusWithHost("evil.example")).toBe(421);
    expect(await statusWithHost(`localhost:${new URL(registry.operatorUrl).port}`)).toBe(200);
    expect(new URL(registry.operatorUrl).hostname).toBe("127.0.0.1");
  });
});

describe("the metrics", () => {
  test("are Prometheus text, and count what happened", async () => {
    const response = await fetch(`${registry.operatorUrl}/metrics`);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const samples = readExposition(await response.text());
    expect(samples.get('jiangping_batches_total{verdict="accepted"}')).toBe(1);
    expect(samples.get('jiangping_batches_total{verdict="quarantined"}')).toBe(1);
    expect(samples.get('jiangping_sheets_total{result="accepted"}')).toBe(2);
    expect(samples.get('jiangping_quarantine_notes_total{code="total-mismatch"}')).toBe(1);
    expect(samples.get("jiangping_receipt_seconds_count")).toBe(2);
    expect(samples.get('jiangping_receipt_seconds_bucket{le="+Inf"}')).toBe(2);
    expect(samples.get("jiangping_journal_flush_seconds_count")).toBeGreaterThan(8);
    expect(samples.get("process_resident_memory_bytes")).toBeGreaterThan(1e7);
    expect(samples.get("jiangping_batches_waiting")).toBe(0);
    expect(samples.get("jiangping_log_size")).toBeGreaterThan(0);
    expect(
      samples.get('jiangping_http_answers_total{method="POST",route="/ert/v1/enrolments",status="200"}'),
    ).toBe(3);
  });

  test("a whole batch that meets trouble waits, on the page as in the metrics, though nobody asked for it again", async () => {
    const troubled = await enrolLaptop(registry.url);
    const sealed = await sealNext(troubled, 1);
    await offer(registry.url, sealed);
    const wires = sealed.manifest.objects.map(({ wire }) => wire);
    const put = (at: number) =>
      call(registry.url, "PUT", `/objects/${wires[at] ?? ""}`, sealed.objects[at] ?? new Uint8Array());
    for (let at = 0; at < wires.length - 1; at++) await put(at);
    // The disk does not give back what it took.
    const first = join(place.dataDir, "objects", (wires[0] ?? "").slice("sha256:".length));
    renameSync(first, `${first}.away`);
    mkdirSync(first);
    await put(wires.length - 1);
    const waiting = async () => {
      const metrics = await (await fetch(`${registry.operatorUrl}/metrics`)).text();
      const { text } = await page("en");
      const [, shown] = /<dt>Waiting for judgement<\/dt>\s*<dd>(\d+)<\/dd>/.exec(text) ?? [];
      return [readExposition(metrics).get("jiangping_batches_waiting"), Number(shown)];
    };
    await expect.poll(waiting, { timeout: 20_000 }).toEqual([1, 1]);
    rmdirSync(first);
    renameSync(`${first}.away`, first);
    await deliver(registry.url, sealed);
    expect(await waiting()).toEqual([0, 0]);
  });

  test("name nobody: no person, no laptop, no institution, no batch", async () => {
    const text = await (await fetch(`${registry.operatorUrl}/metrics`)).text();
    expect(text).not.toMatch(/ed25519\.|sha256:|demo-|p-0\d/);
  });
});

test("what came a minute before midnight in Shanghai is of today, and a minute later of no day that is shown", async () => {
  let now = Date.parse("2026-11-25T15:58:00Z");
  const other = await aRegistryPlace();
  const late = await other.start({ operatorPort: 0 }, { clock: () => now });
  const sentToday = async () => {
    const text = await (await fetch(`${late.operatorUrl}/operator?lang=en`)).text();
    return /<dt>[^<]*<\/dt>\s*<dd>(\d+)<\/dd>/.exec(text)?.[1];
  };
  const one = await enrolLaptop(late.url);
  await deliver(late.url, await sealNext(one, 1));
  now = Date.parse("2026-11-25T15:59:30Z");
  expect(await sentToday()).toBe("1");
  now = Date.parse("2026-11-25T16:00:30Z");
  expect(await sentToday()).toBe("0");
  await late.close();
  other.remove();
});

/** As a scraper reads it: every sample belongs to a declared family, is a number and stands once; buckets only grow. */
function readExposition(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const types = new Map<string, string>();
  let bucket = { name: "", count: 0 };
  expect(text.endsWith("\n")).toBe(true);
  for (const line of text.trimEnd().split("\n")) {
    const type = /^# TYPE ([a-z_0-9]+) (counter|gauge|histogram)$/.exec(line);
    if (type?.[1] && type[2]) types.set(type[1], type[2]);
    if (line.startsWith("#")) {
      expect(line).toMatch(/^# (HELP [a-z_0-9]+ \S|TYPE )/);
      continue;
    }
    const sample =
      /^([a-z_0-9]+?)(_bucket|_sum|_count)?(\{(?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*\})? (\S+)$/.exec(line);
    const [, name = "", suffix = "", labels = "", figure = ""] = sample ?? [];
    const full = `${name}${suffix}${labels}`;
    expect(types.get(name) === "histogram" || types.has(`${name}${suffix}`), line).toBe(true);
    expect(Number.isFinite(Number(figure)), line).toBe(true);
    expect(samples.has(full), line).toBe(false);
    samples.set(full, Number(figure));
    if (suffix !== "_bucket") continue;
    if (bucket.name === name) expect(Number(figure)).toBeGreaterThanOrEqual(bucket.count);
    bucket = { name, count: Number(figure) };
  }
  return samples;
}

function statusWithHost(host: string): Promise<number | undefined> {
  const { port } = new URL(registry.operatorUrl);
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: "/operator", headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}
