import type { Problem } from '../../shared/app-state.js';
import type { KeyValueStore } from '../settings/key-value-store.js';
import { openReadOnlyStore } from '../settings/read-only-store.js';
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
async function openRun(world: World, options: RunOptions, access: 'read' | 'write'): Promise<OpenedRun> {
  const facts = { ...world.facts, dataFolder: options.dataFolder };
  const { settingsFolder } = resolveConfigPaths(facts);
  // What writes stores is loaded for those who write.
  const open = access === 'read' ? openReadOnlyStore : (await import('../settings/json-store.js')).openStore;
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
  const run = await openRun(world, options, access);
  if (run.kind === 'opened') return run;
  await world.stderr.write(`${run.message}\n`);
  return null;
}
