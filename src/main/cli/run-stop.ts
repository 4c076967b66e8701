import { rm } from 'node:fs/promises';
import { askRunning } from '../control/control-client.js';
import { endProcess, usualGraceMilliseconds, hasEndedWithin } from '../control/end-process.js';
import { isOurs, readPidFile, removePidFiles } from '../control/pid-file.js';
import { startMarkOf } from '../control/process-facts.js';
import type { AppPaths } from '../support/app-paths.js';
import { oneLine } from '../support/one-line.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import type { ExitCode, World } from './world.js';

/** Longer than the longest step in hand: extractor 120 s, exporter 60 s, and some. */
const finishMilliseconds = 190_000;

/**
 * `--stop`: asks the running instance to end and waits for the export in hand. One that doesn't answer is ended by
 * signals, but only when its process id is proven to be its own. Exit 0 where nothing runs afterwards.
 */
export async function runStop(world: World, options: RunOptions): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const { paths } = run;
  const asked = await askRunning({
    sockets: paths.controlSockets,
    request: { kind: 'stop' },
    timeoutMilliseconds: usualGraceMilliseconds,
  });
  if (asked.kind !== 'answered') return stopByPidFile(world, paths, asked.kind === 'no-answer');
  if (asked.answer.kind !== 'stopping') {
    await world.stderr.write(`The running instance refused: ${oneLine(asked.answer.message)}\n`);
    return 1;
  }
  const { pid, waitingFor } = asked.answer;
  // It answered with this number just now, so whoever began at this moment is proven to be the instance.
  const startMark = await startMarkOf(pid);
  await world.stdout.write(`Sent stop request to PID ${pid}\n`);
  if (waitingFor.length > 0) {
    await world.stdout.write(`Waiting for ${waitingFor.map((work) => oneLine(work, 200)).join(' and ')}...\n`);
  }
  if (await hasEndedWithin(pid, finishMilliseconds)) {
    await world.stdout.write('Daemon stopped\n');
    return 0;
  }
  return endBySignals(world, paths, pid, async () => startMark !== null && startMark === (await startMarkOf(pid)));
}

async function stopByPidFile(world: World, paths: AppPaths, isListenedOn: boolean): Promise<ExitCode> {
  const found = await readPidFile(paths, null);
  if (found.kind === 'live' && found.who === 'python-daemon') {
    await world.stderr.write(
      `PID ${found.pid} is the Python daemon, not Context Watcher: it is left running. Stop it in the app, or with its own --stop.\n`,
    );
    return 1;
  }
  if (found.kind === 'live') return endBySignals(world, paths, found.pid, () => isOurs(paths, found.pid));
  if (isListenedOn) {
    await world.stderr.write(
      'An instance is running but does not answer, and no PID file proves which process it is. End it yourself.\n',
    );
    return 1;
  }
  if (found.kind === 'none') {
    await world.stdout.write('No PID file found - daemon may not be running\n');
    return 0;
  }
  const what =
    found.kind === 'invalid' ? 'Invalid PID file - cleaning it up' : 'Process not found - cleaning up stale PID file';
  await world.stdout.write(`${what}\n`);
  await rm(paths.pidFile, { force: true });
  await rm(paths.instanceFile, { force: true });
  return 0;
}

async function endBySignals(
  world: World,
  paths: AppPaths,
  pid: number,
  isStillThat: () => Promise<boolean>,
): Promise<ExitCode> {
  const ended = await endProcess({
    pid,
    isStillThat,
    onSignal: (signal) =>
      world.stdout.write(
        signal === 'SIGTERM' ? `Sent SIGTERM to PID ${pid}\n` : 'Daemon did not stop, sending SIGKILL...\n',
      ),
  });
  if (ended === 'ended') {
    await removePidFiles(paths, pid);
    await world.stdout.write('Daemon stopped\n');
    return 0;
  }
  await world.stderr.write(`PID ${pid} could not be ended. End it yourself.\n`);
  return 1;
}
