import type { Page } from 'playwright-core';
import type { ArchiveAnswer } from '../../../src/shared/archive-search.js';
import type { AppState } from '../../../src/shared/app-state.js';
import type { ArchivedSession } from '../../../src/shared/archived-sessions.js';
import { sampleState } from '../../renderer/sample-state.js';
import {
  archivedSessions,
  archiveState,
  found,
  jobStates,
  nothingFound,
  sessionStates,
  severalSessions,
} from './tour-states.js';

/** One picture of the tour: what the app is in, and what is done in the page before it is taken. */
export interface TourView {
  /** Names the picture's file. */
  readonly name: string;
  readonly heading: string;
  readonly sentence: string;
  readonly state: AppState;
  readonly archived?: readonly ArchivedSession[];
  readonly answer?: ArchiveAnswer;
  /** How the desktop would have it shown; `plain` where left out. */
  readonly look?: 'high-contrast' | 'large-text';
  readonly open?: (page: Page) => Promise<void>;
}

const groups = [
  ['exports', 'Exports', 'The band in which sessions are exported, the cooldown, and what else starts an export.'],
  ['notices', 'Notices', 'Which notices are shown, with or without a sound, and the quiet hours.'],
  ['gauge', 'Gauge and colours', 'The shape and colours of the gauge in the tray.'],
  ['app', 'App', 'Start at login, the shortcut, the theme.'],
  ['folders', 'Folders', 'The watched folders, each with its health.'],
  ['windows', 'Context windows', 'Sizes of your own, where the app gets one wrong.'],
  ['scripts', 'Scripts', 'Other programs that run after an export.'],
  ['files', 'Files and help', 'Where everything lies, and diagnostics without session text.'],
] as const;

const archived = archivedSessions;

/** The views of the tour, in its order. */
export const tourViews: readonly TourView[] = [
  {
    name: 'sessions',
    heading: 'Sessions',
    sentence: 'The session that needs you first, then the others: one waits, one was just compacted, one is unread.',
    state: severalSessions,
  },
  {
    name: 'session-menu',
    heading: 'The menu of a session',
    sentence: 'What can be done with one session.',
    state: severalSessions,
    open: (page) =>
      page
        .getByRole('button', { name: /^More: / })
        .first()
        .click(),
  },
  {
    name: 'exporting',
    heading: 'Exporting',
    sentence: 'An export is being written.',
    state: sessionStates.exporting,
  },
  {
    name: 'compacted',
    heading: 'Just compacted',
    sentence: 'Until the next answer the figure is an estimate and says so.',
    state: sessionStates.compacted,
  },
  {
    name: 'none-live',
    heading: 'No live session',
    sentence: 'Earlier sessions stay in sight.',
    state: sessionStates.noneLive,
  },
  { name: 'empty', heading: 'No session yet', sentence: 'What to do, and what is watched.', state: sessionStates.none },
  {
    name: 'first-run',
    heading: 'First run',
    sentence: 'What is copied and where, before anything is.',
    state: sessionStates.firstRun,
  },
  { name: 'paused', heading: 'Paused', sentence: 'Automatic exports are paused.', state: sessionStates.paused },
  {
    name: 'problem',
    heading: 'A problem',
    sentence: 'What is wrong, and what mends it.',
    state: sessionStates.problems,
  },
  {
    name: 'pending',
    heading: 'Pending exports',
    sentence: 'One waits, one failed, one was set aside.',
    state: sessionStates.pending,
  },
  {
    name: 'archive-empty',
    heading: 'An empty archive',
    sentence: 'Nothing was archived yet.',
    state: sampleState({ archive: { bytes: 0, sessions: 0, largest: [], bytesBySession: {} } }),
    archived: [],
    open: openPlace('Archive'),
  },
  {
    name: 'archive-list',
    heading: 'The archive',
    sentence: 'Every archived session, with its size and last export.',
    state: archiveState,
    archived,
    open: openPlace('Archive'),
  },
  {
    name: 'archive-results',
    heading: 'Search results',
    sentence: 'Found as it is typed; a result opens the transcript at the message.',
    state: archiveState,
    archived,
    answer: found,
    open: searchFor('flaky'),
  },
  {
    name: 'archive-nothing',
    heading: 'Nothing found',
    sentence: 'What could be tried instead.',
    state: archiveState,
    archived,
    answer: nothingFound,
    open: searchFor('unheard words'),
  },
  {
    name: 'archive-job',
    heading: 'A job that runs',
    sentence: 'How far it is, with a way to end it.',
    state: jobStates.running,
    archived,
    open: openPlace('Archive'),
  },
  {
    name: 'archive-job-ended',
    heading: 'A job that ended',
    sentence: 'What came of it, until it is dismissed.',
    state: jobStates.ended,
    archived,
    open: openPlace('Archive'),
  },
  {
    name: 'settings',
    heading: 'Settings',
    sentence: 'Each group with what is set in it.',
    state: sampleState(),
    open: openPlace('Settings'),
  },
  ...groups.map(([name, heading, sentence]): TourView => ({
    name: `settings-${name}`,
    heading: `Settings: ${heading}`,
    sentence,
    state: sampleState(),
    open: async (page) => {
      await openPlace('Settings')(page);
      await page.getByRole('button', { name: new RegExp(`^${heading}`) }).click();
      await page.getByRole('button', { name: 'Back to all settings' }).waitFor();
    },
  })),
  {
    name: 'high-contrast',
    heading: 'High contrast',
    sentence: 'The colours of the desktop’s high contrast.',
    state: severalSessions,
    look: 'high-contrast',
  },
  {
    name: 'large-text',
    heading: 'Text at 200 %',
    sentence: 'With text twice as large there is one column, and the whole place scrolls.',
    state: severalSessions,
    look: 'large-text',
  },
];

function openPlace(name: string): (page: Page) => Promise<void> {
  return (page) => page.getByRole('button', { name, exact: true }).click();
}

function searchFor(text: string): (page: Page) => Promise<void> {
  return async (page) => {
    await openPlace('Archive')(page);
    await page.getByRole('combobox').fill(text);
    await page
      .getByText(/^3 messages|^Nothing found$/)
      .first()
      .waitFor();
  };
}
