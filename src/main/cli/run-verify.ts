import { verifyArchive, type VerifyProgress, type VerifyReport } from '../archive/verify-archive.js';
import { StorageError } from '../export/storage-error.js';
import { oneLine } from '../support/one-line.js';
import { verifyProgressText, verifyText } from '../views/verify-text.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import { stopAtSignal } from './stop-at-signal.js';
import type { ExitCode, World } from './world.js';

const progressPauseMs = 2_000;

/** `--verify`: reads the whole archive beside whatever runs, and writes nothing. 1 where something is damaged or missing. */
export async function runVerify(world: World, options: RunOptions, json: boolean): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const stopping = stopAtSignal(world);
  try {
    const report = await verifyArchive(run.paths, { signal: stopping.signal, onProgress: tellNowAndThen(world) });
    await world.stdout.write(json ? `${JSON.stringify(report satisfies VerifyReport)}\n` : verifyText(report));
    return report.faults.length === 0 ? 0 : 1;
  } catch (error) {
    if (stopping.signal.aborted) await world.stderr.write('Stopped before everything was verified.\n');
    else if (error instanceof StorageError)
      await world.stderr.write(`${oneLine(error.message)} ${oneLine(error.mend)}\n`);
    else throw error;
    return 1;
  } finally {
    stopping.forget();
  }
}

/** Says on stderr how far it is, once it takes its time. */
function tellNowAndThen(world: World): (progress: VerifyProgress) => void {
  let toldAt = performance.now();
  return (progress) => {
    if (performance.now() - toldAt < progressPauseMs) return;
    toldAt = performance.now();
    void world.stderr.write(`${verifyProgressText(progress)}\n`);
  };
}
