import type { RootHealth } from '../../shared/app-state.js';
import { texts } from '../texts.js';
import { Icon } from './Icon.js';
import { RootList } from './RootList.js';

interface EmptyStateProps {
  readonly roots: readonly RootHealth[];
  /** Null while the demo already runs. */
  readonly onDemo: (() => void) | null;
}

/** No session at all: what will happen, which folders are watched, and the demo for whoever wants to see it now. */
export function EmptyState({ roots, onDemo }: EmptyStateProps) {
  return (
    <section className="empty" aria-label={texts.empty.heading}>
      <svg className="empty-picture" viewBox="0 0 64 56" aria-hidden="true" focusable="false">
        <path d="M14.3 49.7a25 25 0 1 1 35.4 0" />
      </svg>
      <h2>{texts.empty.heading}</h2>
      <p>{texts.empty.body}</p>
      <div className="empty-roots">
        <h3>{texts.empty.watched}</h3>
        <RootList roots={roots} />
      </div>
      {onDemo === null ? null : (
        <div className="empty-demo">
          <p>{texts.empty.demo}</p>
          <button type="button" className="button button-primary" onClick={onDemo}>
            <Icon name="play" />
            {texts.demo.start}
          </button>
        </div>
      )}
    </section>
  );
}
