// Counters, gauges and histograms, and the Prometheus text format (version 0.0.4) they are read in. Names and labels are
// ours and few; a label is a code or a route, never an id and never a person.

type Labels = Readonly<Record<string, string>>;

export interface Counter {
  add(labels: Labels, by?: number): void;
}

export interface Histogram {
  observe(value: number): void;
}

export interface Instruments {
  readonly counter: (name: string, help: string) => Counter;
  /** Read when somebody asks. */
  readonly gauge: (name: string, help: string, read: () => number | undefined) => void;
  /** As `gauge`, of something that only grows. */
  readonly total: (name: string, help: string, read: () => number) => void;
  readonly histogram: (name: string, help: string, bounds: readonly number[]) => Histogram;
  readonly text: () => string;
}

export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export function createInstruments(): Instruments {
  const writers: (() => string[])[] = [];
  const family = (name: string, type: string, help: string, samples: () => string[]) => {
    writers.push(() => {
      const lines = samples();
      return lines.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
    });
  };
  const readout = (name: string, type: "gauge" | "counter", help: string, read: () => number | undefined) => {
    family(name, type, help, () => {
      const value = read();
      return value === undefined ? [] : [sample(name, {}, value)];
    });
  };

  return {
    counter: (name, help) => {
      const values = new Map<string, { readonly labels: Labels; value: number }>();
      family(name, "counter", help, () =>
        [...values.values()].map(({ labels, value }) => sample(name, labels, value)),
      );
      return {
        add: (labels, by = 1) => {
          const key = JSON.stringify(labels);
          const known = values.get(key);
          if (known) known.value += by;
          else values.set(key, { labels, value: by });
        },
      };
    },
    gauge: (name, help, read) => {
      readout(name, "gauge", help, read);
    },
    total: (name, help, read) => {
      readout(name, "counter", help, read);
    },
    histogram: (name, help, bounds) => {
      const counts = bounds.map(() => 0);
      let [sum, count] = [0, 0];
      family(name, "histogram", help, () => [
        ...bounds.map((bound, i) => sample(`${name}_bucket`, { le: String(bound) }, counts[i] ?? 0)),
        sample(`${name}_bucket`, { le: "+Inf" }, count),
        sample(`${name}_sum`, {}, sum),
        sample(`${name}_count`, {}, count),
      ]);
      return {
        observe: (value) => {
          sum += value;
          count += 1;
          bounds.forEach((bound, i) => {
            if (value <= bound) counts[i] = (counts[i] ?? 0) + 1;
          });
        },
      };
    },
    text: () => `${writers.flatMap((write) => write()).join("\n")}\n`,
  };
}

function sample(name: string, labels: Labels, value: number): string {
  const inside = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${inside.length > 0 ? `{${inside.join(",")}}` : ""} ${value}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
