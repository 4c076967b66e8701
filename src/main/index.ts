import path from 'node:path';
import process from 'node:process';
import { app, dialog } from 'electron';
import { appArguments } from './cli/app-arguments.js';
import { nodeWorld } from './cli/node-world.js';
import { demoLine, makeDemoPlace, type DemoPlace } from './cli/open-demo.js';
import { parseArguments, type RunOptions } from './cli/parse-arguments.js';
import { runCommand } from './cli/run-command.js';
import { runShow } from './cli/run-show.js';
import { withUnfailingOutput } from './cli/unfailing-output.js';
import { endingLine, waitForEnd } from './cli/wait-for-end.js';
import type { World } from './cli/world.js';
import { acquireSingleInstance, prepareApp } from './electron/app-lifecycle.js';
import { startAppRun, type AppRun } from './electron/app-run.js';
import { askForCommand } from './electron/ask-for-command.js';
import { startShell, type Shell } from './electron/shell.js';
import { openElectronStore } from './electron/stores.js';
import { resolveConfigPaths } from './support/app-paths.js';
import { letYoungGenerationGrow } from './support/young-generation.js';
import { watchingLine } from './views/banner.js';

/** After this time what a start throws away is thrown away. */
const startMilliseconds = 30_000;

const world: World = {
  ...nodeWorld(new URL('./entry-index-worker.js', import.meta.url)),
  createStore: openElectronStore,
};
const parsed = parseArguments(appArguments(process.argv), process.cwd());

if (parsed.kind === 'command' && parsed.command.name === 'run' && !parsed.command.headless) {
  startApp(withUnfailingOutput(world), parsed.options, parsed.command.demo);
} else {
  runCommand(parsed, world).then((exitCode) => app.exit(exitCode), fail);
}

/** The tray app: engine first, then the Electron shell around it. */
function startApp(appWorld: World, options: RunOptions, demo: boolean): void {
  let shell: Shell | undefined;
  const showPopover = () => shell?.showPopover();
  let demoPlace: DemoPlace | null;
  try {
    demoPlace = demo ? makeDemoPlace(appWorld, options) : null;
    const dataFolder = demoPlace?.dataFolder ?? options.dataFolder;
    prepareApp({ userDataFolder: resolveConfigPaths({ ...appWorld.facts, dataFolder }).electronUserData });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `A folder of its own could not be made: ${reason}. Make room on the disk and the folder above writable for you, or choose another with --data-dir.`;
    process.stderr.write(`${message}\n`);
    app.whenReady().then(() => failWithWords(message), fail);
    return;
  }
  if (!acquireSingleInstance(showPopover)) {
    void appWorld.stdout.write('Context Watcher is already running; its popover is shown.\n').then(() => app.exit(0));
    return;
  }
  app.whenReady().then(() => run().catch(fail), fail);

  async function run(): Promise<void> {
    // Libraries listened before Electron put its handlers over theirs; only a signal's first listener puts Node's back.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    // From here on an end waits for the start, so that it leaves nothing behind.
    const end = waitForEnd(appWorld);
    app.on('before-quit', (event) => {
      event.preventDefault();
      end.ask();
    });
    const started = await startAppRun(appWorld, options, {
      demoPlace,
      show: showPopover,
      onStop: end.ask,
      askForCommand,
    });
    if (started.kind === 'refused') {
      if (started.exitCode === 3) await runShow(appWorld, options);
      // A signal then ends the process although the message waits to be read.
      end.forget();
      if (started.exitCode === 1) return failWithWords(started.message);
      return app.exit(started.exitCode);
    }
    if (!end.isAsked()) {
      shell = openShell(started, end.ask);
      await appWorld.stdout.write(`${watchingLine(started.engine.state())}\n${demoPlace ? demoLine(demoPlace) : ''}`);
    }
    setTimeout(letYoungGenerationGrow, startMilliseconds).unref();
    started.log.info(endingLine(await end.reason));
    await started.stop();
    await shell?.stop();
    app.exit(0);
  }

  function openShell({ engine, log, startDemo, leaveDemo }: AppRun, quit: () => void): Shell {
    return startShell({
      engine,
      startDemo,
      leaveDemo,
      quit,
      log,
      openPopoverAtStart: engine.state().firstRun || demo,
      rendererFolder: path.join(import.meta.dirname, '../renderer'),
      loginArguments: options.dataFolder === null ? [] : ['--data-dir', options.dataFolder],
      preloadFile: path.join(import.meta.dirname, '../preload/index.cjs'),
    });
  }
}

/** For a start that can't be made, and that nobody would see on a desktop otherwise. Call it once Electron is ready. */
function failWithWords(message: string): void {
  dialog.showErrorBox("Context Watcher can't start", message);
  app.exit(1);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  app.exit(1);
}
