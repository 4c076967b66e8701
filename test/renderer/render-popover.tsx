import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { App } from '../../src/renderer/components/App.js';
import type { AppState } from '../../src/shared/app-state.js';
import type { Answer, PopoverApi } from '../../src/shared/ipc-contract.js';

const resizeListeners = new Set<() => void>();

// What jsdom lacks: an observer of sizes, pointer events, and their capture.
class TestPointerEvent extends MouseEvent {
  readonly pointerId: number;
  constructor(type: string, init: PointerEventInit = {}) {
    super(type, init);
    this.pointerId = init.pointerId ?? 0;
  }
}

class TestResizeObserver implements ResizeObserver {
  readonly #tell: () => void;
  constructor(callback: ResizeObserverCallback) {
    this.#tell = () => callback([], this);
    resizeListeners.add(this.#tell);
  }
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {
    resizeListeners.delete(this.#tell);
  }
}

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', TestResizeObserver);
  Object.assign(document.defaultView ?? {}, { PointerEvent: TestPointerEvent });
  const captured = new WeakSet<Element>();
  Object.assign(Element.prototype, {
    setPointerCapture(this: Element) {
      captured.add(this);
    },
    hasPointerCapture(this: Element) {
      return captured.has(this);
    },
    releasePointerCapture(this: Element) {
      captured.delete(this);
    },
  });
});

afterEach(() => {
  cleanup();
  resizeListeners.clear();
  vi.unstubAllGlobals();
});

/** Tells every size observer that something changed its size. */
export function tellResize(): void {
  act(() => resizeListeners.forEach((tell) => tell()));
}

/** A stand-in for the preload script's functions: each a spy that answers ok; `push` sends a new state. */
export function fakeApi(state: AppState) {
  const listeners = new Set<(state: AppState) => void>();
  const ok = async (): Promise<Answer<null>> => ({ ok: true, value: null });
  const api = {
    getState: vi.fn<PopoverApi['getState']>(async () => ({ ok: true, value: state })),
    exportNow: vi.fn<PopoverApi['exportNow']>(async () => ({ ok: true, value: { kind: 'done', outcomes: [] } })),
    updateSettings: vi.fn<PopoverApi['updateSettings']>(async () => ({ ok: true, value: { faults: [] } })),
    setPaused: vi.fn<PopoverApi['setPaused']>(ok),
    muteNotices: vi.fn<PopoverApi['muteNotices']>(ok),
    dismissSession: vi.fn<PopoverApi['dismissSession']>(ok),
    copyResumeCommand: vi.fn<PopoverApi['copyResumeCommand']>(async (id) => ({
      ok: true,
      value: `claude --resume ${id}`,
    })),
    openSessionFolder: vi.fn<PopoverApi['openSessionFolder']>(ok),
    actOnPending: vi.fn<PopoverApi['actOnPending']>(async () => ({
      ok: true,
      value: { kind: 'done', message: 'Done.' },
    })),
    retryPending: vi.fn<PopoverApi['retryPending']>(async () => ({
      ok: true,
      value: { kind: 'done', message: 'Done.' },
    })),
    deleteArchived: vi.fn<PopoverApi['deleteArchived']>(() =>
      Promise.resolve({ ok: true, value: { kind: 'deleted' } }),
    ),
    archiveNearDeletion: vi.fn<PopoverApi['archiveNearDeletion']>(ok),
    confirmFirstRun: vi.fn<PopoverApi['confirmFirstRun']>(ok),
    answerExporterOffer: vi.fn<PopoverApi['answerExporterOffer']>(ok),
    startDemo: vi.fn<PopoverApi['startDemo']>(ok),
    leaveDemo: vi.fn<PopoverApi['leaveDemo']>(ok),
    stopDaemon: vi.fn<PopoverApi['stopDaemon']>(ok),
    searchArchive: vi.fn<PopoverApi['searchArchive']>(async () => ({ ok: true, value: { kind: 'no-index' } })),
    listArchived: vi.fn<PopoverApi['listArchived']>(async () => ({
      ok: true,
      value: { sessions: [], total: 0, indexTrouble: null },
    })),
    listProjects: vi.fn<PopoverApi['listProjects']>(async () => ({ ok: true, value: [] })),
    revealArchived: vi.fn<PopoverApi['revealArchived']>(ok),
    openTranscript: vi.fn<PopoverApi['openTranscript']>(ok),
    openPlace: vi.fn<PopoverApi['openPlace']>(ok),
    setPopoverHeight: vi.fn<PopoverApi['setPopoverHeight']>(ok),
    hidePopover: vi.fn<PopoverApi['hidePopover']>(ok),
    onState: vi.fn<PopoverApi['onState']>((listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }),
  } satisfies PopoverApi;
  const push = (next: AppState): void => act(() => listeners.forEach((listener) => listener(next)));
  return { api, push, listeners };
}

/** Draws the page with a state and waits until it shows; hands back the spies and `push` for a new state. */
export async function renderPopover(state: AppState) {
  const fake = fakeApi(state);
  const view = render(<App api={fake.api} />);
  await act(async () => {});
  return { ...fake, ...view };
}
