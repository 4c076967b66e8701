import type { RootHealth } from '../../shared/app-state.js';
import { displayText } from '../display-text.js';
import { texts } from '../texts.js';

/** The folders that session files are looked for in, each with its health in words. */
export function RootList({ roots }: { readonly roots: readonly RootHealth[] }) {
  return (
    <ul className="facts" aria-label={texts.settings.roots}>
      {roots.map(({ path, state }) => (
        <li key={path} className="root">
          <span className="health-dot" data-health={state} aria-hidden="true" />
          <bdi className="fact-path">{displayText(path)}</bdi>
          <span className="root-state">{texts.settings.rootStates[state]}</span>
        </li>
      ))}
    </ul>
  );
}
