/** Makes a function that runs tasks one at a time in the order given; a task that fails stops none after it. */
export function serialRunner(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task);
    last = run.catch(() => undefined);
    return run;
  };
}
