import type { SessionView } from '../session-view.js';
import { Icon } from './Icon.js';

/** What a session is doing, in words; one that waits for its user stands out by weight and by a sign before it. */
export function StateWords({ view }: { readonly view: SessionView }) {
  return (
    <span className="session-state" data-presence={view.presence}>
      {view.presence === 'waiting' ? <Icon name="asks" /> : null}
      {view.stateText}
    </span>
  );
}
