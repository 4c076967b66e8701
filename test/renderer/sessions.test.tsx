import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SessionState } from '../../src/shared/app-state.js';
import { renderPopover } from './render-popover.js';
import {
  compactedSession,
  idleSession,
  sampleNowMs,
  sampleSession,
  sampleState,
  unreadSession,
} from './sample-state.js';

beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(sampleNowMs);
  return () => vi.restoreAllMocks();
});

const show = async (...sessions: SessionState[]) => renderPopover(sampleState({ sessions }));
const top = () => within(screen.getByRole('region', { name: 'Fullest live session' }));
const row = (name: string) => within(screen.getByRole('listitem', { name }));
const factsOf = (name: string) => screen.getByRole('listitem', { name }).querySelector('.row-facts')?.textContent;

describe('the fullest session on top', () => {
  test('shows gauge, percent, tokens, names, model with window, state and what is exported', async () => {
    await show(sampleSession({ percent: 60, project: 'other', id: 'b' }), sampleSession());
    const gauge = top().getByRole('meter', { name: 'Context of api-server' });
    expect(gauge.getAttribute('aria-valuenow')).toBe('77');
    expect(gauge.getAttribute('aria-valuetext')).toBe('77 percent, 773k of 1M, in the export band');
    expect(gauge.dataset['tone']).toBe('band');
    expect(gauge.textContent).toBe('77%773k of 1M');
    expect(top().getByRole('heading', { name: 'api-server' })).toBeTruthy();
    expect(top().getByText('Fix the flaky auth tests')).toBeTruthy();
    expect(top().getByText('Opus 5.5 · 1M window')).toBeTruthy();
    expect(top().getByText('in the export band').parentElement?.textContent).toBe('live · in the export band');
    expect(top().getByText(/^Exported through \d/)).toBeTruthy();
    expect(top().getByRole('button', { name: 'Export now' })).toBeTruthy();
  });

  test.each([
    [74.9, 'calm', '75 percent, 773k of 1M'],
    [75, 'band', '75 percent, 773k of 1M, in the export band'],
    [95, 'band', '95 percent, 773k of 1M, in the export band'],
    [95.1, 'above', '95 percent, 773k of 1M, above the export band'],
    [104.2, 'above', '104 percent, 773k of 1M, above the export band'],
  ])('%d percent is %s', async (percent, tone, words) => {
    await show(sampleSession({ percent }));
    const gauge = top().getByRole('meter');
    expect(gauge.dataset['tone']).toBe(tone);
    expect(gauge.getAttribute('aria-valuetext')).toBe(words);
    expect(Number(gauge.getAttribute('aria-valuenow'))).toBeLessThanOrEqual(100);
  });

  test('is hollow and says so where nothing is known: no percent is made up', async () => {
    await show(unreadSession());
    const gauge = top().getByRole('img', { name: 'Context of playground: no reading yet' });
    expect(gauge.dataset['tone']).toBe('hollow');
    expect(gauge.textContent).toBe('–');
    expect(gauge.querySelector('.gauge-value')).toBeNull();
    expect(top().getByText('model not known yet')).toBeTruthy();
    expect(top().getByText('2 messages not exported')).toBeTruthy();
  });

  test('says where the window is assumed', async () => {
    await show(sampleSession({ windowSource: 'assumed' }));
    expect(top().getByText('Opus 5.5 · 1M window, assumed')).toBeTruthy();
  });

  test.each([
    [null, 'counting messages …'],
    [1, '1 message not exported'],
    [31, '31 messages not exported'],
  ])('%s unexported messages are put as "%s"', async (unexportedMessages, words) => {
    await show(sampleSession({ unexportedMessages }));
    expect(top().getByText(words)).toBeTruthy();
  });

  test('does not call an empty session exported', async () => {
    await show(sampleSession({ lastExport: null, exportedBytes: 0 }));
    expect(top().getByText('nothing to export yet')).toBeTruthy();
  });

  test('without a live session says that none is live', async () => {
    await show(idleSession());
    expect(top().getByRole('heading', { name: 'No live session' })).toBeTruthy();
  });

  test('draws more of the arc the fuller the session is', async () => {
    const drawn = async (percent: number): Promise<number> => {
      const { container, unmount } = await show(sampleSession({ percent }));
      const dashes = container.querySelector('.gauge-value')?.getAttribute('stroke-dasharray') ?? '0';
      const whole = Number(container.querySelector('.gauge-value')?.getAttribute('pathLength'));
      unmount();
      return Number(dashes.split(' ')[0]) / whole;
    };
    expect(await drawn(50)).toBeCloseTo(0.48, 1);
    expect(await drawn(100)).toBeCloseTo(1, 5);
    expect(await drawn(130)).toBeCloseTo(1, 5);
  });
});

describe('a row', () => {
  test('is there for every session: live ones in main’s order, idle ones below', async () => {
    await show(sampleSession(), compactedSession(), idleSession(), unreadSession());
    const names = (list: string) =>
      within(screen.getByRole('list', { name: list }))
        .getAllByRole('listitem')
        .map((item) => item.querySelector('.row-project')?.textContent);
    expect(names('Live sessions')).toEqual(['api-server', 'infra', 'playground']);
    expect(names('Idle sessions')).toEqual(['notes']);
    expect(screen.getByText('3 live · 1 idle')).toBeTruthy();
  });

  test('shows percent, tokens, model, state and how far it is exported', async () => {
    await show(sampleSession({ unexportedMessages: 31 }));
    const item = row('api-server Fix the flaky auth tests');
    expect(item.getByText('77%')).toBeTruthy();
    expect(item.getByText('773k of 1M')).toBeTruthy();
    expect(factsOf('api-server Fix the flaky auth tests')).toBe('live · 20 s ago · Opus 5.5');
    expect(item.getByText('31 not exported').getAttribute('aria-hidden')).toBe('true');
    expect(item.getByText('31 messages not exported').className).toBe('visually-hidden');
    expect(item.getByRole('button', { name: 'Export now: api-server, Fix the flaky auth tests' })).toBeTruthy();
    expect(item.getByRole('meter', { name: 'Context of api-server' }).getAttribute('aria-valuenow')).toBe('77');
  });

  test('shades the export band where the settings put it', async () => {
    const { container } = await show(sampleSession());
    const band = container.querySelector<HTMLElement>('.bar-band');
    expect(band?.style.insetInlineStart).toBe('75%');
    expect(band?.style.width).toBe('20%');
    expect(container.querySelector<HTMLElement>('.bar-fill')?.style.width).toBe('77.3%');
  });

  test('marks an estimate with ~ and says what was compacted', async () => {
    await show(compactedSession());
    const item = row('infra Move the CI runners');
    expect(item.getByText('~4%')).toBeTruthy();
    expect(factsOf('infra Move the CI runners')).toBe('just compacted 967k → about 41k · Opus 5.5');
    expect(item.getByRole('meter').getAttribute('aria-valuetext')).toContain('about 4 percent');
  });

  test.each([
    [{ at: null, trigger: null, preTokens: 967_000, postTokens: null }, 'just compacted from 967k · Opus 5.5'],
    [{ at: null, trigger: null, preTokens: null, postTokens: null }, 'just compacted · Opus 5.5'],
  ])('says only what is known of a compaction', async (justCompacted, words) => {
    await show(compactedSession({ justCompacted, usedTokens: null, percent: null, estimated: false }));
    const item = row('infra Move the CI runners');
    expect(factsOf('infra Move the CI runners')).toBe(words);
    expect(item.getByText('–')).toBeTruthy();
  });

  test('shows – and an empty outline where nothing is known', async () => {
    const { container } = await show(unreadSession());
    const item = row('playground untitled session');
    expect(item.getByText('–')).toBeTruthy();
    expect(factsOf('playground untitled session')).toBe('live · no reading yet · 20 s ago');
    expect(item.getByRole('img', { name: 'Context of playground: no reading yet' })).toBeTruthy();
    expect(container.querySelector('.bar-fill')).toBeNull();
  });

  test('of an idle session is dimmed and says for how long', async () => {
    await show(sampleSession(), idleSession());
    const item = screen.getByRole('listitem', { name: 'notes Summarise the meeting' });
    expect(item.dataset['live']).toBe('false');
    expect(factsOf('notes Summarise the meeting')).toBe('idle · 2 h ago · Opus 5.5');
  });

  test.each([
    [0, null],
    [1, '1 unreadable line passed over; the rest is read'],
    [3, '3 unreadable lines passed over; the rest is read'],
  ])('says quietly that %d lines could not be read', async (badLines, words) => {
    const { container } = await show(sampleSession({ badLines }));
    expect(container.querySelector('.row .bad-lines')?.textContent ?? null).toBe(words);
    expect(screen.queryAllByRole('alert').map((alert) => alert.textContent)).not.toContain(words);
  });
});

describe('hostile text', () => {
  test('stays text: no element, no style, no direction or control mark comes of it', async () => {
    const title = '<img src=x onerror=alert(1)><script>alert(2)</script>\u202E\u0000\n';
    const { container } = await show(sampleSession({ title, project: '\u2066<b>p</b>', model: '<i>m</i>' }));
    expect(container.querySelectorAll('img, script, style, b, i, iframe')).toHaveLength(0);
    expect(document.head.querySelectorAll('style')).toHaveLength(0);
    expect(container.textContent).not.toMatch(/[\u202e\u2066]|\p{Cc}/u);
    row('<b>p</b> <img src=x onerror=alert(1)><script>alert(2)</script>');
  });

  test('is isolated from the text around it', async () => {
    const { container } = await show(sampleSession({ project: 'مشروع', title: 'إصلاح (v2)' }));
    for (const selector of ['.row-project', '.row-title', '.fullest-project > *', '.fullest-title > *']) {
      expect(container.querySelector(selector)?.tagName).toBe('BDI');
    }
  });

  test('of a hundred sessions is drawn', async () => {
    await show(...Array.from({ length: 100 }, (_, index) => sampleSession({ id: `s${index}`, project: `p${index}` })));
    expect(within(screen.getByRole('list', { name: 'Live sessions' })).getAllByRole('listitem')).toHaveLength(100);
  });
});
