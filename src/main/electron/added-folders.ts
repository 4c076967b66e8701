import { dialog } from 'electron';
import type { FolderAnswer } from '../../shared/folder-answer.js';
import type { SettingsFault } from '../../shared/settings.js';
import type { EngineSource } from './engine-source.js';

/** Asks for a Claude Code folder in a native dialog and adds it to those that are watched. */
export async function addFolder(engine: EngineSource): Promise<FolderAnswer> {
  const { filePaths } = await dialog.showOpenDialog({
    title: 'Watch Another Claude Code Folder',
    buttonLabel: 'Watch',
    properties: ['openDirectory', 'showHiddenFiles', 'dontAddToRecent'],
  });
  const [folder] = filePaths;
  if (folder === undefined) return { kind: 'cancelled' };
  const { extraRoots } = engine.state().settings;
  if (extraRoots.includes(folder)) return { kind: 'added' };
  const { faults } = engine.current().updateSettings({ extraRoots: [...extraRoots, folder] });
  return faults.length === 0 ? { kind: 'added' } : { kind: 'refused', faults };
}

/** Takes an added folder from the settings by its entry there; one that is no longer there changes nothing. */
export function removeFolder(engine: EngineSource, entry: string): { readonly faults: readonly SettingsFault[] } {
  const { extraRoots } = engine.state().settings;
  if (!extraRoots.includes(entry)) return { faults: [] };
  return engine.current().updateSettings({ extraRoots: extraRoots.filter((one) => one !== entry) });
}
