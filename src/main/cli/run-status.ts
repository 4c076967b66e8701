import { readFile } from 'node:fs/promises';
import type { AppState } from '../../shared/app-state.js';
import { askRunning } from '../control/control-client.js';
import { isOurs, readPidFile, type PidFileStatus } from '../control/pid-file.js';
import { daemonStateOf, lastActivityOf } from '../views/daemon-state.js';
import { statusText, type RunningStatus } from '../views/status-text.js';
import { openRunOrSay, type OpenRun } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import type { ExitCode, World } from './world.js';

const answerMilliseconds = 5_000;

/** `--status`: asks the running instance, else reads what is on the disk, and says it in words or as one JSON object. */
export async function runStatus(world: World, options: RunOptions, json: boolean): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const asked = await askRunning({
    sockets: run.paths.controlSockets,
    request: { kind: 'status' },
    timeoutMilliseconds: answerMilliseconds,
  });
  const answer = asked.kind === 'answered' && asked.answer.kind === 'status' ? asked.answer : null;
  const pidFile = await readPidFile(run.paths, answer?.pid ?? null);
  const running = await runningStatus(run, pidFile, answer?.pid ?? null);
  // An instance that hangs is not spoken for: its sessions are read from the disk like those of one that has ended.
  const state = answer?.state ?? (await readState(world, options, run));
  if (json) {
    const isRunning = running.kind === 'running';
    const pid = 'pid' in running ? running.pid : null;
    await world.stdout.write(`${JSON.stringify({ running: isRunning, pid, pidFile: pidFile.kind, ...state })}\n`);
    return 0;
  }
  const file = await readJsonOrNull(run.paths.stateFile);
  const activity = answer ? daemonStateOf(file, answer.state, world.now(), true) : file;
  await world.stdout.write(statusText({ running, lastActivity: lastActivityOf(activity), state }));
  return 0;
}

async function runningStatus(
  run: OpenRun,
  pidFile: PidFileStatus,
  answeringPid: number | null,
): Promise<RunningStatus> {
  if (answeringPid !== null) return { kind: 'running', pid: answeringPid, answers: true };
  switch (pidFile.kind) {
    case 'none':
      return { kind: 'not-running' };
    case 'invalid':
    case 'stale':
      return pidFile;
    case 'live':
      return (await isOurs(run.paths, pidFile.pid))
        ? { kind: 'running', pid: pidFile.pid, answers: false }
        : { kind: 'python-daemon', pid: pidFile.pid };
  }
}

function readState(world: World, options: RunOptions, run: OpenRun): Promise<AppState> {
  const { homeFolder, environment } = world.facts;
  const { now, appVersion, glanceWorker } = world;
  return world.readOnce({ ...options, ...run, homeFolder, environment, now, appVersion, glanceWorker });
}

async function readJsonOrNull(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // Missing or damaged: as for the daemon, there is then no last activity to tell.
    return null;
  }
}
