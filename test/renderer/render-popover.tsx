import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { App } from '../../src/renderer/components/App.js';
import type { AppState } from '../../src/shared/app-state.js';
import type { Answer, PopoverApi } from '../../src/shared/ipc-contract.js';

const resizeListeners = new Set<() => void>();
const viewListeners = new Set<TestIntersectionObserver>();

// What jsdom lacks: an observer of sizes, pointer events, their capture, and scrolling.
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

/** Of elements that can be seen; `tellSeen` says which. */
class TestIntersectionObserver {
  readonly #callback: IntersectionObserverCallback;
  readonly #observed = new Set<Element>();
  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback;
    viewListeners.add(this);
  }
  observe(element: Element): void {
    this.#observed.add(element);
  }
  unobserve(element: Element): void {
    this.#observed.delete(element);
  }
  disconnect(): void {
    viewListeners.delete(this);
  }
  tell(isSeen: (element: Element) => boolean): void {
    const entries = [...this.#observed].map((target) => ({ target, isIntersecting: isSeen(target) }));
    this.#callback(entries as unknown as IntersectionObserverEntry[], this as unknown as IntersectionObserver);
  }
}

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', TestIntersectionObserver);
  vi.stubGlobal('ResizeObserver', TestResizeObserver);
  Object.assign(document.defaultView ?? {}, { PointerEvent: TestPointerEvent });
  const captured = new WeakSet<Element>();
  Object.assign(Element.prototype, {
    scrollIntoView: vi.fn(),
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
  viewListeners.clear();
  vi.unstubAllGlobals();
});

/** Tells every size observer that something changed its size. */
export function tellResize(): void {
  act(() => resizeListeners.forEach((tell) => tell()));
}

/** Tells every observer of what can be seen which elements can. */
export function tellSeen(isSeen: (element: Element) => boolean): void {
  act(() => viewListeners.forEach((observer) => observer.tell(isSeen)));
}

/** A stand-in for the preload script's functions: each a spy that answers ok; `push` sends a new state, `showSession` asks for a row. */
export function fakeApi(state: AppState) {
  const listeners = new Set<(state: AppState) => void>();
  const asked = new Set<(sessionId: string) => void>();
  const ok = async (): Promise<Answer<null>> => ({ ok: true, value: null });
  const api = {
    getState: vi.fn<PopoverApi['getState']>(async () => ({ ok: true, value: state })),
    exportNow: vi.fn<PopoverApi['exportNow']>(async () => ({ ok: true, value: { kind: 'done', outcomes: [] } })),
    updateSettings: vi.fn<PopoverApi['updateSettings']>(async () => ({ ok: true, value: { faults: [] } })),
    addRoot: vi.fn<PopoverApi['addRoot']>(async () => ({ ok: true, value: { kind: 'added' } })),
    removeRoot: vi.fn<PopoverApi['removeRoot']>(async () => ({ ok: true, value: { faults: [] } })),
    copyDiagnostics: vi.fn<PopoverApi['copyDiagnostics']>(ok),
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
    startJob: vi.fn<PopoverApi['startJob']>(async () => ({ ok: true, value: { kind: 'started' } })),
    cancelJob: vi.fn<PopoverApi['cancelJob']>(ok),
    dismissJob: vi.fn<PopoverApi['dismissJob']>(ok),
    revealRestored: vi.fn<PopoverApi['revealRestored']>(ok),
    openTranscript: vi.fn<PopoverApi['openTranscript']>(ok),
    openPlace: vi.fn<PopoverApi['openPlace']>(ok),
    setPopoverHeight: vi.fn<PopoverApi['setPopoverHeight']>(ok),
    setSessionsOnView: vi.fn<PopoverApi['setSessionsOnView']>(ok),
    hidePopover: vi.fn<PopoverApi['hidePopover']>(ok),
    onState: vi.fn<PopoverApi['onState']>((listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }),
    onShowSession: vi.fn<PopoverApi['onShowSession']>((listener) => {
      asked.add(listener);
      return () => asked.delete(listener);
    }),
  } satisfies PopoverApi;
  const push = (next: AppState): void => act(() => listeners.forEach((listener) => listener(next)));
  const showSession = (sessionId: string): void => act(() => asked.forEach((listener) => listener(sessionId)));
  return { api, push, listeners, showSession };
}

/** Draws the page with a state and waits until it shows; hands back the spies and `push` for a new state. */
export async function renderPopover(state: AppState) {
  const fake = fakeApi(state);
  const view = render(<App api={fake.api} />);
  await act(async () => {});
  return { ...fake, ...view };
}
