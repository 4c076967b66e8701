import type { RootHealth } from '../../shared/app-state.js';
import { displayText } from '../display-text.js';
import { texts } from '../texts.js';

/** The folders that session files are looked for in, each with its health in words. */
export function RootList({ roots }: { readonly roots: readonly RootHealth[] }) {
  return (
    <ul className="facts" aria-label={texts.settings.roots}>
      {roots.map(({ path, state, source, sessionFiles }) => (
        <li key={path} className="root">
          <span className="health-dot" data-health={state} aria-hidden="true" />
          <bdi className="fact-path" title={texts.settings.rootSources[source]}>
            {displayText(path)}
          </bdi>
          <span className="root-state">{texts.settings.rootHealth(state, sessionFiles)}</span>
        </li>
      ))}
    </ul>
  );
}
