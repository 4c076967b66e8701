import type { NewAppEvent } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';

const gigabyte = 1_000_000_000;

/**
 * Says that the archive has passed the size that the user has set: as a problem for as long as it is so, and as an event
 * once, also over restarts, until it was below again. The user alone decides what goes.
 */
export function remindOfSize(
  bytes: number,
  {
    settings,
    problems,
    saved,
    addEvent,
  }: {
    readonly settings: () => Settings;
    readonly problems: ProblemList;
    readonly saved: Pick<SavedState, 'archiveReminderGiven' | 'setArchiveReminderGiven'>;
    readonly addEvent: (event: NewAppEvent) => void;
  },
): void {
  const gigabytes = settings().archiveReminderGigabytes;
  if (gigabytes === null || bytes <= gigabytes * gigabyte) {
    problems.clear('archive-large');
    if (saved.archiveReminderGiven()) saved.setArchiveReminderGiven(false);
    return;
  }
  problems.report({
    code: 'archive-large',
    message: `The archive takes ${(bytes / gigabyte).toFixed(1)} GB, more than the ${gigabytes} GB that you have set.`,
    mend: 'Delete the sessions in it that you need no more, or raise archiveReminderGigabytes in the settings.',
  });
  if (saved.archiveReminderGiven()) return;
  saved.setArchiveReminderGiven(true);
  addEvent({ kind: 'archive-large', bytes, limitBytes: gigabytes * gigabyte });
}
