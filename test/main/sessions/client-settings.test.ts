import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { followClientSettings } from '../../../src/main/sessions/client-settings.js';
import { hintsFromSettings } from '../../../src/main/sessions/hints-from-settings.js';
import { followJsonFile } from '../../../src/main/sessions/kept-json-file.js';
import { tempFolder } from '../../support/temp-folder.js';

const nothing = {
  oneMillionModels: [],
  disableOneMillion: false,
  autoCompactWindowTokens: null,
  autoCompactWindowByModel: {},
  autoCompactPercent: null,
  autoCompactOff: false,
};

const user = (settings: object) => ({ managed: {}, user: { ...settings }, state: {} });
const env = (variables: object) => user({ env: variables });
const state = (record: object) => ({ managed: {}, user: {}, state: { ...record } });

describe('what the settings say', () => {
  test.each([
    ['nothing', user({}), {}],
    ['a model with the mark', user({ model: 'opus[1m]' }), { oneMillionModels: ['opus[1m]'] }],
    ['a model without it', user({ model: 'opus' }), {}],
    ['no model at all', user({ model: 5 }), {}],
    ['a window', user({ autoCompactWindow: 150_000 }), { autoCompactWindowTokens: 150_000 }],
    ['a window below the smallest', user({ autoCompactWindow: 50_000 }), {}],
    ['a window that is text', user({ autoCompactWindow: '150000' }), {}],
    ['a window by variable', env({ CLAUDE_CODE_AUTO_COMPACT_WINDOW: '140000' }), { autoCompactWindowTokens: 140_000 }],
    ['… in short', env({ CLAUDE_CODE_AUTO_COMPACT_WINDOW: '120k' }), { autoCompactWindowTokens: 120_000 }],
    ['… in millions', env({ CLAUDE_CODE_AUTO_COMPACT_WINDOW: ' 0.5M ' }), { autoCompactWindowTokens: 500_000 }],
    ['… below the smallest', env({ CLAUDE_CODE_AUTO_COMPACT_WINDOW: '30000' }), { autoCompactWindowTokens: 100_000 }],
    ['… not a number', env({ CLAUDE_CODE_AUTO_COMPACT_WINDOW: 'lots' }), {}],
    ['a percentage', env({ CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: '62.5' }), { autoCompactPercent: 62.5 }],
    ['a percentage of a number', env({ CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: 50 }), { autoCompactPercent: 50 }],
    ['a percentage of 0', env({ CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: '0' }), {}],
    ['a percentage above 100', env({ CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: '101' }), {}],
    ['compaction off', env({ DISABLE_AUTO_COMPACT: '1' }), { autoCompactOff: true }],
    ['all compaction off', env({ DISABLE_COMPACT: 'TRUE' }), { autoCompactOff: true }],
    ['compaction not off', env({ DISABLE_AUTO_COMPACT: '0', DISABLE_COMPACT: '' }), {}],
    ['off by setting', user({ autoCompactEnabled: false }), { autoCompactOff: true }],
    ['off by a setting of old', state({ autoCompactEnabled: false }), { autoCompactOff: true }],
    ['no 1M windows', env({ CLAUDE_CODE_DISABLE_1M_CONTEXT: 'yes' }), { disableOneMillion: true }],
    [
      'a model by variable',
      env({ ANTHROPIC_MODEL: 'claude-opus-4-6[1m]' }),
      { oneMillionModels: ['claude-opus-4-6[1m]'] },
    ],
    ['a family by variable', env({ ANTHROPIC_DEFAULT_OPUS_MODEL: 'x[1M]' }), { oneMillionModels: ['x[1M]'] }],
    ['the mark in a variable of another kind', env({ PS1: '\u001b[1m' }), {}],
    ['an environment that is a list', user({ env: ['DISABLE_COMPACT'] }), {}],
  ])('%s', (_name, files, expected) => {
    expect(hintsFromSettings(files)).toEqual({ ...nothing, ...expected });
  });

  test('models that were used with the mark, each once, from projects of any shape', () => {
    const projects = {
      '/w': { lastModelUsage: { 'claude-opus-4-6[1m]': {}, 'claude-opus-4-6': {} } },
      '/v': { lastModelUsage: { 'claude-opus-4-6[1m]': {}, [`${'x'.repeat(300)}[1m]`]: {} } },
      '/u': { lastModelUsage: null },
      '/t': 'moved',
    };
    expect(hintsFromSettings(state({ projects })).oneMillionModels).toEqual(['claude-opus-4-6[1m]']);
  });

  test('windows for single models, where nothing stronger is set for all', () => {
    const modelSettings = {
      'claude-opus-5-5': { autoCompactWindow: 400_000 },
      'claude-haiku-4-5': { autoCompactWindow: 'auto' },
      'claude-opus-5': { autoCompactWindow: 5 },
      'claude-opus-4-8': null,
    };
    const mine = { autoCompactWindow: 150_000, modelSettings };
    const byModel = { 'claude-opus-5-5': 400_000, 'claude-haiku-4-5': null };
    const set = { ...nothing, autoCompactWindowTokens: 150_000 };
    expect(hintsFromSettings(user(mine))).toEqual({ ...set, autoCompactWindowByModel: byModel });
    const managed = { modelSettings: { 'claude-opus-5-5': { autoCompactWindow: 200_000 } } };
    expect(hintsFromSettings({ ...user(mine), managed }).autoCompactWindowByModel).toEqual({
      ...byModel,
      'claude-opus-5-5': 200_000,
    });
    expect(hintsFromSettings({ ...user(mine), managed: { autoCompactWindow: 150_000 } })).toEqual(set);
    expect(hintsFromSettings(user({ ...mine, env: { CLAUDE_CODE_AUTO_COMPACT_WINDOW: '150000' } }))).toEqual(set);
  });

  test('the organization comes before the user, the variable before the setting, settings before the state of old', () => {
    const files = {
      managed: { autoCompactWindow: 300_000, env: { DISABLE_COMPACT: '0' } },
      user: { autoCompactWindow: 200_000, autoCompactEnabled: true, env: { DISABLE_COMPACT: '1' } },
      state: { autoCompactEnabled: false, env: { CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: '40' } },
    };
    const expected = { ...nothing, autoCompactWindowTokens: 300_000, autoCompactPercent: 40 };
    expect(hintsFromSettings(files)).toEqual(expected);
    const byVariable = { ...files.user, env: { CLAUDE_CODE_AUTO_COMPACT_WINDOW: '250k' } };
    expect(hintsFromSettings({ ...files, user: byVariable }).autoCompactWindowTokens).toBe(250_000);
  });
});

describe('following the files', () => {
  function newHome() {
    const home = tempFolder();
    const configFolder = path.join(home, '.claude');
    mkdirSync(configFolder);
    let atMs = 0;
    const read = followClientSettings({
      configFolder,
      managedFile: path.join(home, 'managed.json'),
      now: () => new Date(atMs),
    });
    const write = (name: string, content: object | string) =>
      writeFileSync(path.join(home, name), typeof content === 'string' ? content : JSON.stringify(content));
    return { home, read, write, wait: (ms: number) => void (atMs += ms) };
  }

  test('no files: nothing said, nothing wrong', async () => {
    expect(await newHome().read()).toEqual({ hints: nothing, cleanupPeriodDays: null, problems: [] });
  });

  test.each<[unknown, unknown, number | null]>([
    [undefined, 90, 90],
    [7, 90, 7],
    ['7', 90, 90],
    [undefined, -1, null],
    [undefined, 0, 0],
    [undefined, null, null],
  ])('days that sessions are kept: the organization says %j, the user %j', async (managed, own, expected) => {
    const { read, write } = newHome();
    write('managed.json', { cleanupPeriodDays: managed });
    write('.claude/settings.json', { cleanupPeriodDays: own });
    expect((await read()).cleanupPeriodDays).toBe(expected);
  });

  test('all of them together, and each change', async () => {
    const { home, read, write, wait } = newHome();
    write('managed.json', { env: { DISABLE_AUTO_COMPACT: '1' } });
    write('.claude/settings.json', `\uFEFF${JSON.stringify({ model: 'opus[1m]', autoCompactWindow: 150_000 })}`);
    write('.claude.json', { projects: { '/w': { lastModelUsage: { 'a[1m]': {} } } } });
    expect((await read()).hints).toEqual({
      ...nothing,
      oneMillionModels: ['opus[1m]', 'a[1m]'],
      autoCompactWindowTokens: 150_000,
      autoCompactOff: true,
    });

    rmSync(path.join(home, 'managed.json'));
    write('.claude/settings.json', { autoCompactWindow: 160_000 });
    write('.claude.json', { projects: { '/w': { lastModelUsage: { 'longer[1m]': {} } } } });
    const soonAfter = (await read()).hints;
    expect(soonAfter).toEqual({ ...nothing, oneMillionModels: ['a[1m]'], autoCompactWindowTokens: 160_000 });
    wait(10_000);
    expect((await read()).hints.oneMillionModels).toEqual(['longer[1m]']);
  });

  test('a folder of another name has its state inside', async () => {
    const { home, write } = newHome();
    mkdirSync(path.join(home, 'other'));
    write('.claude.json', { autoCompactEnabled: false });
    const read = followClientSettings({
      configFolder: path.join(home, 'other'),
      managedFile: path.join(home, 'none'),
      now: () => new Date(),
    });
    expect((await read()).hints.autoCompactOff).toBe(false);
    write('other/.claude.json', { autoCompactEnabled: false });
    expect((await read()).hints.autoCompactOff).toBe(true);
  });

  test.each(['{"autoCompactWindow": 15', '[1, 2]', 'null'])(
    'a file that is %j: said, and the last good one counts',
    async (bad) => {
      const { home, read, write } = newHome();
      write('.claude/settings.json', { autoCompactWindow: 150_000 });
      await read();
      write('.claude/settings.json', bad);
      const broken = await read();
      expect(broken.hints.autoCompactWindowTokens).toBe(150_000);
      expect(broken.problems).toEqual([expect.stringContaining(path.join(home, '.claude', 'settings.json'))]);
      write('.claude/settings.json', { autoCompactWindow: 170_000 });
      expect(await read()).toEqual({
        cleanupPeriodDays: null,
        hints: { ...nothing, autoCompactWindowTokens: 170_000 },
        problems: [],
      });
    },
  );

  test.skipIf(process.getuid?.() === 0)('a file that is closed to us is said', async () => {
    const { home, read, write } = newHome();
    write('.claude/settings.json', {});
    chmodSync(path.join(home, '.claude', 'settings.json'), 0);
    expect((await read()).problems).toEqual([expect.stringContaining('EACCES')]);
  });

  test('nothing is read twice, and a file that changes all the time only after a rest', async () => {
    const file = path.join(tempFolder(), 'state.json');
    let atMs = 0;
    let readings = 0;
    const read = followJsonFile(file, {
      restMs: 10_000,
      now: () => new Date(atMs),
      readText: (name) => {
        readings += 1;
        return readFile(name, 'utf8');
      },
    });
    writeFileSync(file, '{"turn":1}');
    await read();
    atMs += 60_000;
    expect(await read()).toEqual({ record: { turn: 1 }, problem: null });
    expect(readings).toBe(1);

    for (const turn of [22, 333, 4444]) {
      writeFileSync(file, JSON.stringify({ turn }));
      await read();
      atMs += 4_000;
    }
    expect(readings).toBe(2);
    expect((await read()).record).toEqual({ turn: 4444 });
    expect(readings).toBe(3);
  });
});
