import type { RootHealth } from '../../shared/app-state.js';
import { displayText } from '../display-text.js';
import { texts } from '../texts.js';

/** Names the folders that are not watched, by what is wrong with them. */
export function FolderTrouble({ roots }: { readonly roots: readonly RootHealth[] }) {
  const troubles = (['unreadable', 'slow', 'missing'] as const).map((state) => ({
    state,
    paths: roots.filter((root) => root.state === state).map(({ path }) => displayText(path)),
  }));
  return troubles.map(({ state, paths }) =>
    paths.length === 0 ? null : (
      <p key={state} className="folder-trouble">
        <bdi>{texts.footer[state](paths.join(', '))}</bdi>
      </p>
    ),
  );
}
