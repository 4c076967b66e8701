import type { Settings, SettingsFault, SettingsPatch } from '../../shared/settings.js';
import { bandFaultOf, colourFaultOf, faultOf, type CheckedSettings } from './check-settings.js';
import { settingsKeys } from './schema.js';

/** The settings after a change, or as they were, with what is wrong: a patch is taken whole or not at all. */
export function applyPatch(settings: Settings, patch: SettingsPatch): CheckedSettings {
  const changes = patchEntries(patch);
  const faults = changes.flatMap(([key, value]): SettingsFault[] => {
    if (!settingsKeys.includes(key)) return [unknownField(key)];
    const fault = faultOf(key, value);
    return fault ? [fault] : [];
  });
  if (faults.length > 0) return { settings, faults };
  const changed: Settings = { ...settings, ...Object.fromEntries(changes) };
  // A moved export band is never refused for the sake of colours that were set before.
  const changesColours = changes.some(([key]) => key === 'warnPercent' || key === 'alarmPercent');
  const fault = bandFaultOf(changed) ?? (changesColours ? colourFaultOf(changed) : null);
  return fault ? { settings, faults: [fault] } : { settings: changed, faults: [] };
}

/** The fields that a patch changes; what is undefined stays as it is. */
export function patchEntries(patch: SettingsPatch): [keyof Settings, unknown][] {
  return (Object.entries(patch) as [keyof Settings, unknown][]).filter(([, value]) => value !== undefined);
}

function unknownField(key: string): SettingsFault {
  return { field: key, message: `There is no setting "${key}".`, mend: `Use one of ${settingsKeys.join(', ')}.` };
}
