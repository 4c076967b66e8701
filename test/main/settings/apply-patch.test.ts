import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../../src/shared/settings.js';
import { applyPatch } from '../../../src/main/settings/apply-patch.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';

describe('applyPatch', () => {
  it.each<[SettingsPatch]>([
    [{}],
    [{ thresholdPercent: 94 }],
    [{ thresholdPercent: 96, maxPercent: 97 }],
    [{ cooldownMinutes: 0, contextStorage: null }],
    [{ windowTokensByModel: { m: 1_000_000 } }],
  ])('takes %j', (patch) => {
    expect(applyPatch(defaultSettings, patch)).toEqual({ settings: { ...defaultSettings, ...patch }, faults: [] });
  });

  it('leaves what is undefined as it is', () => {
    const patch = { thresholdPercent: undefined, cooldownMinutes: 5 };
    expect(applyPatch(defaultSettings, patch).settings).toEqual({ ...defaultSettings, cooldownMinutes: 5 });
  });

  it.each<[unknown, string]>([
    [{ thresholdPercent: 95 }, 'maxPercent'],
    [{ maxPercent: 75 }, 'maxPercent'],
    [{ cooldownMinutes: 5, pollIntervalSeconds: 0 }, 'pollIntervalSeconds'],
    [{ cooldownMinutes: 5, somethingElse: 1 }, 'somethingElse'],
    [{ cooldownMinutes: '5' }, 'cooldownMinutes'],
  ])('refuses %j whole', (patch, field) => {
    const { settings, faults } = applyPatch(defaultSettings, patch as SettingsPatch);
    expect(settings).toBe(defaultSettings);
    expect(faults.map((fault) => fault.field)).toEqual([field]);
  });
});
