import { act, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Answer } from '../../src/shared/ipc-contract.js';
import { renderPopover } from './render-popover.js';
import { sampleSession, sampleState } from './sample-state.js';

const exported = sampleSession({ id: 'one', project: 'docs-site', title: 'Rewrite', exportedBytes: 10 });
const fresh = sampleSession({ id: 'two', project: 'api', title: 'New', exportedBytes: 0 });
const name = 'Open transcript: docs-site, Rewrite';

test('a session of which something is exported has its transcript opened by keyboard, once', async () => {
  const user = userEvent.setup();
  const { api } = await renderPopover(sampleState({ sessions: [exported, fresh] }));
  expect(screen.getAllByRole('button', { name: /^Open transcript/ })).toHaveLength(1);
  let finish: (answer: Answer<null>) => void = () => {};
  api.openTranscript.mockReturnValue(new Promise((resolve) => (finish = resolve)));
  const button = screen.getByRole('button', { name });
  for (let steps = 0; document.activeElement !== button && steps < 20; steps += 1) await user.tab();
  await user.keyboard('{Enter}{Enter}');
  expect(api.openTranscript.mock.calls).toEqual([['one', null]]);
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(document.activeElement).toBe(button);
  await act(async () => finish({ ok: true, value: null }));
  expect(button.getAttribute('aria-disabled')).toBe('false');
});

test('says why a transcript could not be opened', async () => {
  const { api } = await renderPopover(sampleState({ sessions: [exported] }));
  api.openTranscript.mockResolvedValue({ ok: false, code: 'failed', message: 'Nothing is archived of it.' });
  await userEvent.click(screen.getByRole('button', { name }));
  expect(screen.getByText('Nothing is archived of it.')).toBeTruthy();
});
