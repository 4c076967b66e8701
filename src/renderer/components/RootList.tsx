import type { ReactNode } from 'react';
import type { RootHealth } from '../../shared/app-state.js';
import { displayText } from '../display-text.js';
import { texts } from '../texts.js';

/** The folders that session files are looked for in, each with its health in words. */
export function RootList({ roots }: { readonly roots: readonly RootHealth[] }) {
  return (
    <ul className="facts" aria-label={texts.settings.roots}>
      {roots.map((root) => (
        <RootRow key={root.path} root={root} />
      ))}
    </ul>
  );
}

interface RootRowProps {
  readonly root: RootHealth;
  /** Says in words why it is watched. */
  readonly hasSource?: boolean;
  /** What can be done with it. */
  readonly children?: ReactNode;
}

/** One folder with its health. */
export function RootRow({ root, hasSource = false, children }: RootRowProps) {
  const { path, state, source, sessionFiles } = root;
  const words = [
    texts.settings.rootHealth(state, sessionFiles),
    ...(hasSource ? [texts.settings.rootSources[source]] : []),
  ];
  return (
    <li className="root" data-stacked={hasSource || undefined}>
      <span className="health-dot" data-health={state} aria-hidden="true" />
      <span className="root-words">
        <bdi className="fact-path" title={texts.settings.rootSources[source]}>
          {displayText(path)}
        </bdi>
        <span className="root-state">{words.join(texts.listSeparator)}</span>
      </span>
      {children}
    </li>
  );
}
