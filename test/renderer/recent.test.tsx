import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { happeningWords } from '../../src/renderer/happening-words.js';
import { historyWords } from '../../src/renderer/history-words.js';
import { renderPopover } from './render-popover.js';
import { sampleCompaction, sampleExport, sampleHistory, sampleSession, sampleState } from './sample-state.js';

test.each([
  [sampleExport(), 'exported at 76%, by threshold, 212 messages'],
  [sampleExport({ percent: null, trigger: 'manual', messages: null }), 'exported by hand'],
  [sampleCompaction(), 'compacted 967k → 31k, exported 40 s before'],
  [sampleCompaction({ postTokens: null }), 'compacted from 967k, exported 40 s before'],
  [sampleCompaction({ preTokens: null, exportedAt: null }), 'compacted not exported before'],
])('%# is said as %j', (happening, words) => {
  const { kind, rest } = happeningWords(happening);
  expect(`${kind} ${rest}`).toBe(words);
});

describe('recent exports and compactions', () => {
  const list = () => within(screen.getByRole('list', { name: 'Recent exports and compactions' }));

  test('are lines with the way to the transcript', async () => {
    const { api } = await renderPopover(sampleState({ recent: [sampleCompaction(), sampleExport()] }));
    expect(list().getAllByRole('listitem')).toHaveLength(2);
    expect(list().getAllByRole('listitem')[0]?.textContent).toContain('infra compacted 967k → 31k');
    const [open] = list().getAllByRole('button', { name: 'Open transcript: infra, Move the CI runners' });
    await userEvent.click(open as HTMLElement);
    expect(api.openTranscript.mock.calls).toEqual([['one', null]]);
  });

  test('of many the first three, until more are wanted', async () => {
    const recent = Array.from({ length: 10 }, (_, index) =>
      sampleExport({ at: `2026-11-22T11:${10 + index}:00.000Z` }),
    );
    await renderPopover(sampleState({ recent }));
    expect(list().getAllByRole('listitem')).toHaveLength(3);
    await userEvent.click(screen.getByRole('button', { name: 'Show 7 more' }));
    expect(list().getAllByRole('listitem')).toHaveLength(10);
  });

  test('are left out where there are none', async () => {
    await renderPopover(sampleState());
    expect(screen.queryByRole('region', { name: 'Recent exports and compactions' })).toBeNull();
  });
});

describe('the curve of a session', () => {
  test('says in words what it draws', async () => {
    expect(historyWords(sampleHistory)).toBe('over the last 45 min of its work from 12% to 77%, with 1 fall');
    await renderPopover(sampleState({ sessions: [sampleSession({ history: sampleHistory })] }));
    const [curve] = screen.getAllByRole('img', { name: /^Over the last 45 min/ });
    const line = curve?.querySelector('.curve-line')?.getAttribute('d') ?? '';
    expect(line.split('L')).toHaveLength(4);
  });

  test('stays within its frame whatever the figures, and keeps its room where there is none', async () => {
    const odd = { from: sampleHistory.from, minutes: [0, 0], percents: [140, -3] };
    await renderPopover(sampleState({ sessions: [sampleSession({ history: odd }), sampleSession({ id: 'b' })] }));
    const numbers = [...document.querySelectorAll('.row .curve-line')]
      .flatMap((path) => path.getAttribute('d')?.match(/-?[\d.]+/g) ?? [])
      .map(Number);
    expect(numbers).toEqual([2, 2, 2, 12]);
    expect(document.querySelectorAll('.row .curve')).toHaveLength(2);
  });
});
