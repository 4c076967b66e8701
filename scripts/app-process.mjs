import { spawn } from 'node:child_process';

const endLimitMs = 20_000;

/**
 * Runs the app with our standard streams until it ends, and hands back the exit code for the whole: the app's own, or 0 when `ending`
 * asked it to stop and it did. The app gets one SIGTERM, however often and by whatever way we were signalled: outside Windows it
 * runs in a session of its own, out of reach of the terminal's Ctrl-C. It is killed when it takes longer than 20 s.
 * @param {string} executable
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, ending: AbortSignal, say: (line: string) => void }} setting
 * @returns {Promise<number>}
 */
export function runApp(executable, args, { env, ending, say }) {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { env, stdio: 'inherit', detached: process.platform !== 'win32' });
    /** @type {NodeJS.Timeout | undefined} */
    let limit;
    let killed = false;
    const end = () => {
      child.kill('SIGTERM');
      limit = setTimeout(() => {
        killed = true;
        say(`The app did not end within ${endLimitMs / 1000} s and was killed.`);
        child.kill('SIGKILL');
      }, endLimitMs);
    };
    if (ending.aborted) end();
    else ending.addEventListener('abort', end, { once: true });
    child.on('error', (error) => reject(new Error(`${executable} could not be started`, { cause: error })));
    child.on('exit', (code, signal) => {
      clearTimeout(limit);
      ending.removeEventListener('abort', end);
      if (ending.aborted && !killed && (code === 0 || signal === 'SIGTERM')) return resolve(0);
      if (signal) say(`The app was ended by ${signal}.`);
      resolve(code ?? 1);
    });
  });
}
