import type { SettingsFault } from './settings.js';

/** What came of asking for a folder: it is watched now, nobody chose one, or the settings refused it. */
export type FolderAnswer =
  | { readonly kind: 'added' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly faults: readonly SettingsFault[] };
