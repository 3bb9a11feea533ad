// One thing at a time, in the order asked; one that fails does not stop the next.

export type Serial = <T>(work: () => Promise<T>) => Promise<T>;

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined); // whoever asked for `run` has its error; the next in line does not want it
    return run;
  };
}
