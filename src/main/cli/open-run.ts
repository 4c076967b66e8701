import type { Problem } from '../../shared/app-state.js';
import { openReadOnlyStore, openStore } from '../settings/json-store.js';
import type { KeyValueStore } from '../settings/key-value-store.js';
import { openSettings, type SettingsStore } from '../settings/settings-store.js';
import { resolveAppPaths, resolveConfigPaths, type AppPaths } from '../support/app-paths.js';
import type { RunOptions } from './parse-arguments.js';
import type { World } from './world.js';

/** The places, settings and memory of one run. */
export interface OpenRun {
  readonly kind: 'opened';
  readonly paths: AppPaths;
  readonly settings: SettingsStore;
  readonly appStateStore: KeyValueStore;
  /** What went wrong while the files were opened. */
  readonly startProblems: readonly Problem[];
}

/** `bad`: the flags don't go with the stored settings; the message says how to mend that. */
type OpenedRun = OpenRun | { readonly kind: 'bad'; readonly message: string };

/** Finds the places and reads settings and memory. `read` touches nothing on the disk, `write` may make folders and set files aside. */
function openRun(world: World, options: RunOptions, access: 'read' | 'write'): OpenedRun {
  const facts = { ...world.facts, dataFolder: options.dataFolder };
  const { settingsFolder } = resolveConfigPaths(facts);
  const open = access === 'read' ? openReadOnlyStore : openStore;
  const { now } = world;
  const place = { folder: settingsFolder, now, ...(world.createStore && { create: world.createStore }) };
  const settingsFile = open({ ...place, name: 'settings' });
  const stateFile = open({ ...place, name: 'state' });
  const opened = openSettings({ store: settingsFile.store, flags: options.flags, now });
  if (opened.kind === 'bad-flags') {
    return { kind: 'bad', message: opened.faults.map(({ message, mend }) => `${message} ${mend}`).join(' ') };
  }
  return {
    kind: 'opened',
    paths: resolveAppPaths(facts, opened.settings.current().contextStorage),
    settings: opened.settings,
    appStateStore: stateFile.store,
    startProblems: [...settingsFile.problems, ...stateFile.problems],
  };
}

/** Opens a run, or says on stderr why the arguments can't be used and hands back null: exit code 2. */
export async function openRunOrSay(
  world: World,
  options: RunOptions,
  access: 'read' | 'write',
): Promise<OpenRun | null> {
  const run = openRun(world, options, access);
  if (run.kind === 'opened') return run;
  await world.stderr.write(`${run.message}\n`);
  return null;
}
