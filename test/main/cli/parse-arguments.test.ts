import { describe, expect, it } from 'vitest';
import { parseArguments, type Command, type RunOptions } from '../../../src/main/cli/parse-arguments.js';

const usual: RunOptions = { flags: {}, activeWithinSeconds: 300, dataFolder: null, claudeFolders: [] };
const run: Command = { name: 'run', headless: false, demo: false };
const uuid = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';

function parse(line: string) {
  return parseArguments(line === '' ? [] : line.split(' '), '/here');
}

describe('parseArguments', () => {
  it.each<[string, Command, Partial<RunOptions>]>([
    ['', run, {}],
    ['--headless', { ...run, headless: true }, {}],
    ['--demo', { ...run, demo: true }, {}],
    ['--headless --demo', { name: 'run', headless: true, demo: true }, {}],
    ['--threshold 1', run, { flags: { thresholdPercent: 1 } }],
    ['--threshold=99 --max-threshold 100', run, { flags: { thresholdPercent: 99, maxPercent: 100 } }],
    ['--threshold 80 --threshold 70', run, { flags: { thresholdPercent: 70 } }],
    ['--threshold 075', run, { flags: { thresholdPercent: 75 } }],
    ['--max-threshold=90', run, { flags: { maxPercent: 90 } }],
    ['--cooldown 0', run, { flags: { cooldownMinutes: 0 } }],
    ['--cooldown 1440', run, { flags: { cooldownMinutes: 1440 } }],
    ['--mask-secrets', run, { flags: { maskSecrets: true } }],
    ['--poll-interval 1', run, { flags: { pollIntervalSeconds: 1 } }],
    ['--poll-interval=3600', run, { flags: { pollIntervalSeconds: 3600 } }],
    ['--status', { name: 'status', json: false }, {}],
    ['--status --json', { name: 'status', json: true }, {}],
    ['--stop', { name: 'stop' }, {}],
    ['--stop --threshold 80', { name: 'stop' }, { flags: { thresholdPercent: 80 } }],
    ['--show', { name: 'show' }, {}],
    ['--once', { name: 'once', json: false }, {}],
    ['--json --once --active-within 0', { name: 'once', json: true }, { activeWithinSeconds: 0 }],
    ['--once --active-within=86400', { name: 'once', json: false }, { activeWithinSeconds: 86_400 }],
    ['--export-now', { name: 'export-now', session: null }, {}],
    [`--export-now ${uuid}`, { name: 'export-now', session: uuid }, {}],
    ['--export-now=1b9d6bcd', { name: 'export-now', session: '1b9d6bcd' }, {}],
    ['--pending', { name: 'pending', json: false }, {}],
    ['--pending --json', { name: 'pending', json: true }, {}],
    ['--retry all', { name: 'retry', file: null }, {}],
    ['--retry a.jsonl', { name: 'retry', file: 'a.jsonl' }, {}],
    ['--set-aside a.txt', { name: 'set-aside', file: 'a.txt' }, {}],
    ['--bring-back=a.txt', { name: 'bring-back', file: 'a.txt' }, {}],
    ['--confirm-command', { name: 'confirm-command', code: null }, {}],
    ['--confirm-command 0123456789ab', { name: 'confirm-command', code: '0123456789ab' }, {}],
    ['--export-now --data-dir /d', { name: 'export-now', session: null }, { dataFolder: '/d' }],
    ['--verify', { name: 'verify', json: false }, {}],
    ['--verify --json', { name: 'verify', json: true }, {}],
    ['--restore 1b9d6bcd', { name: 'restore', session: '1b9d6bcd', into: null }, {}],
    ['--transcript 1b9d6bcd', { name: 'transcript', session: '1b9d6bcd', format: 'markdown', to: null }, {}],
    [
      `--transcript ${uuid} --html --to a.html`,
      { name: 'transcript', session: uuid, format: 'html', to: '/here/a.html' },
      {},
    ],
    [`--restore ${uuid} --to back`, { name: 'restore', session: uuid, into: '/here/back' }, {}],
    ['--data-dir sub/dir', run, { dataFolder: '/here/sub/dir' }],
    ['--data-dir=/data', run, { dataFolder: '/data' }],
    ['--claude-dir /a --claude-dir=b', run, { claudeFolders: ['/a', '/here/b'] }],
  ])('reads "%s"', (line, command, options) => {
    expect(parse(line)).toEqual({ kind: 'command', command, options: { ...usual, ...options } });
  });

  it.each([
    ['--help', 'help'],
    ['-h', 'help'],
    ['--help --once --stop', 'help'],
    ['--version', 'version'],
  ])('reads "%s" as %s', (line, kind) => {
    expect(parse(line)).toEqual({ kind });
  });

  it.each<[string, RegExp]>([
    ['--threshold 0', /--threshold must be a whole number from 1 to 99, not "0"/],
    ['--threshold 100', /from 1 to 99/],
    ['--threshold 75.5', /from 1 to 99, not "75.5"/],
    ['--threshold 7e1', /not "7e1"/],
    ['--threshold abc', /not "abc"/],
    ['--threshold=', /not ""/],
    ['--threshold -5', /not "-5"/],
    ['--threshold=-5', /not "-5"/],
    ['--threshold 0x50', /not "0x50"/],
    ['--threshold', /'--threshold <value>' argument missing/],
    ['--threshold --once', /'--threshold'/],
    ['--max-threshold 101', /above the threshold and at most 100/],
    ['--max-threshold 1', /--max-threshold must be/],
    ['--threshold 80 --max-threshold 80', /--max-threshold 80 must be above --threshold 80/],
    ['--threshold 95 --max-threshold 90', /Raise it or lower the threshold/],
    ['--cooldown -1', /from 0 to 1440, not "-1"/],
    ['--cooldown 1441', /from 0 to 1440/],
    ['--poll-interval 0', /from 1 to 3600/],
    ['--poll-interval 3601', /from 1 to 3600/],
    ['--active-within -1', /--active-within must be a whole number of seconds/],
    ['--active-within soon', /not "soon"/],
    ['--active-within 99999999999999', /--active-within/],
    ['--data-dir', /'--data-dir <value>' argument missing/],
    ['--data-dir=', /--data-dir must be the path of a folder/],
    ['--claude-dir=', /--claude-dir must be the path of a folder/],
    ['--export-now=', /names no session/],
    ['--export-now 1b9d6bc', /first 8 or more characters, not "1b9d6bc"/],
    ['--export-now ../../../etc/passwd', /takes a session's id/],
    ['--restore', /'--restore <value>' argument missing/],
    ['--restore=', /--restore takes a session's id/],
    ['--restore ../../../etc/passwd', /--restore takes a session's id/],
    ['--restore 1b9d6bcd --json', /--json goes with/],
    ['--restore 1b9d6bcd --verify', /can't go together/],
    ['--restore 1b9d6bcd --to=', /--to must be the path of a folder/],
    ['--transcript x', /--transcript takes a session's id/],
    ['--transcript 1b9d6bcd --to=', /--to must be the path of a file/],
    ['--restore 1b9d6bcd --html', /--html goes with --transcript/],
    ['--verify --to /tmp', /--to goes with --restore/],
    ['--to /tmp', /--to goes with --restore/],
    ['--json', /--json goes with --once, --status, --pending, --search or --verify/],
    ['--json --stop', /--json goes with/],
    ['--once --stop', /--stop and --once can't go together/],
    ['--retry', /retry/],
    ['--set-aside all', /takes a name that --pending lists/],
    ['--set-aside ../a.jsonl', /no path, not "..\/a.jsonl"/],
    ['--retry /etc/passwd', /no path/],
    ['--retry all --pending', /can't go together/],
    ['--retry all --json', /--json goes with/],
    ['--confirm-command=', /names no code/],
    ['--confirm-command yes', /takes the 12 characters .+ not "yes"/],
    ['--status --export-now', /can't go together/],
    ['--once --headless', /--once and --headless can't go together/],
    ['--status --demo', /--status and --demo can't go together/],
    ['--once=yes', /does not take an argument/],
    ['--treshold 80', /Unknown option '--treshold'.+--help/],
    ['start', /Unexpected argument 'start'/],
    ['-x', /Unknown option '-x'/],
  ])('refuses "%s"', (line, message) => {
    const parsed = parse(line);
    expect(parsed).toEqual({ kind: 'bad', message: expect.stringMatching(message) });
    expect(parsed).toHaveProperty('message', expect.stringMatching(/^[^\n]+\.$/));
  });

  it('keeps what a hostile argument holds off the terminal', () => {
    const parsed = parseArguments(['--threshold', '\u001b[2J'], '/');
    expect(JSON.stringify(parsed)).not.toContain(String.raw`\u001b`);
  });
});
