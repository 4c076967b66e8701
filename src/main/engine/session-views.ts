import type { Mute, RunningClientState, SessionState } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';
import type { ContextKnowledge } from '../meter/context-knowledge.js';
import type { TrackedSession } from './session-tracker.js';
import { viewSession } from './session-view.js';

/** What a view depends on besides what was read of the session. */
interface ViewInputs {
  readonly live: boolean;
  readonly client: RunningClientState | null;
  readonly exporting: boolean;
  readonly mute: Mute | null;
  readonly dismissed: boolean;
  readonly settings: Settings;
  readonly known: ContextKnowledge;
}

/**
 * Hands back a function that puts a session into a view and gives the same object again as long as nothing has changed:
 * with hundreds of sessions only the one that was written to is worked out anew.
 */
export function rememberViews(
  inputsOf: (tracked: TrackedSession) => ViewInputs,
): (tracked: TrackedSession) => SessionState {
  const views = new WeakMap<TrackedSession, { readonly inputs: ViewInputs; readonly view: SessionState }>();
  return (tracked) => {
    const inputs = inputsOf(tracked);
    const before = views.get(tracked);
    if (before !== undefined && isSame(before.inputs, inputs)) return before.view;
    const { settings, known, ...rest } = inputs;
    const view = viewSession({ ...tracked, ...rest }, settings, known);
    views.set(tracked, { inputs, view });
    return view;
  };
}

function isSame(one: ViewInputs, other: ViewInputs): boolean {
  return (
    one.live === other.live &&
    one.exporting === other.exporting &&
    one.mute === other.mute &&
    one.dismissed === other.dismissed &&
    one.settings === other.settings &&
    one.known === other.known &&
    one.client?.pid === other.client?.pid &&
    one.client?.status === other.client?.status &&
    one.client?.waitingFor === other.client?.waitingFor
  );
}
