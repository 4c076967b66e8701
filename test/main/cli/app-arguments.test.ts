import { describe, expect, it } from 'vitest';
import { appArguments } from '../../../src/main/cli/app-arguments.js';

describe('appArguments', () => {
  it.each([
    ['/opt/app/context-watcher', ''],
    ['/x/electron --no-sandbox /x/app --demo', '--demo'],
    ['/x/electron --inspect=0 --remote-debugging-port=0 . --threshold 80', '--threshold 80'],
    ['/x/app --threshold=80 --disable-gpu --cooldown -5', '--threshold=80 --cooldown -5'],
    [
      '/x/app --data-dir /d --enable-logging --claude-dir /a --claude-dir /b',
      '--data-dir /d --claude-dir /a --claude-dir /b',
    ],
    ['/x/app -psn_0_12345', ''],
    ['/x/app --original-process-start-time=13 --show', '--show'],
    ['/x/app --export-now --no-sandbox', '--export-now'],
    ['/x/app --threshold --no-sandbox', '--threshold'],
    ['/x/app --export-now 1b9d6bcd --json', '--export-now 1b9d6bcd --json'],
    ['C:\\app.exe --ozone-platform=x11 --headless', '--headless'],
  ])('finds in "%s" only "%s"', (argv, ours) => {
    expect(appArguments(argv.split(' ')).join(' ')).toBe(ours);
  });
});
