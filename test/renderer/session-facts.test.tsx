import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SessionState } from '../../src/shared/app-state.js';
import { renderPopover } from './render-popover.js';
import {
  compactedSession,
  idleSession,
  sampleForecast,
  sampleLine,
  sampleNowMs,
  sampleSession,
  sampleState,
  unreadSession,
  waitingSession,
} from './sample-state.js';

beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(sampleNowMs);
  return () => vi.restoreAllMocks();
});

const show = async (...sessions: SessionState[]) => renderPopover(sampleState({ sessions }));
const hero = () => screen.getByRole('region', { name: 'Fullest live session' });
const linesOf = (selector: string) => document.querySelector(selector)?.getAttribute('data-hint')?.split('\n');
const facts = () => [...document.querySelectorAll('.row-facts')].map(({ textContent }) => textContent);

describe('the compaction line', () => {
  test('is a mark on bar and gauge, said to whoever hovers and to screen readers', async () => {
    const { container } = await show(sampleSession({ compactionLine: sampleLine() }));
    expect(container.querySelector<HTMLElement>('.bar-line')?.style.left).toBe('96.7%');
    expect(container.querySelectorAll('.gauge-line')).toHaveLength(1);
    for (const meter of screen.getAllByRole('meter')) {
      expect(meter.getAttribute('aria-valuetext')).toBe(
        '77 percent, 773k of 1M, in the export band, compacts at about 967k, learnt from 12 compactions',
      );
    }
    for (const selector of ['.bar-hint', '.gauge-figures']) {
      expect(linesOf(selector)).toEqual([
        'Compacts at about 967k, learnt from 12 compactions',
        'Measured: the figures of the newest answer',
        'Window size known for this model',
      ]);
    }
  });

  test.each([
    ['nobody knows it', null, '77 percent, 773k of 1M, in the export band'],
    [
      'compaction is off',
      sampleLine({ tokens: null, percent: null }),
      '77 percent, 773k of 1M, in the export band, automatic compaction is off',
    ],
    [
      'it lies beyond the window',
      sampleLine({ percent: 120, source: 'rule' }),
      '77 percent, 773k of 1M, in the export band, compacts at about 967k, by the client’s rule',
    ],
  ])('has no mark where %s', async (_, compactionLine, words) => {
    const { container } = await show(sampleSession({ compactionLine }));
    expect(container.querySelectorAll('.bar-line, .gauge-line')).toHaveLength(0);
    expect(within(hero()).getByRole('meter').getAttribute('aria-valuetext')).toBe(words);
  });
});

describe('the forecast', () => {
  test('stands in hero and row, with its rate on hover', async () => {
    await show(sampleSession({ forecast: sampleForecast(), compactionLine: sampleLine() }));
    expect(hero().querySelector('.fullest-outlook')?.textContent).toBe('about 6 turns, 14 min to compaction');
    expect(linesOf('.fullest-outlook')).toEqual([
      'About 6 turns, 14 min to compaction',
      'Grows by about 31k a turn, 14k a minute',
      'Compacts at about 967k, learnt from 12 compactions',
    ]);
    expect(facts()).toEqual(['live · about 6 turns, 14 min to compaction']);
    expect(linesOf('.row-facts')).toEqual([
      'Live · 20 s ago',
      'About 6 turns, 14 min to compaction',
      'Grows by about 31k a turn, 14k a minute',
      'Opus 5.5 · 1M window',
    ]);
  });

  test('of an idle session comes after its age', async () => {
    await show(idleSession({ forecast: sampleForecast({ to: 'full', minutesLeft: null }) }));
    expect(facts()).toEqual(['idle · 2 h ago · about 6 turns until full']);
  });

  test('is left out where there is none: the hero says the line instead, or nothing', async () => {
    const { push } = await show(sampleSession({ compactionLine: sampleLine() }));
    expect(hero().querySelector('.fullest-outlook')?.textContent).toBe('compacts at about 967k');
    push(sampleState({ revision: 2, sessions: [sampleSession()] }));
    expect(hero().querySelector('.fullest-outlook')).toBeNull();
    expect(document.body.textContent).not.toMatch(/turn/);
  });
});

describe('what a session is doing', () => {
  test('one that waits says so with a sign, in hero and row', async () => {
    await show(waitingSession({ percent: 50 }));
    expect(hero().querySelector('.fullest-state')?.textContent).toBe('waits for you · 20 s');
    expect(facts()).toEqual(['waits for you · about 6 turns, 14 min to compaction']);
    for (const words of screen.getAllByText('waits for you')) {
      expect(words.dataset['presence']).toBe('waiting');
      expect(words.querySelector('svg')).not.toBeNull();
    }
  });

  test.each([
    ['busy', 'working · Opus 5.5'],
    ['idle', 'ready · 3 h ago · Opus 5.5'],
    [null, 'open · 3 h ago · Opus 5.5'],
  ])('a client that says %j has it %j, however long nothing was written', async (status, words) => {
    await show(
      sampleSession({ client: { pid: 1, status, waitingFor: null }, lastActivityAt: '2026-11-22T09:00:00.000Z' }),
    );
    expect(facts()).toEqual([words]);
    expect(hero().querySelector('.session-state')?.textContent).toBe(words.split(' · ')[0]);
    expect(hero().querySelector('.session-state svg')).toBeNull();
  });

  test('one that waits says what for, in its client’s words made fit to be shown', async () => {
    await show(sampleSession({ client: { pid: 1, status: 'waiting', waitingFor: 'permission\n\u202Eprompt' } }));
    expect(hero().querySelector('.session-state')?.textContent).toBe('waits for you: permission prompt');
  });

  test('one that waits after a compaction says both', async () => {
    await show(compactedSession({ client: { pid: 1, status: 'waiting', waitingFor: null } }));
    expect(facts()).toEqual(['waits for you · just compacted 967k → about 41k · Opus 5.5']);
  });
});

describe('what is asked for', () => {
  test('branch, version and compactions are on the names, and read out', async () => {
    await show(sampleSession({ compactions: 3 }));
    const surroundings = ['Branch main', 'Claude Code 2.1.330', 'Compacted 3 times so far'];
    expect(linesOf('.row-names')).toEqual(['api-server', 'Fix the flaky auth tests', ...surroundings]);
    expect(linesOf('.fullest-project')).toEqual(['api-server', ...surroundings]);
    const spoken =
      'Measured: the figures of the newest answer. Window size known for this model. Branch main. Claude Code 2.1.330. Compacted 3 times so far.';
    expect(screen.getAllByText(spoken).map(({ className }) => className)).toEqual([
      'visually-hidden',
      'visually-hidden',
    ]);
  });

  test('a file that is not read as a whole says that it is being read, not a count', async () => {
    await show(sampleSession({ complete: false, compactions: null, unexportedMessages: null }));
    expect(screen.getAllByText('reading …')).toHaveLength(2);
    expect(screen.queryByText('counting messages …')).toBeNull();
    expect(linesOf('.bar-hint')).toContain('Read from the end of the file; the rest is being read');
  });

  test('without any figure yet the gauge says that it is being read', async () => {
    await show(unreadSession({ complete: false }));
    expect(within(hero()).getByRole('img', { name: 'Context of playground: reading …' })).toBeTruthy();
  });
});

test('rows stand in the order that main gives, fullest or not', async () => {
  await show(
    waitingSession({ id: 'a', project: 'low', percent: 3 }),
    sampleSession({ id: 'b', project: 'high', percent: 90 }),
    sampleSession({ id: 'c', project: 'middle', percent: 60 }),
  );
  expect([...document.querySelectorAll('.row-project')].map(({ textContent }) => textContent)).toEqual([
    'low',
    'high',
    'middle',
  ]);
  expect(within(hero()).getByRole('heading', { name: 'high' })).toBeTruthy();
});
