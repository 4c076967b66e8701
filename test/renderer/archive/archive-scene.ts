import { act, fireEvent, screen } from '@testing-library/react';
import axe from 'axe-core';
import { beforeEach, vi } from 'vitest';
import type { ArchiveHit, ArchiveHits } from '../../../src/shared/archive-search.js';
import type { ArchivedSession } from '../../../src/shared/archived-sessions.js';
import type { AppState } from '../../../src/shared/app-state.js';
import type { Job } from '../../../src/shared/jobs.js';
import { renderPopover } from '../render-popover.js';
import { sampleState } from '../sample-state.js';

const rowPixels = 50;
const listPixels = 500;

/** Gives lists a height, which jsdom doesn't: ten rows are in sight. */
export function setArchiveScene(): void {
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(rowPixels);
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(listPixels);
    vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(10_000_000);
    vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(400);
    Object.assign(Element.prototype, { scrollTo: scrollTo, scrollIntoView: () => undefined });
    return () => vi.restoreAllMocks();
  });
}

function scrollTo(this: Element, options: ScrollToOptions): void {
  this.scrollTop = options.top ?? 0;
  fireEvent.scroll(this);
}

/** A message that was found, the `index`th; `changes` replace fields. */
export function sampleHit(index: number, changes: Partial<ArchiveHit> = {}): ArchiveHit {
  return {
    sessionId: '11111111-aaaa-bbbb-cccc-000000000001',
    uuid: `u${index}`,
    project: 'api-server',
    title: 'Fix the flaky auth tests',
    kind: 'user',
    role: 'user',
    agentId: null,
    at: '2026-11-20T10:00:00.000Z',
    snippet: [
      { text: 'the ', isHit: false },
      { text: 'flaky', isHit: true },
      { text: ` test ${index}`, isHit: false },
    ],
    place: { segment: 's', sidecar: null, offsetBytes: 0, lengthBytes: 1 },
    ...changes,
  };
}

/** What a search finds: so many in all, of which these come; `changes` replace fields. */
export function sampleHits(total: number, changes: Partial<ArchiveHits> = {}): ArchiveHits {
  const hits = Array.from({ length: Math.min(50, total) }, (_, index) => sampleHit(index));
  return { kind: 'found', hits, total, isTotalLeast: false, by: 'words', isIndexComplete: true, ...changes };
}

/** An archived session, the `index`th. */
export function sampleArchived(index: number): ArchivedSession {
  return {
    sessionId: `${String(index).padStart(8, '0')}-aaaa-bbbb-cccc-000000000001`,
    project: `project-${index}`,
    title: `Title ${index}`,
    bytes: 1_000_000,
    segments: 3,
    exportedAt: '2026-11-20T10:00:00.000Z',
  };
}

/** A job that runs, of four steps; `changes` replace fields. */
export function sampleJob(changes: Partial<Job> = {}): Job {
  return {
    id: 7,
    kind: 'verify',
    sessionId: null,
    state: 'running',
    done: 1,
    total: 4,
    bytes: 1_000,
    result: null,
    ...changes,
  };
}

/** Opens the Archive place over so many archived sessions. */
export async function openArchive(total: number, changes: Partial<AppState> = {}) {
  const archive = { bytes: total * 1_000_000, sessions: total, largest: [], bytesBySession: {} };
  const popover = await renderPopover(sampleState({ archive, ...changes }));
  popover.api.listArchived.mockImplementation(async ({ offset, limit }) => {
    const length = Math.max(0, Math.min(limit, total - offset));
    const sessions = Array.from({ length }, (_, index) => sampleArchived(offset + index));
    return { ok: true, value: { sessions, total, indexTrouble: null } };
  });
  fireEvent.click(screen.getByRole('button', { name: 'Archive' }));
  await settle();
  return popover;
}

/** Lets what was asked be answered and drawn. */
export async function settle(): Promise<void> {
  await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 20))));
}

/** The search field. */
export function field(): HTMLInputElement {
  return screen.getByRole<HTMLInputElement>('combobox');
}

/** Types a text and lets the pause after the last key go by. */
export async function search(text: string): Promise<void> {
  fireEvent.change(field(), { target: { value: text } });
  await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 200))));
}

/** What axe finds wrong with the page. */
export async function violations(): Promise<readonly string[]> {
  const found = await axe.run(document.body, {
    rules: {
      'color-contrast': { enabled: false },
      'label-content-name-mismatch': { enabled: false },
      // A menu opens outside of the page's landmarks, in front of them.
      region: { enabled: document.querySelector('[role="menu"]') === null },
    },
  });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
