import type { Settings, SettingsFault, SettingsPatch } from '../../shared/settings.js';
import { bandFaultOf, faultOf, type CheckedSettings } from './check-settings.js';
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
  const bandFault = bandFaultOf(changed);
  return bandFault ? { settings, faults: [bandFault] } : { settings: changed, faults: [] };
}

/** The fields that a patch changes; what is undefined stays as it is. */
export function patchEntries(patch: SettingsPatch): [keyof Settings, unknown][] {
  return (Object.entries(patch) as [keyof Settings, unknown][]).filter(([, value]) => value !== undefined);
}

function unknownField(key: string): SettingsFault {
  return { field: key, message: `There is no setting "${key}".`, mend: `Use one of ${settingsKeys.join(', ')}.` };
}
