import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** @typedef {{ uid: number, gid: number }} User */
/** @typedef {{ folder: string, env: NodeJS.ProcessEnv, user: User | undefined }} PartSetting */
/** @typedef {{ firstLine: Promise<string>, stop: () => Promise<void> }} DesktopPart */

const startLimitMs = 30_000;
const stopLimitMs = 3_000;

/**
 * Starts one program of the virtual desktop in a session of its own, so that Ctrl-C in the terminal does not reach it, with its
 * output in `<folder>/<name>.log`. `firstLine` is what it writes to descriptor 3 when it is up; it rejects when the program can't
 * be started, ends, or says nothing for 30 s. `stop` resolves when it has ended.
 * @param {string} name
 * @param {string[]} args
 * @param {PartSetting} setting
 * @returns {DesktopPart}
 */
export function startDesktopPart(name, args, { folder, env, user }) {
  const log = openSync(join(folder, `${name}.log`), 'a', 0o600);
  const { command, prefix } = endsWithUs(name);
  const child = spawn(command, [...prefix, ...args], {
    env,
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
    ...user,
  });
  closeSync(log);

  /** @type {Promise<string>} */
  const firstLine = new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${name} did not come up within ${startLimitMs / 1000} s`)),
      startLimitMs,
    );
    timer.unref();
    let text = '';
    child.stdio[3]?.on('data', (bytes) => {
      text += String(bytes);
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.on('error', (error) => reject(new Error(`${name} could not be started`, { cause: error })));
    child.on('exit', (code, signal) => reject(new Error(`${name} ended with ${code ?? signal}`)));
  });
  // Not every part reports; one that doesn't is watched through the bus instead.
  firstLine.catch(() => {});

  const ended = new Promise((resolve) => {
    child.on('exit', resolve);
    child.on('error', resolve);
  });
  return {
    firstLine,
    async stop() {
      child.kill('SIGTERM');
      const limit = new AbortController();
      await Promise.race([
        ended,
        delay(stopLimitMs, undefined, { signal: limit.signal }).then(
          () => child.kill('SIGKILL'),
          () => {},
        ),
      ]);
      limit.abort();
      await ended;
    },
  };
}

/** With util-linux at hand the program is told to end when we end, even when we are killed. @param {string} name */
function endsWithUs(name) {
  return existsSync('/usr/bin/setpriv')
    ? { command: '/usr/bin/setpriv', prefix: ['--pdeathsig', 'TERM', '--', name] }
    : { command: name, prefix: [] };
}
