import { flags } from './flags.js';

/**
 * What is meant for us in the whole `process.argv` of the Electron app, for `parseArguments`. Program, app folder and
 * the switches of Chromium, Node and the desktop (`--no-sandbox`, `--inspect=0`, `-psn_0_123`) stand among our flags
 * and no list of them exists, so only flags of ours stay, each with its value.
 */
export function appArguments(argv: readonly string[]): string[] {
  const ours: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const [word = '', next] = [argv[index], argv[index + 1]];
    const flag = word.startsWith('--') ? flags.find(({ name }) => name === word.slice(2).split('=', 1)[0]) : undefined;
    if (!flag) continue;
    ours.push(word);
    const hasValueNext = flag.value !== null && !word.includes('=') && next !== undefined && !/^-[^0-9]/.test(next);
    if (!hasValueNext) continue;
    ours.push(next);
    index += 1;
  }
  return ours;
}
