// Runs other programs; Node built-ins only, since it works before any dependency is there.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ command: string, args: string[], shell?: boolean }} Command */
/** @typedef {{ exitCode: number, stdout: string, stderr: string, timedOut: boolean }} CommandResult */

/**
 * Runs a program to its end and hands back its exit code and output; never throws. A program that can't be started has exit code 127
 * and one that was ended by a signal, by `ending` or by the time limit (milliseconds) has 1. With `show` its output goes to ours as well.
 * @param {Command} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean, ending?: AbortSignal | undefined }} [options]
 * @returns {Promise<CommandResult>}
 */
export function runCommand({ command, args, shell }, { cwd, env, timeoutMs, show, ending } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: env ?? process.env,
      shell: shell ?? false,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(ending === undefined ? {} : { signal: ending }),
    });
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      if (show) process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      if (show) process.stderr.write(text);
    });
    child.on('error', (error) => {
      // An abort is told as an error first; the program ends after it.
      if (ending?.aborted) return;
      clearTimeout(timer);
      resolve({ exitCode: 127, stdout, stderr: stderr + error.message, timedOut });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? 1, stdout, stderr, timedOut });
    });
  });
}

/**
 * The command that runs npm with these arguments: the npm that started us when there is one, since a `.cmd` file can't be
 * started without a shell on Windows.
 * @param {string[]} args
 * @param {{ platform?: NodeJS.Platform, env?: NodeJS.ProcessEnv }} [from]
 * @returns {Command}
 */
export function npmCommand(args, { platform = process.platform, env = process.env } = {}) {
  const running = env['npm_execpath'];
  if (running?.endsWith('npm-cli.js')) return { command: process.execPath, args: [running, ...args] };
  return platform === 'win32' ? { command: 'npm.cmd', args, shell: true } : { command: 'npm', args };
}

/**
 * The command that runs a dependency's program with this Node, without npx, shells and `.cmd` files.
 * @param {string} projectFolder
 * @param {string} name the package, which is the program's name too
 * @param {string[]} args
 * @returns {Command}
 */
export function packageCommand(projectFolder, name, args) {
  const folder = join(projectFolder, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { command: process.execPath, args: [join(folder, typeof bin === 'string' ? bin : bin[name]), ...args] };
}

/** The last lines of what a failed program said, for a message to a person.
 * @param {CommandResult} result
 * @param {number} [lines]
 */
export function lastWords(result, lines = 5) {
  const text = result.stderr.trim() || result.stdout.trim();
  return text.split('\n').slice(-lines).join('\n');
}

/** The first errors that npm told: it ends with pages of help.
 * @param {CommandResult} result
 */
export function npmErrors(result) {
  const errors = result.stderr.split('\n').filter((line) => /^npm (error|ERR!) \S/.test(line));
  return errors.length === 0 ? lastWords(result) : errors.slice(0, 6).join('\n');
}
