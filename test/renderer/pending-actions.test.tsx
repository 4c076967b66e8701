import { act, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { PendingAnswer } from '../../src/shared/pending-answer.js';
import { renderPopover } from './render-popover.js';
import { samplePending, sampleState } from './sample-state.js';

const pressed = async (name: string) => {
  screen.getByRole('button', { name }).focus();
  await userEvent.keyboard('{Enter}');
  await act(async () => {});
};
const aside = [
  { name: 'old.jsonl', bytes: 812, isUnfinished: false },
  { name: 'half.jsonl', bytes: 7, isUnfinished: true },
];

describe('a pending file', () => {
  test.each([
    ['Try a.jsonl again', 'retry'],
    ['Open a.jsonl', 'open'],
    ['Show a.jsonl in its folder', 'reveal'],
    ['Set a.jsonl aside', 'set-aside'],
  ])('%s, by keyboard, sends its name and no path', async (label, action) => {
    const { api } = await renderPopover(sampleState({ pendingExports: [samplePending({ name: 'a.jsonl' })] }));
    await pressed(label);
    expect(api.actOnPending.mock.calls).toEqual([[action, 'a.jsonl']]);
  });

  test('in hand is left alone', async () => {
    await renderPopover(sampleState({ pendingExports: [samplePending({ name: 'a.jsonl', state: 'processing' })] }));
    expect(screen.queryByRole('button', { name: /a\.jsonl/ })).toBeNull();
  });

  test('that was set aside leaves the focus at the heading, and what came of it is spoken', async () => {
    const { api, container } = await renderPopover(
      sampleState({ pendingExports: [samplePending({ name: 'a.jsonl' })] }),
    );
    api.actOnPending.mockResolvedValue({ ok: true, value: { kind: 'done', message: 'Set aside: /s/a.jsonl' } });
    await pressed('Set a.jsonl aside');
    expect(document.activeElement?.textContent).toBe('Pending exports');
    expect(container.querySelector('[data-live-region]')?.textContent).toBe('Set aside: /s/a.jsonl');
    expect(screen.queryByRole('button', { name: 'Dismiss' })).toBeNull();
  });

  test.each<[PendingAnswer, string]>([
    [{ kind: 'failed', message: 'The disk is full.', mend: 'Free some space.' }, 'The disk is full. Free some space.'],
    [{ kind: 'unknown', message: 'No such file.' }, 'No such file.'],
    [{ kind: 'refused', message: 'Not now.' }, 'Not now.'],
  ])('says why nothing was done: %o', async (answer, words) => {
    const { api } = await renderPopover(sampleState({ pendingExports: [samplePending({ name: 'a.jsonl' })] }));
    api.actOnPending.mockResolvedValue({ ok: true, value: answer });
    await pressed('Try a.jsonl again');
    expect(screen.getByText(words)).toBeDefined();
  });
});

test('of many pending files ten are shown, then all that are known, and how many more wait', async () => {
  const pendingExports = Array.from({ length: 200 }, (_, index) => samplePending({ name: `${index}.jsonl` }));
  await renderPopover(sampleState({ pendingExports, pendingTotal: 100_000 }));
  const rows = () => within(screen.getByRole('list', { name: 'Pending exports' })).getAllByRole('listitem');
  expect(rows()).toHaveLength(10);
  expect(screen.getByRole('region', { name: 'Pending exports' }).textContent).toContain('100000');
  expect(screen.getByText('and 99800 more that wait')).toBeDefined();
  await pressed('Show 190 more');
  expect(rows()).toHaveLength(200);
  await pressed('Show fewer');
  expect(rows()).toHaveLength(10);
});

test('what was set aside can be brought back, an unfinished export can not', async () => {
  const { api } = await renderPopover(sampleState({ setAside: aside }));
  const list = within(screen.getByRole('list', { name: 'Set aside' }));
  expect(list.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'old.jsonl812 B',
    'half.jsonlunfinished',
  ]);
  expect(list.getAllByRole('button')).toHaveLength(1);
  await pressed('Bring old.jsonl back');
  expect(api.actOnPending.mock.calls).toEqual([['bring-back', 'old.jsonl']]);
});
