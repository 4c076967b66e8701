import path from 'node:path';
import type { Problem } from '../../shared/app-state.js';
import type { Settings, SettingsFault, SettingsPatch } from '../../shared/settings.js';
import { oneLine } from '../support/one-line.js';
import { applyPatch, patchEntries } from './apply-patch.js';
import { bandFaultOf, checkSettings } from './check-settings.js';
import { copyAside } from './keep-aside.js';
import type { KeyValueStore } from './key-value-store.js';
import { settingsKeys } from './schema.js';

/** The settings of this run. */
export interface SettingsStore {
  /** As in force now, command line flags included. */
  readonly current: () => Settings;
  /** The fields that a command line flag holds for this run. */
  readonly held: () => readonly (keyof Settings)[];
  /** Takes and stores a change, or refuses it whole, saying why. A field held by a flag is then no longer held. */
  readonly update: (patch: SettingsPatch) => { readonly faults: readonly SettingsFault[] };
  /** What is wrong with the file now: fields that could not be used, a disk that refuses. */
  readonly problems: () => readonly Problem[];
}

/** `bad-flags`: the flags contradict each other or the stored settings. */
export type OpenedSettings =
  | { readonly kind: 'opened'; readonly settings: SettingsStore }
  | { readonly kind: 'bad-flags'; readonly faults: readonly SettingsFault[] };

/**
 * Reads the settings from `store` once and keeps them. `flags` hold for this run and are not stored. Fields that can't
 * be used have their defaults; before the first write the file that held them is copied aside.
 */
export function openSettings(options: {
  readonly store: KeyValueStore;
  readonly flags: SettingsPatch;
  readonly now: () => Date;
}): OpenedSettings {
  const { store, now } = options;
  const checked = checkSettings(Object.fromEntries(settingsKeys.map((key) => [key, store.get(key)])));
  const flagged = applyPatch(checked.settings, options.flags);
  if (flagged.faults.length > 0) return { kind: 'bad-flags', faults: flagged.faults };

  let stored = checked.settings;
  let current = flagged.settings;
  let held: readonly (keyof Settings)[] = patchEntries(options.flags).map(([key]) => key);
  let badFields: Problem | null =
    checked.faults.length > 0 ? badFieldsProblem(store.path, checked.faults, now()) : null;
  let notSaved: Problem | null = null;
  let unsaved: Partial<Settings> = {};
  let isOriginalKept = checked.faults.length === 0;

  function save(changes: Partial<Settings>): void {
    unsaved = { ...unsaved, ...changes };
    try {
      const record: Record<string, unknown> = isOriginalKept ? unsaved : { ...stored, ...unsaved };
      if (!isOriginalKept) badFields = mendedProblem(store.path, copyAside(store.path, now()), now());
      isOriginalKept = true;
      store.set(record);
      notSaved = null;
      unsaved = {};
    } catch (error) {
      notSaved = notSavedProblem(store.path, error, notSaved?.since ?? now().toISOString());
    }
  }

  return {
    kind: 'opened',
    settings: {
      current: () => current,
      held: () => held,
      problems: () => [badFields, notSaved].filter((problem) => problem !== null),
      update(patch) {
        const next = applyPatch(current, patch);
        if (next.faults.length > 0) return { faults: next.faults };
        const keys = patchEntries(patch).map(([key]) => key);
        if (keys.length === 0) return { faults: [] };
        // Half of the band may be held by a flag and fit the new half where the stored one doesn't: then both are stored.
        const isBandBroken = bandFaultOf({ ...stored, ...pick(next.settings, keys) }) !== null;
        const savedKeys = isBandBroken ? ([...keys, 'thresholdPercent', 'maxPercent'] as const) : keys;
        const changes = pick(next.settings, savedKeys);
        current = next.settings;
        held = held.filter((key) => !savedKeys.includes(key));
        save(changes);
        stored = { ...stored, ...changes };
        return { faults: [] };
      },
    },
  };
}

function pick(settings: Settings, keys: readonly (keyof Settings)[]): Partial<Settings> {
  return Object.fromEntries(keys.map((key) => [key, settings[key]]));
}

function badFieldsProblem(file: string, faults: readonly SettingsFault[], now: Date): Problem {
  const list = faults.map((fault) => `${oneLine(fault.message, 200)} ${fault.mend}`).join(' ');
  return {
    code: 'settings-fields-bad',
    message: `Some settings could not be used and have their defaults. ${list}`,
    mend: `Mend them in ${file}, or change any setting here: the file as it is will be kept beside it.`,
    sessionId: null,
    since: now.toISOString(),
  };
}

function mendedProblem(file: string, kept: string, now: Date): Problem {
  return {
    code: 'settings-fields-bad',
    message: 'Some settings could not be used; their defaults were stored with your change.',
    mend: `The file as it was is kept as ${path.join(path.dirname(file), path.basename(kept))}. Delete it when it is not needed.`,
    sessionId: null,
    since: now.toISOString(),
  };
}

function notSavedProblem(file: string, error: unknown, since: string): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'settings-not-saved',
    message: `The settings hold until the app ends, but could not be saved: ${oneLine(reason, 200)}`,
    mend: `Make room on the disk and ${file} writable for you, then change the setting again.`,
    sessionId: null,
    since,
  };
}
