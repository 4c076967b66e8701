import type { AppState, ArchiveState, RootHealth } from '../../shared/app-state.js';
import { oneLine } from '../support/one-line.js';
import { byteWords } from './byte-words.js';
import { nearDeletionLine } from './deletion-words.js';
import type { LastActivity } from './daemon-state.js';
import { sessionsTable } from './sessions-table.js';

/** Who runs, as `--status` says it. */
export type RunningStatus =
  | { readonly kind: 'running'; readonly pid: number; readonly answers: boolean }
  /** The Python daemon runs in our place. */
  | { readonly kind: 'python-daemon'; readonly pid: number }
  | { readonly kind: 'not-running' }
  | { readonly kind: 'stale'; readonly pid: number }
  | { readonly kind: 'invalid' };

/** The text of `--status`, in the daemon's words, plus one line a session, what will be deleted soon, one line a folder, and the problems there are; ends with a line end. */
export function statusText(status: {
  readonly running: RunningStatus;
  readonly lastActivity: LastActivity | null;
  readonly state: Pick<
    AppState,
    'sessions' | 'problems' | 'roots' | 'paused' | 'mode' | 'nearDeletion' | 'archive'
  > | null;
}): string {
  const { running, lastActivity, state } = status;
  const lines = ['CODITECT Context Watcher Status', '='.repeat(40), `Status: ${runningText(running)}`];
  if (running.kind === 'running' && state?.paused) lines.push('Paused: no automatic exports');
  if (running.kind === 'running' && state?.mode === 'show-only') {
    lines.push('Show only: the Python daemon does the exporting');
  }
  if (lastActivity) lines.push('', 'Last Activity:', ...activityLines(lastActivity));
  if (state) lines.push('', 'Sessions:', ...sessionsTable(state.sessions).map((line) => `  ${line}`));
  // An instance of an earlier version says nothing of it.
  const deletion = nearDeletionLine(state?.nearDeletion);
  if (deletion !== null) lines.push('', deletion);
  const archive = archiveLine(state?.archive);
  if (archive !== null) lines.push('', archive);
  if (state && state.roots.length > 0) lines.push('', 'Folders:', ...state.roots.map((root) => `  ${rootLine(root)}`));
  if (state && state.problems.length > 0) {
    lines.push('', 'Problems:', ...state.problems.map(({ message, mend }) => `  ${oneLine(message)} ${oneLine(mend)}`));
  }
  return `${lines.join('\n')}\n\n`;
}

/** Null where nothing is known of the archive yet. */
function archiveLine(archive: ArchiveState | undefined): string | null {
  const { bytes = null, sessions = null } = archive ?? {};
  if (bytes === null || sessions === null) return null;
  return `Archive: ${byteWords(bytes)} in ${sessions} ${sessions === 1 ? 'session' : 'sessions'}`;
}

/** What each state of a folder is in words. */
const rootStates: Readonly<Record<RootHealth['state'], string>> = {
  watching: 'watching',
  polling: 'read at each sweep',
  slow: 'not answering',
  missing: 'missing',
  unreadable: 'unreadable',
};

function rootLine({ path, state, sessionFiles }: RootHealth): string {
  const files = sessionFiles === null ? '' : ` (${sessionFiles} session ${sessionFiles === 1 ? 'file' : 'files'})`;
  return `${oneLine(path, 200)}: ${rootStates[state]}${files}`;
}

function runningText(running: RunningStatus): string {
  switch (running.kind) {
    case 'running':
      return `RUNNING (PID: ${running.pid})${running.answers ? '' : ', but it does not answer'}`;
    case 'python-daemon':
      return `NOT RUNNING (the Python daemon runs in its place, PID: ${running.pid})`;
    case 'not-running':
      return 'NOT RUNNING';
    case 'stale':
      return `NOT RUNNING (stale PID file: ${running.pid})`;
    case 'invalid':
      return 'UNKNOWN (invalid PID file)';
  }
}

function activityLines({ lastCheck, percent, lastExport, pendingExports }: LastActivity): string[] {
  const lines: string[] = [];
  if (lastCheck) lines.push(`  Last check: ${oneLine(lastCheck, 60)}`);
  if (percent !== null) lines.push(`  Context: ${percent.toFixed(1)}%`);
  if (lastExport) lines.push(`  Last export: ${oneLine(lastExport, 60)}`);
  return [...lines, `  Pending exports: ${pendingExports}`];
}
