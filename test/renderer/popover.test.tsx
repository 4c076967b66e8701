import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { App } from '../../src/renderer/components/App.js';
import type { AppEvent, AppState } from '../../src/shared/app-state.js';
import type { Answer } from '../../src/shared/ipc-contract.js';
import { fakeApi, renderPopover, tellResize } from './render-popover.js';
import { idleSession, sampleProblem, sampleSession, sampleState } from './sample-state.js';

const spoken = () => document.querySelector('[data-live-region]')?.textContent;

describe('the state feed', () => {
  test('says that it reads until the state is there', async () => {
    const { api } = fakeApi(sampleState());
    api.getState.mockReturnValue(new Promise(() => {}));
    render(<App api={api} />);
    expect(screen.getByRole('status').textContent).toBe('Reading your sessions …');
  });

  test('says why there is no state', async () => {
    const { api } = fakeApi(sampleState());
    api.getState.mockResolvedValue({ ok: false, code: 'x', message: 'The engine did not start.' });
    render(<App api={api} />);
    expect((await screen.findByRole('alert')).textContent).toBe('The engine did not start.');
  });

  test('draws what main pushes, also where the first answer comes late', async () => {
    const { api, push } = fakeApi(sampleState());
    let answer: (answer: Answer<AppState>) => void = () => {};
    api.getState.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    render(<App api={api} />);
    push(sampleState({ revision: 5, sessions: [sampleSession({ project: 'newer' })] }));
    await act(async () => answer({ ok: true, value: sampleState({ revision: 4 }) }));
    expect(screen.getByRole('heading', { name: 'newer' })).toBeTruthy();
  });

  test('stops listening when it goes', async () => {
    const { listeners, unmount } = await renderPopover(sampleState());
    expect(listeners.size).toBe(1);
    unmount();
    expect(listeners.size).toBe(0);
  });
});

describe('what stands on top', () => {
  test('problems are alerts with message and mend; more than two fold up', async () => {
    const problems = ['one', 'two', 'three', 'four'].map((code) => sampleProblem({ code, message: `No ${code}.` }));
    await renderPopover(sampleState({ problems }));
    const region = within(screen.getByRole('region', { name: 'Problems' }));
    expect(region.getAllByRole('alert').map((alert) => alert.textContent)).toEqual([
      'No one. Allow reading it.',
      'No two. Allow reading it.',
    ]);
    await userEvent.click(region.getByRole('button', { name: 'Show 2 more' }));
    expect(region.getAllByRole('alert')).toHaveLength(4);
    await userEvent.click(region.getByRole('button', { name: 'Show fewer' }));
    expect(region.getAllByRole('alert')).toHaveLength(2);
  });

  test('a problem leaves when main says it is over', async () => {
    const { push } = await renderPopover(sampleState({ problems: [sampleProblem()] }));
    push(sampleState());
    expect(screen.queryByRole('region', { name: 'Problems' })).toBeNull();
  });

  test('that notices can’t be shown is a permanent line, however many problems there are', async () => {
    const blocked = sampleProblem({
      code: 'notifications-unavailable',
      message: 'Notices are blocked.',
      mend: 'Allow.',
    });
    const problems = [
      sampleProblem({ code: 'a' }),
      sampleProblem({ code: 'b' }),
      sampleProblem({ code: 'c' }),
      blocked,
    ];
    await renderPopover(sampleState({ problems }));
    const region = within(screen.getByRole('region', { name: 'Problems' }));
    expect(region.getByRole('status').textContent).toBe('Notices are blocked. Allow.');
  });

  test('a live Python daemon: says so and can stop it, and says what came of that', async () => {
    const { api } = await renderPopover(sampleState({ mode: 'show-only' }));
    api.stopDaemon.mockResolvedValue({ ok: false, code: 'x', message: 'It did not stop.' });
    expect(
      screen.getByText('A Python daemon is running and does the exporting. Context Watcher only shows.'),
    ).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Stop the daemon' }));
    expect(api.stopDaemon).toHaveBeenCalledTimes(1);
    expect(screen.getByText('It did not stop.')).toBeTruthy();
  });

  test('the demo: says that nothing is yours and can be left', async () => {
    const { api } = await renderPopover(sampleState({ demo: true, sessions: [] }));
    expect(screen.getByText('This is a demo – nothing here is yours.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Watch the demo' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Leave the demo' }));
    expect(api.leaveDemo).toHaveBeenCalledTimes(1);
  });

  test('paused: the heading says so, and the one control turns round', async () => {
    const { api, push } = await renderPopover(sampleState());
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    expect(api.setPaused.mock.calls).toEqual([[true]]);
    push(sampleState({ paused: true }));
    expect(screen.getByRole('heading', { name: 'Automatic exports are paused' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Resume' }));
    expect(api.setPaused.mock.calls).toEqual([[true], [false]]);
  });
});

describe('the first run', () => {
  test('says what is copied, where, that archives grow and nothing leaves; Got it confirms', async () => {
    const { api, push } = await renderPopover(sampleState({ firstRun: true }));
    const panel = within(screen.getByRole('region', { name: 'What is copied, and where' }));
    expect(panel.getByText(/nears its limit, its transcript is copied/)).toBeTruthy();
    expect(panel.getByText('/home/me/context-storage')).toBeTruthy();
    expect(panel.getByText(/Archives grow/)).toBeTruthy();
    expect(panel.getByText(/Nothing leaves this machine/)).toBeTruthy();
    await userEvent.click(panel.getByRole('button', { name: 'Got it' }));
    expect(api.confirmFirstRun).toHaveBeenCalledTimes(1);
    push(sampleState());
    expect(screen.queryByRole('region', { name: 'What is copied, and where' })).toBeNull();
  });

  test('without any session says so, names the folders that are watched and offers the demo', async () => {
    const { api } = await renderPopover(
      sampleState({
        sessions: [],
        roots: [{ path: '/home/me/.claude/projects', source: 'usual', state: 'missing', sessionFiles: null }],
      }),
    );
    expect(screen.getByRole('heading', { name: 'No session yet' })).toBeTruthy();
    expect(
      within(screen.getByRole('list', { name: 'Watched folders' })).getByText('/home/me/.claude/projects'),
    ).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Watch the demo' }));
    expect(api.startDemo).toHaveBeenCalledTimes(1);
  });
});

describe('the footer', () => {
  const footer = () => within(screen.getByRole('contentinfo'));

  test.each([
    [[['/a', 'watching']], 'Watching 1 folder', []],
    [
      [
        ['/a', 'watching'],
        ['/b', 'missing'],
        ['/c', 'unreadable'],
        ['/d', 'slow'],
        ['/e', 'polling'],
      ],
      'Watching 2 of 5',
      ['Unreadable: /c', 'Not answering: /d', 'Missing: /b'],
    ],
  ] as const)('says how the watching goes and names what is not watched', async (roots, words, named) => {
    await renderPopover(
      sampleState({
        roots: roots.map(([path, state]) => ({ path, source: 'usual' as const, state, sessionFiles: null })),
      }),
    );
    expect(footer().getByText(words)).toBeTruthy();
    for (const line of named) screen.getByText(line);
    expect(document.querySelectorAll('.folder-trouble')).toHaveLength(named.length);
  });

  test('opens the exports folder and the log by name, and says why it could not', async () => {
    const { api } = await renderPopover(sampleState());
    await userEvent.click(footer().getByRole('button', { name: 'Open exports folder' }));
    api.openPlace.mockResolvedValue({ ok: false, code: 'x', message: 'There is no log yet.' });
    await userEvent.click(footer().getByRole('button', { name: 'Open log' }));
    expect(api.openPlace.mock.calls).toEqual([['exports-archive'], ['log']]);
    expect(screen.getByText('There is no log yet.')).toBeTruthy();
  });

  test('has only the places that there are, and marks the open one', async () => {
    await renderPopover(sampleState());
    const places = within(screen.getByRole('navigation', { name: 'Places' })).getAllByRole('button');
    expect(places.map((place) => [place.textContent, place.getAttribute('aria-current')])).toEqual([
      ['Sessions', 'page'],
      ['Archive', null],
      ['Settings', null],
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    expect(screen.getByRole('button', { name: 'Settings' }).getAttribute('aria-current')).toBe('page');
    expect(screen.queryByRole('region', { name: 'Fullest live session' })).toBeNull();
  });
});

describe('the window', () => {
  test('Escape hides the popover', async () => {
    const { api } = await renderPopover(sampleState());
    await userEvent.keyboard('{Escape}');
    expect(api.hidePopover).toHaveBeenCalledTimes(1);
  });

  test('main is told the height that the parts add up to, clamped to 300–720, once each', async () => {
    let partPixels = 100.2;
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(() => new DOMRect(0, 0, 0, partPixels));
    try {
      const { api, push } = await renderPopover(sampleState());
      expect(api.setPopoverHeight.mock.calls).toEqual([[501]]);
      tellResize();
      push(sampleState({ revision: 2 }));
      expect(api.setPopoverHeight).toHaveBeenCalledTimes(1);
      partPixels = 10;
      tellResize();
      partPixels = 4000;
      push(sampleState({ revision: 3 }));
      expect(api.setPopoverHeight.mock.calls).toEqual([[501], [300], [720]]);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe('the live region', () => {
  const event = (sequence: number, kind: 'threshold-crossed' | 'compacted'): AppEvent => ({
    sequence,
    at: '2026-11-22T12:00:00.000Z',
    sessionId: 's',
    project: 'api-server',
    title: null,
    ...(kind === 'compacted' ? { kind, preTokens: 1, postTokens: 1 } : { kind, percent: 75.2 }),
  });

  test('speaks what happens while the page is open, not what happened before', async () => {
    const before = [event(1, 'compacted')];
    const { push } = await renderPopover(sampleState({ events: before }));
    expect(spoken()).toBe('');
    push(sampleState({ events: [...before, event(2, 'threshold-crossed')] }));
    expect(spoken()).toBe('api-server reached 75 percent');
    push(sampleState({ events: [...before, event(2, 'threshold-crossed'), event(3, 'compacted')] }));
    expect(spoken()).toBe('api-server was compacted');
  });
});

test('ages go on while nothing else changes', async () => {
  vi.useFakeTimers();
  try {
    vi.setSystemTime('2026-11-22T12:00:00.000Z');
    await renderPopover(
      sampleState({
        sessions: [idleSession({ live: true, state: 'live', lastActivityAt: '2026-11-22T11:59:55.000Z' })],
      }),
    );
    const facts = () => document.querySelector('.row-facts')?.textContent;
    expect(facts()).toBe('live · just now · Opus 5.5');
    act(() => vi.advanceTimersByTime(60_000));
    expect(facts()).toBe('live · 1 min ago · Opus 5.5');
    fireEvent(document, new Event('visibilitychange'));
  } finally {
    vi.useRealTimers();
  }
});
