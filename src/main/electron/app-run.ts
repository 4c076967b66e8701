import { rm } from 'node:fs/promises';
import { serialRunner } from '../archive/serial-runner.js';
import { makeDemoPlace, openDemo, type DemoPlace, type OpenDemo } from '../cli/open-demo.js';
import { logBanner } from '../cli/log-banner.js';
import { openRunOrSay } from '../cli/open-run.js';
import type { RunOptions } from '../cli/parse-arguments.js';
import { startRun, type RefusedRun, type RunningEngine } from '../cli/start-run.js';
import type { World } from '../cli/world.js';
import { logLevelOf } from '../support/log-level.js';
import { openLog, type Log } from '../support/log.js';
import { makeSwappableEngine, type SwappableEngine } from './swappable-engine.js';

/** The engines behind the shell: the user's own, and a demo's in front of it while one plays. */
export interface AppRun {
  readonly kind: 'running';
  readonly engine: SwappableEngine;
  readonly log: Log;
  readonly startDemo: () => Promise<void>;
  readonly leaveDemo: () => Promise<void>;
  /** Finishes the export in hand and ends all engines. */
  readonly stop: () => Promise<void>;
}

interface Part {
  readonly kind: 'part';
  readonly running: RunningEngine;
  readonly log: Log;
  readonly demo: OpenDemo | null;
}

/**
 * Starts the engine that the command line asks for: the user's own, or with a `demoPlace` the demo's there. `show` opens
 * the popover for a second start, `onStop` ends the app for `--stop`. Starting and leaving a demo and the end wait for
 * each other, so that two quick presses start one demo.
 */
export async function startAppRun(
  world: World,
  options: RunOptions,
  shell: {
    readonly demoPlace: DemoPlace | null;
    readonly show: () => void;
    readonly onStop: () => void;
    /** Asks natively whether the command after exports may run. */
    readonly askForCommand: (words: readonly string[]) => Promise<boolean>;
  },
): Promise<AppRun | RefusedRun> {
  let own: Part | null = null;
  let playing: Part | null = null;
  let hasStopped = false;
  const serially = serialRunner();

  async function startPart(partOptions: RunOptions, demo: OpenDemo | null): Promise<Part | RefusedRun> {
    const run = await openRunOrSay(world, partOptions, 'write');
    if (!run) return { kind: 'refused', exitCode: 2, message: 'The arguments can’t be used.' };
    const log = openLog({
      file: run.paths.logFile,
      level: logLevelOf(world.facts.environment),
      toStdout: null,
      clock: world.now,
      onFault: (error) => void (error && world.stderr.write(`The log can't be written: ${error.message}\n`)),
    });
    const { show, onStop } = shell;
    const extras = {
      run,
      log,
      demo: demo !== null,
      automaticExports: true,
      show,
      onStop,
      ...(demo === null && { askForCommand: shell.askForCommand }),
      onClaimed: () => logBanner(world, run, log),
    };
    const running = await startRun(world, partOptions, extras);
    if (running.kind === 'refused') {
      log.close();
      return running;
    }
    return { kind: 'part', running, log, demo };
  }

  async function startOwn(): Promise<Part | RefusedRun> {
    const part = await startPart(options, null);
    if (part.kind === 'part') own = part;
    return part;
  }

  async function startPlaying(): Promise<Part | RefusedRun> {
    // A demo beside the user's own engine must not write where that one does.
    const demo = shell.demoPlace
      ? await openDemo(world, options, shell.demoPlace)
      : await openDemo(world, options, makeDemoPlace(world, { ...options, dataFolder: null }));
    const part = await startPart(demo.options, demo);
    if (part.kind === 'refused') {
      await demo.stop();
      return part;
    }
    part.log.info(`The demo plays in ${demo.folder}`);
    void demo.failed.then(({ message, cause }) => part.log.error(`${message}: ${String(cause)}`));
    playing = part;
    return part;
  }

  const first = await (shell.demoPlace ? startPlaying() : startOwn());
  if (first.kind === 'refused') return first;
  const engine = makeSwappableEngine(first.running.engine);

  return {
    kind: 'running',
    engine,
    log: logOfShown(() => (playing ?? own ?? first).log),
    startDemo: () =>
      serially(async () => {
        if (playing || hasStopped) return;
        const part = await startPlaying();
        if (part.kind === 'part') engine.show(part.running.engine);
      }),
    leaveDemo: () =>
      serially(async () => {
        const left = playing;
        if (!left || hasStopped) return;
        const next = own ?? (await startOwn());
        if (next.kind === 'refused') return;
        engine.show(next.running.engine);
        playing = null;
        await endPart(left);
        if (left.demo && !shell.demoPlace) await rm(left.demo.folder, { recursive: true, force: true });
      }),
    stop: () =>
      serially(async () => {
        if (hasStopped) return;
        hasStopped = true;
        await Promise.all([own, playing].map((part) => part && endPart(part)));
      }),
  };
}

/** The shell's lines go to the log of what it shows; who opened that closes it. */
function logOfShown(shown: () => Log): Log {
  return {
    debug: (message) => shown().debug(message),
    info: (message) => shown().info(message),
    warn: (message) => shown().warn(message),
    error: (message) => shown().error(message),
    close: () => undefined,
  };
}

async function endPart({ running, log, demo }: Part): Promise<void> {
  await demo?.stop();
  await running.stop();
  log.close();
}
