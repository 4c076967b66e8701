import type { AppState } from '../shared/app-state.js';
import { defaultSettings } from '../shared/default-settings.js';
import type { PopoverApi } from '../shared/ipc-contract.js';
import type { Settings } from '../shared/settings.js';
import { heldByFlag } from './held-by-flag.js';
import { sendSettings } from './send-settings.js';
import { type SettingControl, useSetting } from './use-setting.js';

/** What a setting's row works with. */
export interface SettingsScene {
  readonly state: AppState;
  readonly api: PopoverApi;
}

/** One or several fields of the settings that are edited as one. */
export interface Field<Value> extends SettingControl<Value> {
  /** Takes a value at once: for switches and choices. */
  readonly choose: (value: Value) => void;
  /** Goes back to the default; null where it is the default. */
  readonly reset: (() => void) | null;
  /** The flag that holds it for this run, in words; null where none does. */
  readonly held: string | null;
}

/** The fields named by `keys`, edited as one record: they are sent together, and what main finds wrong with any is told with them. */
export function useFields<Key extends keyof Settings>(
  { state, api }: SettingsScene,
  keys: readonly Key[],
): Field<Pick<Settings, Key>> {
  const settled = pick(state.settings, keys);
  const control = useSetting(settled, isSameValue, (next) =>
    sendSettings(
      api,
      pick(
        next,
        keys.filter((key) => !isSameValue(next[key], state.settings[key])),
      ),
    ),
  );
  const choose = (value: Pick<Settings, Key>): void => {
    control.preview(value);
    control.commit();
  };
  const defaults = pick(defaultSettings, keys);
  return {
    ...control,
    choose,
    reset: isSameValue(control.shown, defaults) ? null : () => choose(defaults),
    held: heldByFlag(state, keys),
  };
}

/** One field of the settings. */
export function useField<Key extends keyof Settings>(scene: SettingsScene, key: Key): Field<Settings[Key]> {
  const fields = useFields(scene, [key]);
  const recordOf = (value: Settings[Key]): Pick<Settings, Key> =>
    // One key makes the whole record; TypeScript makes an index signature of a computed name.
    ({ [key]: value }) as unknown as Pick<Settings, Key>;
  return {
    ...fields,
    shown: fields.shown[key],
    preview: (value) => fields.preview(recordOf(value)),
    choose: (value) => fields.choose(recordOf(value)),
  };
}

function pick<Key extends keyof Settings>(settings: Pick<Settings, Key>, keys: readonly Key[]): Pick<Settings, Key> {
  return Object.fromEntries(keys.map((key) => [key, settings[key]])) as Pick<Settings, Key>;
}

function isSameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
