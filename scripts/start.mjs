// `npm start [-- ARGUMENTS…]`: sets the machine up as far as it isn't, then runs the app with these arguments until it ends.
import { runApp } from './app-process.mjs';
import { endingSignal, interruptedExitCode } from './ending-signal.mjs';
import { electronExecutable } from './own-electron.mjs';
import { projectFolder, say, setUp } from './set-up.mjs';

const ending = endingSignal();
try {
  process.exitCode = await start();
} catch (error) {
  if (!ending.aborted) say(error instanceof Error ? error.message : String(error));
  process.exitCode = ending.aborted ? interruptedExitCode : 1;
}

async function start() {
  const { runtime, electronFlags, desktop } = await setUp('start', ending);
  try {
    if (ending.aborted) return interruptedExitCode;
    if (!runtime) throw new Error('The set-up plan named no Electron.');
    const args = [...electronFlags, projectFolder, ...process.argv.slice(2)];
    return await runApp(electronExecutable(runtime.folder), args, {
      env: { ...process.env, ...desktop?.env },
      ending,
      say,
    });
  } finally {
    await desktop?.stop();
  }
}
