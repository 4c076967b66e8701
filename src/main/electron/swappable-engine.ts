import type { AppState } from '../../shared/app-state.js';
import type { EngineSource, ShellEngine } from './engine-source.js';

/** An engine as the shell shows it. */
type ShownEngine = ShellEngine & {
  readonly state: () => AppState;
  readonly subscribe: (listener: (state: AppState) => void) => () => void;
};

/** The engine that is shown, and the means to show another in its place; the shell's listeners stay. */
export interface SwappableEngine extends EngineSource {
  readonly show: (engine: ShownEngine) => void;
}

/** Shows `first` until another is shown. Engines are started and stopped by others. */
export function makeSwappableEngine(first: ShownEngine): SwappableEngine {
  const listeners = new Set<(state: AppState) => void>();
  const tell = (state: AppState) => listeners.forEach((listener) => listener(state));
  let shown = first;
  let undo = shown.subscribe(tell);
  return {
    current: () => shown,
    state: () => shown.state(),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(engine) {
      undo();
      shown = engine;
      undo = shown.subscribe(tell);
      tell(shown.state());
    },
  };
}
