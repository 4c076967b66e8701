import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../../src/shared/settings.js';
import { openStore } from '../../../src/main/settings/json-store.js';
import { openReadOnlyStore } from '../../../src/main/settings/read-only-store.js';
import { openSettings, type SettingsStore } from '../../../src/main/settings/settings-store.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';
import { tempFolder } from '../../support/temp-folder.js';

const now = () => new Date('2026-11-01T12:00:00.000Z');

/** A folder below a temporary one, so that the store has to make it. */
function makePlace(content?: string) {
  const folder = path.join(tempFolder(), 'config');
  const file = path.join(folder, 'settings.json');
  if (content !== undefined) {
    mkdirSync(folder);
    writeFileSync(file, content);
  }
  return { folder, file, name: 'settings', now } as const;
}

function open(place: ReturnType<typeof makePlace>, flags: SettingsPatch = {}) {
  const { store, problems } = openStore(place);
  const opened = openSettings({ store, flags, now });
  if (opened.kind !== 'opened') throw new Error(JSON.stringify(opened.faults));
  return { settings: opened.settings, problems };
}

function stored(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function codes(settings: SettingsStore): string[] {
  return settings.problems().map(({ code }) => code);
}

describe('openStore', () => {
  it('makes the folder 0700, no file before something is set, and then one with 0600', () => {
    const place = makePlace();
    const { store, problems } = openStore(place);
    expect(problems).toEqual([]);
    expect(existsSync(place.file)).toBe(false);
    store.set({ 'a.b': 1, c: null });
    expect(statSync(place.folder).mode & 0o777).toBe(0o700);
    expect(statSync(place.file).mode & 0o777).toBe(0o600);
    expect(stored(place.file)).toEqual({ 'a.b': 1, c: null });
    expect(store.get('a.b')).toBe(1);
  });

  it.each([['{"thresholdPercent": 8'], [''], ['[1]'], ['null'], ['"text"'], ['\u0000\u0000']])(
    'keeps a file that holds %j aside, says so and starts from the defaults',
    (content) => {
      const place = makePlace(content);
      const { settings, problems } = open(place);
      const kept = `${place.file}.bad-20261101T120000Z`;
      expect(settings.current()).toEqual(defaultSettings);
      expect(readFileSync(kept, 'utf8')).toBe(content);
      expect(problems).toEqual([expect.objectContaining({ code: 'settings-unreadable', since: now().toISOString() })]);
      expect(problems[0]?.mend).toContain(kept);
      settings.update({ cooldownMinutes: 7 });
      expect(stored(place.file)).toEqual({ cooldownMinutes: 7 });
    },
  );

  it('never overwrites a file that was kept aside before', () => {
    const place = makePlace('one');
    openStore(place);
    writeFileSync(place.file, 'two');
    openStore(place);
    expect(readFileSync(`${place.file}.bad-20261101T120000Z`, 'utf8')).toBe('one');
    expect(readFileSync(`${place.file}.bad-20261101T120000Z-2`, 'utf8')).toBe('two');
  });

  it('lives in memory where the folder can not be made', () => {
    const blocked = path.join(tempFolder(), 'file');
    writeFileSync(blocked, '');
    const { store, problems } = openStore({ folder: path.join(blocked, 'config'), name: 'settings', now });
    expect(problems.map(({ code }) => code)).toEqual(['settings-unreadable']);
    store.set({ cooldownMinutes: 3 });
    expect(store.get('cooldownMinutes')).toBe(3);
  });
});

describe('openReadOnlyStore', () => {
  it('reads, and touches nothing', () => {
    const place = makePlace('{"cooldownMinutes": 3}');
    const { store } = openReadOnlyStore(place);
    store.set({ cooldownMinutes: 4 });
    expect(store.get('cooldownMinutes')).toBe(4);
    expect(readFileSync(place.file, 'utf8')).toBe('{"cooldownMinutes": 3}');
  });

  it('makes no folder and moves nothing aside', () => {
    const missing = makePlace();
    expect(openReadOnlyStore(missing).problems).toEqual([]);
    expect(existsSync(missing.folder)).toBe(false);
    const broken = makePlace('{');
    expect(openReadOnlyStore(broken).problems).toHaveLength(1);
    expect(readdirSync(broken.folder)).toEqual(['settings.json']);
  });
});

describe('openSettings', () => {
  it('stores what is changed, keeps what it does not know, and has it after a restart', () => {
    const place = makePlace('{"anotherProgram": {"x": 1}}');
    open(place).settings.update({ thresholdPercent: 60, windowTokensByModel: { 'claude-opus-4.6': 1_000_000 } });
    const expected = { thresholdPercent: 60, windowTokensByModel: { 'claude-opus-4.6': 1_000_000 } };
    expect(stored(place.file)).toEqual({ anotherProgram: { x: 1 }, ...expected });
    expect(open(place).settings.current()).toEqual({ ...defaultSettings, ...expected });
  });

  it('refuses a bad change whole and stores nothing', () => {
    const place = makePlace();
    const { settings } = open(place);
    expect(settings.update({ thresholdPercent: 96 }).faults).toHaveLength(1);
    expect(settings.current()).toEqual(defaultSettings);
    expect(existsSync(place.file)).toBe(false);
  });

  it('holds a flag for the run without storing it, until the field is changed', () => {
    const place = makePlace('{"thresholdPercent": 50}');
    const { settings } = open(place, { thresholdPercent: 30, cooldownMinutes: 0 });
    expect(settings.current().thresholdPercent).toBe(30);
    expect(settings.held()).toEqual(['thresholdPercent', 'cooldownMinutes']);
    settings.update({ pollIntervalSeconds: 5 });
    expect(stored(place.file)).toEqual({ thresholdPercent: 50, pollIntervalSeconds: 5 });
    settings.update({ thresholdPercent: 40 });
    expect(settings.held()).toEqual(['cooldownMinutes']);
    expect(stored(place.file)).toEqual({ thresholdPercent: 40, pollIntervalSeconds: 5 });
    expect(open(place).settings.current()).toMatchObject({ thresholdPercent: 40, cooldownMinutes: 10 });
  });

  it('stores the held half of the band too where the other half would not fit what is stored', () => {
    const place = makePlace();
    const { settings } = open(place, { thresholdPercent: 50 });
    settings.update({ maxPercent: 60 });
    expect(settings.held()).toEqual([]);
    expect(open(place).settings.current()).toMatchObject({ thresholdPercent: 50, maxPercent: 60 });
  });

  it('refuses flags that do not fit the stored settings', () => {
    const { store } = openStore(makePlace('{"maxPercent": 80}'));
    const opened = openSettings({ store, flags: { thresholdPercent: 85 }, now });
    expect(opened).toEqual({ kind: 'bad-flags', faults: [expect.objectContaining({ field: 'maxPercent' })] });
  });

  it('uses defaults for bad fields, says so, and copies the file aside before the first write', () => {
    const content = '{"thresholdPercent": "lots", "cooldownMinutes": 20, "other": 1}';
    const place = makePlace(content);
    const { settings } = open(place);
    expect(settings.current()).toEqual({ ...defaultSettings, cooldownMinutes: 20 });
    expect(codes(settings)).toEqual(['settings-fields-bad']);
    expect(settings.problems()[0]?.message).toContain('thresholdPercent');
    expect(readdirSync(place.folder)).toEqual(['settings.json']);
    settings.update({ pollIntervalSeconds: 5 });
    expect(readFileSync(`${place.file}.bad-20261101T120000Z`, 'utf8')).toBe(content);
    expect(settings.problems()[0]?.mend).toContain('.bad-20261101T120000Z');
    settings.update({ pollIntervalSeconds: 6 });
    expect(readdirSync(place.folder)).toHaveLength(2);
    const again = open(place).settings;
    expect(codes(again)).toEqual([]);
    expect(again.current()).toEqual({ ...defaultSettings, cooldownMinutes: 20, pollIntervalSeconds: 6 });
    expect(stored(place.file)).toMatchObject({ other: 1 });
  });

  it('goes on in memory when the disk refuses, says so, and forgets that once it can write', () => {
    const place = makePlace();
    let isFull = true;
    const { store } = openStore(place);
    const refusing = {
      path: store.path,
      get: (key: string) => store.get(key),
      set(record: Record<string, unknown>) {
        if (isFull) throw new Error('ENOSPC: no space left on device');
        store.set(record);
      },
    };
    const opened = openSettings({ store: refusing, flags: {}, now });
    if (opened.kind !== 'opened') throw new Error('refused');
    expect(opened.settings.update({ cooldownMinutes: 3 }).faults).toEqual([]);
    expect(opened.settings.current().cooldownMinutes).toBe(3);
    expect(codes(opened.settings)).toEqual(['settings-not-saved']);
    isFull = false;
    opened.settings.update({ pollIntervalSeconds: 4 });
    expect(codes(opened.settings)).toEqual([]);
    expect(stored(place.file)).toEqual({ cooldownMinutes: 3, pollIntervalSeconds: 4 });
  });

  it('does not change the mode of a folder that is there', () => {
    const place = makePlace('{}');
    chmodSync(place.folder, 0o755);
    open(place).settings.update({ cooldownMinutes: 1 });
    expect(statSync(place.folder).mode & 0o777).toBe(0o755);
  });
});
