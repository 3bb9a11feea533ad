// One thing at a time: whoever decides by the journal's view and then appends must not be overtaken in between.

export type Serial = <T>(work: () => Promise<T>) => Promise<T>;

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined); // the caller of `run` gets the error; the next in line must not
    return run;
  };
}
