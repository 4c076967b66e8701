import type { Settings, SettingsFault } from '../../shared/settings.js';
import { colourBands } from '../../shared/colour-bands.js';
import { oneLine } from '../support/one-line.js';
import { settingsFields, settingsKeys } from './schema.js';

/** Settings that can be used, and what was wrong with those that were given. */
export interface CheckedSettings {
  readonly settings: Settings;
  readonly faults: readonly SettingsFault[];
}

/**
 * Takes a record of unknown content field by field: a field that is missing gets its default, a bad one its default and
 * a fault. Keys it doesn't know are passed over. Anything that isn't a record counts as an empty one.
 */
export function checkSettings(given: unknown): CheckedSettings {
  const record: object = typeof given === 'object' && given !== null ? given : {};
  const faults: SettingsFault[] = [];
  const checked: Partial<Record<keyof Settings, unknown>> = {};
  for (const key of settingsKeys) {
    const value: unknown = Object.hasOwn(record, key) ? Reflect.get(record, key) : undefined;
    const fault = value === undefined ? null : faultOf(key, value);
    if (fault) faults.push(fault);
    checked[key] = value === undefined || fault ? settingsFields[key].default : value;
  }
  const settings = checked as unknown as Settings;
  const bandFault = bandFaultOf(settings);
  // Where one of the colours follows the export band, the other one was right when it was set: only two given ones contradict.
  const areBothGiven = settings.warnPercent !== null && settings.alarmPercent !== null;
  const colourFault = areBothGiven ? colourFaultOf(settings) : null;
  return {
    settings: {
      ...settings,
      ...(bandFault && mendedBand(settings)),
      ...(colourFault && { warnPercent: null, alarmPercent: null }),
    },
    faults: [...faults, ...[bandFault, colourFault].filter((fault) => fault !== null)],
  };
}

/** What is wrong with one value on its own, or null. */
export function faultOf(key: keyof Settings, value: unknown): SettingsFault | null {
  const { schema, range } = settingsFields[key];
  const { error } = schema.safeParse(value);
  if (!error) return null;
  const reason = error.issues.find(({ code }) => code === 'custom')?.message;
  const message = `${key} can't be ${shown(value)}${reason === undefined ? '' : `: ${oneLine(reason, 200)}`}.`;
  return { field: key, message, mend: `Use ${range}.` };
}

/** What is wrong with threshold and max together, or null. */
export function bandFaultOf({ thresholdPercent, maxPercent }: Settings): SettingsFault | null {
  if (maxPercent > thresholdPercent) return null;
  return {
    field: 'maxPercent',
    message: `The max threshold (${maxPercent} %) is not above the threshold (${thresholdPercent} %).`,
    mend: 'Lower the threshold or raise the max threshold; give both when both change.',
  };
}

/** What is wrong with the two bands of colour together, each with the edge of the export band that it follows where it is not given; or null. */
export function colourFaultOf(settings: Settings): SettingsFault | null {
  const { warn, alarm } = colourBands(settings);
  if (alarm > warn) return null;
  return {
    field: 'alarmPercent',
    message: `The colour for full (from ${alarm} %) does not begin above the colour for near (from ${warn} %).`,
    mend: 'Raise alarmPercent or lower warnPercent; give both when both change.',
  };
}

/** Keeps the edge that fits the other edge's default. */
function mendedBand({ thresholdPercent, maxPercent }: Settings): Pick<Settings, 'thresholdPercent' | 'maxPercent'> {
  const usual = {
    thresholdPercent: settingsFields.thresholdPercent.default,
    maxPercent: settingsFields.maxPercent.default,
  };
  if (thresholdPercent < usual.maxPercent) return { ...usual, thresholdPercent };
  return maxPercent > usual.thresholdPercent ? { ...usual, maxPercent } : usual;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
