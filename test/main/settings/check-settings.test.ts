import { describe, expect, it } from 'vitest';
import { checkSettings } from '../../../src/main/settings/check-settings.js';
import { settingsFields, settingsKeys } from '../../../src/main/settings/schema.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';

describe('checkSettings', () => {
  it.each([[undefined], [null], [{}], ['text'], [[]], [{ anotherProgram: true }]])(
    'takes %j as the defaults',
    (given) => {
      expect(checkSettings(given)).toEqual({ settings: defaultSettings, faults: [] });
    },
  );

  it.each<[string, unknown]>([
    ['thresholdPercent', 0],
    ['thresholdPercent', 100],
    ['thresholdPercent', 75.5],
    ['thresholdPercent', '75'],
    ['thresholdPercent', null],
    ['maxPercent', 101],
    ['maxPercent', Number.NaN],
    ['cooldownMinutes', -1],
    ['cooldownMinutes', 1441],
    ['pollIntervalSeconds', 0],
    ['pollIntervalSeconds', 3601],
    ['extraRoots', '/a'],
    ['extraRoots', ['relative']],
    ['extraRoots', ['/nul\0']],
    ['contextStorage', 'relative'],
    ['contextStorage', 7],
    ['windowTokensByModel', { 'claude-opus-4-6': '200k' }],
    ['windowTokensByModel', { 'claude-opus-4-6': 0 }],
    ['windowTokensBySession', []],
    ['noticeSound', 'yes'],
    ['extractorScript', 'on'],
    ['exporterScript', 'yes'],
    ['commandAfterExport', 'notify-send done'],
    ['commandAfterExport', ['sh', '-c', 'cp {file} /backup']],
    ['commandAfterExport', ['cp', '--from={file}']],
    ['commandAfterExport', ['{file}']],
    ['commandAfterExport', ['']],
    ['commandAfterExport', ['cp', '/nul\0']],
    ['commandAfterExport', ['C:\\backup.CMD', '{file}']],
  ])('gives %s its default instead of %j and keeps the others', (field, value) => {
    const { settings, faults } = checkSettings({ cooldownMinutes: 20, noticeSound: false, [field]: value });
    const others = { cooldownMinutes: 20, noticeSound: false };
    const usual = Reflect.get(defaultSettings, field) as unknown;
    expect(settings).toEqual({ ...defaultSettings, ...others, [field]: usual });
    expect(faults).toEqual([
      { field, message: expect.stringContaining(field), mend: expect.stringMatching(/^Use .+\.$/) },
    ]);
  });

  it.each([
    [{ thresholdPercent: 1, maxPercent: 100 }],
    [{ thresholdPercent: 99, maxPercent: 100 }],
    [{ cooldownMinutes: 0, pollIntervalSeconds: 3600 }],
    [{ cooldownMinutes: 1440, pollIntervalSeconds: 1 }],
    [{ extraRoots: ['/a', '~/b'], contextStorage: '/c' }],
    [{ extractorScript: 'off', exporterScript: true }],
    [{ commandAfterExport: ['/usr/bin/cp', '--', '{file}', '/backup', '{session}', '{percent}', '{}', ''] }],
    [{ windowTokensByModel: { 'claude-opus-4-6': 1_000_000 }, windowTokensBySession: { s: 200_000 } }],
  ])('takes %j', (given) => {
    expect(checkSettings(given)).toEqual({ settings: { ...defaultSettings, ...given }, faults: [] });
  });

  it.each([
    [
      { thresholdPercent: 90, maxPercent: 80 },
      { thresholdPercent: 90, maxPercent: 95 },
    ],
    [
      { thresholdPercent: 97, maxPercent: 96 },
      { thresholdPercent: 75, maxPercent: 96 },
    ],
    [
      { thresholdPercent: 99, maxPercent: 50 },
      { thresholdPercent: 75, maxPercent: 95 },
    ],
    [{ thresholdPercent: 96 }, { thresholdPercent: 75, maxPercent: 95 }],
    [
      { thresholdPercent: 80, maxPercent: 80 },
      { thresholdPercent: 80, maxPercent: 95 },
    ],
  ])('mends the band %j to %j', (given, band) => {
    const { settings, faults } = checkSettings(given);
    expect(settings).toEqual({ ...defaultSettings, ...band });
    expect(faults.map(({ field }) => field)).toEqual(['maxPercent']);
  });

  it.skipIf(process.platform === 'win32')('says of a path from the other side of WSL what it is', () => {
    const { faults } = checkSettings({ extraRoots: ['/a', String.raw`D:\Users\me\.claude`] });
    expect(faults.map(({ message }) => message)).toEqual([expect.stringMatching(/: D:.+ is a Windows path.*\.$/)]);
  });

  it('is not taken in by keys of the prototype', () => {
    const given: unknown = JSON.parse('{"__proto__":{"cooldownMinutes":1}}');
    expect(checkSettings(given).settings.cooldownMinutes).toBe(10);
  });
});

describe('settingsFields', () => {
  it('says of every field what it does, and takes its own default', () => {
    expect(settingsKeys.toSorted()).toEqual(Object.keys(defaultSettings).toSorted());
    for (const key of settingsKeys) {
      const field = settingsFields[key];
      expect(field.sentence).toMatch(/^[A-Z].+\.$/);
      expect(field.schema.safeParse(field.default).success).toBe(true);
      expect(field.default).toEqual(defaultSettings[key]);
    }
  });
});
