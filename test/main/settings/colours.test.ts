import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/main/settings/apply-patch.js';
import { checkSettings } from '../../../src/main/settings/check-settings.js';
import { colourBands, colourOf } from '../../../src/shared/colour-bands.js';
import type { Settings, SettingsPatch } from '../../../src/shared/settings.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';

describe('the colours in a change', () => {
  it.each<[SettingsPatch, Partial<Settings>, string | null]>([
    [{ warnPercent: 60 }, {}, null],
    [{ warnPercent: 96, alarmPercent: 97 }, {}, null],
    [{ warnPercent: 96 }, {}, 'alarmPercent'],
    [{ alarmPercent: 75 }, {}, 'alarmPercent'],
    [{ warnPercent: 80, alarmPercent: 80 }, {}, 'alarmPercent'],
    [{ alarmPercent: null }, { warnPercent: 96, alarmPercent: 98 }, 'alarmPercent'],
    // The band moves over colours that were right when they were set.
    [{ maxPercent: 78 }, { warnPercent: 80 }, null],
    [{ thresholdPercent: 90 }, { alarmPercent: 85 }, null],
  ])('%j over %j: fault at %s', (patch, before, field) => {
    const settings = { ...defaultSettings, ...before };
    const applied = applyPatch(settings, patch);
    expect(applied.faults.map((fault) => fault.field)).toEqual(field === null ? [] : [field]);
    expect(applied.settings).toEqual(field === null ? { ...settings, ...patch } : settings);
  });
});

describe('the colours in the file', () => {
  it.each<[Partial<Settings>, Partial<Settings>, readonly string[]]>([
    [{ warnPercent: 50, alarmPercent: 90 }, { warnPercent: 50, alarmPercent: 90 }, []],
    [{ warnPercent: 90, alarmPercent: 50 }, { warnPercent: null, alarmPercent: null }, ['alarmPercent']],
    [{ warnPercent: 97 }, { warnPercent: 97 }, []],
    [{ warnPercent: 0 }, { warnPercent: null }, ['warnPercent']],
  ])('%j is taken as %j with faults at %j', (given, taken, fields) => {
    const checked = checkSettings(given);
    expect(checked.settings).toEqual({ ...defaultSettings, ...taken });
    expect(checked.faults.map(({ field }) => field)).toEqual(fields);
  });
});

describe('the colour of a reading', () => {
  const settings = (changes: Partial<Settings>) => ({ ...defaultSettings, ...changes });
  it.each<[number, Partial<Settings>, string]>([
    [74.9, {}, 'calm'],
    [75, {}, 'near'],
    [95, {}, 'near'],
    [95.1, {}, 'full'],
    [90, { alarmPercent: 90 }, 'full'],
    [89.9, { alarmPercent: 90 }, 'near'],
    [60, { warnPercent: 60 }, 'near'],
    // A band that was moved below the user's own colours: full comes first.
    [79, { warnPercent: 80, maxPercent: 78 }, 'full'],
    [77, { warnPercent: 80, maxPercent: 78 }, 'calm'],
  ])('%d with %j is %s', (percent, changes, colour) => {
    expect(colourOf(percent, colourBands(settings(changes)))).toBe(colour);
  });
});
