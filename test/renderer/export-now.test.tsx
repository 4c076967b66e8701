import { act, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { ExportNowAnswer } from '../../src/shared/export-answer.js';
import type { Answer } from '../../src/shared/ipc-contract.js';
import { renderPopover } from './render-popover.js';
import { samplePending, sampleSession, sampleState } from './sample-state.js';

const other = sampleSession({
  id: 'other',
  project: 'docs-site',
  title: 'Rewrite',
  percent: 52,
  unexportedMessages: 31,
});
const twoSessions = sampleState({ sessions: [sampleSession(), other] });
const topButton = () =>
  within(screen.getByRole('region', { name: 'Fullest live session' })).getByRole('button', { name: /^Export/ });
const spoken = () => document.querySelector('[data-live-region]')?.textContent;

describe('Export now', () => {
  test('of a row asks for that session, from the keyboard too', async () => {
    const user = userEvent.setup();
    const { api } = await renderPopover(twoSessions);
    const button = screen.getByRole('button', { name: 'Export now: docs-site, Rewrite' });
    for (let steps = 0; document.activeElement !== button && steps < 20; steps += 1) await user.tab();
    await user.keyboard('{Enter}');
    expect(api.exportNow.mock.calls).toEqual([['other']]);
  });

  test('on top asks for the fullest session', async () => {
    const { api } = await renderPopover(twoSessions);
    await userEvent.click(topButton());
    expect(api.exportNow.mock.calls).toEqual([[sampleSession().id]]);
  });

  test('says Exporting… and takes no second click while it runs, and keeps the focus', async () => {
    const { api } = await renderPopover(twoSessions);
    let finish: (answer: Answer<ExportNowAnswer>) => void = () => {};
    api.exportNow.mockReturnValue(new Promise((resolve) => (finish = resolve)));
    await userEvent.click(topButton());
    expect(topButton().textContent).toBe('Exporting…');
    expect(topButton().getAttribute('aria-disabled')).toBe('true');
    expect(document.activeElement).toBe(topButton());
    await userEvent.click(topButton());
    expect(api.exportNow).toHaveBeenCalledTimes(1);
    await act(async () => finish({ ok: true, value: { kind: 'done', outcomes: [] } }));
    expect(topButton().textContent).toBe('Export now');
  });

  test('is busy while main says that the session is being exported', async () => {
    await renderPopover(sampleState({ sessions: [sampleSession({ exporting: true })] }));
    expect(topButton().textContent).toBe('Exporting…');
  });

  test.each<[string, ExportNowAnswer, string]>([
    ['exported', done({ kind: 'exported', name: 'n', path: 'p', messages: 12 }), 'Exported 12 messages'],
    ['one message', done({ kind: 'exported', name: 'n', path: 'p', messages: 1 }), 'Exported 1 message'],
    ['nothing new', done({ kind: 'nothing-new' }), 'Nothing new to export'],
    ['failed', done({ kind: 'failed', message: 'Disk full.', mend: 'Free space.' }), 'Export failed'],
    ['refused', { kind: 'refused', message: 'Not now.' }, 'Export failed'],
    ['unknown', { kind: 'unknown-session', message: 'It is gone.' }, 'Export failed'],
  ])('puts the outcome into words beside the button and in the live region: %s', async (_, value, words) => {
    const { api } = await renderPopover(sampleState());
    api.exportNow.mockResolvedValue({ ok: true, value });
    await userEvent.click(topButton());
    expect(screen.getAllByText(words)).toHaveLength(2);
    expect(spoken()).toBe(`api-server: ${words}`);
  });

  test('says why it failed, with the mend, until that is dismissed', async () => {
    const { api } = await renderPopover(sampleState());
    api.exportNow.mockResolvedValue({
      ok: true,
      value: done({ kind: 'failed', message: 'Disk full.', mend: 'Free space.' }),
    });
    await userEvent.click(topButton());
    expect(screen.getByText('Disk full. Free space.').closest('[role=alert]')).not.toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText('Disk full. Free space.')).toBeNull();
  });

  test('shows what main refused, and a main that does not answer', async () => {
    const { api } = await renderPopover(sampleState());
    api.exportNow.mockResolvedValueOnce({ ok: false, code: 'x', message: 'That was refused.' });
    await userEvent.click(topButton());
    expect(screen.getByText('That was refused.')).toBeTruthy();
    api.exportNow.mockRejectedValueOnce(new Error('gone'));
    await userEvent.click(topButton());
    expect(screen.getByText('The app did not answer.')).toBeTruthy();
    expect(topButton().textContent).toBe('Export now');
  });

  test('lets the outcome go after a while', async () => {
    vi.useFakeTimers();
    try {
      const { api } = await renderPopover(sampleState());
      api.exportNow.mockResolvedValue({ ok: true, value: done({ kind: 'nothing-new' }) });
      await act(async () => topButton().click());
      expect(screen.getAllByText('Nothing new to export')).toHaveLength(2);
      act(() => vi.advanceTimersByTime(9000));
      expect(screen.queryByText('Nothing new to export')).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  test('is off, and says why, while the Python daemon exports', async () => {
    const { api } = await renderPopover(sampleState({ mode: 'show-only' }));
    expect(topButton().getAttribute('aria-disabled')).toBe('true');
    expect(topButton().dataset['hint']).toBe('The Python daemon exports at present');
    await userEvent.click(topButton());
    expect(api.exportNow).not.toHaveBeenCalled();
  });
});

describe('pending exports', () => {
  const list = () => within(screen.getByRole('list', { name: 'Pending exports' })).getAllByRole('listitem');

  test('are not mentioned where there are none', async () => {
    await renderPopover(sampleState());
    expect(screen.queryByRole('region', { name: 'Pending exports' })).toBeNull();
  });

  test('say whose they are, size, percent, trigger and state in words', async () => {
    await renderPopover(
      sampleState({
        pendingExports: [
          samplePending({ name: 'a', sessionId: sampleSession().id }),
          samplePending({ name: 'loose.txt', percent: null, trigger: null, bytes: 812, state: 'processing' }),
          samplePending({ name: 'c', trigger: 'manual', state: 'retrying', attempts: 3, problem: 'It is locked.' }),
          samplePending({ name: 'd', trigger: 'compaction', state: 'failed', attempts: 1, problem: 'No JSON.' }),
        ],
      }),
    );
    expect(list().map((item) => [...item.querySelectorAll('bdi, span, p')].map((part) => part.textContent))).toEqual([
      ['api-server', 'waiting', '41 KB · at 76% · by threshold'],
      ['loose.txt', 'processing', '812 B'],
      ['c', 'retrying · 3 attempts', '41 KB · at 76% · by hand', 'It is locked.'],
      ['d', 'failed · 1 attempt', '41 KB · at 76% · by compaction', 'No JSON.'],
    ]);
  });

  test.each([
    ['waiting', false],
    ['processing', false],
    ['retrying', true],
    ['failed', true],
  ] as const)('offer Retry now where one is %s: %s', async (state, isOffered) => {
    const { api } = await renderPopover(sampleState({ pendingExports: [samplePending({ state })] }));
    const button = screen.queryByRole('button', { name: 'Retry now' });
    expect(button !== null).toBe(isOffered);
    if (button !== null) await userEvent.click(button);
    expect(api.retryPending).toHaveBeenCalledTimes(isOffered ? 1 : 0);
  });
});

type Outcome = Extract<ExportNowAnswer, { kind: 'done' }>['outcomes'][number];
type WithoutSession = Outcome extends infer One ? (One extends Outcome ? Omit<One, 'sessionId'> : never) : never;

function done(outcome: WithoutSession): ExportNowAnswer {
  return { kind: 'done', outcomes: [{ sessionId: sampleSession().id, ...outcome } as Outcome] };
}
