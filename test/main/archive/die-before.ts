import { writeSync } from 'node:fs';
import process from 'node:process';

/** Before which step, at its which time, a child is to die; null: when its parent kills it. */
export type DieBefore<Step extends string> = { readonly step: Step; readonly time: number } | null;

/** Writes `ready`, and hands back what is to be called at each step: it writes the step it dies before. */
export function diesBefore<Step extends string>(dieBefore: DieBefore<Step>): (step: Step) => void {
  let seen = 0;
  writeSync(1, 'ready ');
  return (step) => {
    if (step !== dieBefore?.step) return;
    seen += 1;
    if (seen < dieBefore.time) return;
    writeSync(1, step);
    process.kill(process.pid, 'SIGKILL');
  };
}
