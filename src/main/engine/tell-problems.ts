import { StorageError } from '../export/storage-error.js';
import type { SessionState } from '../../shared/app-state.js';
import type { SessionFile } from '../sessions/session-file.js';
import type { AppPaths } from '../support/app-paths.js';
import type { Log } from '../support/log.js';
import type { ProblemList } from './problem-list.js';
import type { TrackedSession } from './session-tracker.js';

const mostNamed = 3;

/** Says that the context storage can't be read, so that sessions are only shown; null says that it can. */
export function tellStorage(problems: ProblemList, error: unknown): void {
  if (error === null) return problems.clear('storage-unreadable');
  const mend = error instanceof StorageError ? error.mend : 'Check the context storage folder.';
  return problems.report({ code: 'storage-unreadable', message: messageOf(error), mend });
}

/** Says that the extractor script failed; null says that it works. */
export function tellExtractor(problems: ProblemList, reason: string | null, { settingsFile }: AppPaths): void {
  if (reason === null) return problems.clear('extractor-failed');
  return problems.report({
    code: 'extractor-failed',
    message: `The extractor script ${reason}.`,
    mend: `The export is indexed and archived all the same. Run /cx by hand, or set extractorScript to "off" in ${settingsFile}.`,
  });
}

/** Says that the app's own memory can't be written; null says that it can. */
export function tellMemory(problems: ProblemList, error: unknown, { appStateFile }: AppPaths): void {
  if (error === null) return problems.clear('state-unwritable');
  return problems.report({
    code: 'state-unwritable',
    message: `What the app remembers could not be written: ${messageOf(error)}`,
    mend: `Check the disk and the permissions of ${appStateFile}; it is written with the next change.`,
  });
}

/** Says that the daemon's state file can't be written; null says that it can. */
export function tellDaemonState(problems: ProblemList, error: unknown, { stateFile }: AppPaths): void {
  if (error === null) return problems.clear('daemon-state-unwritable');
  return problems.report({
    code: 'daemon-state-unwritable',
    message: `${stateFile} could not be written: ${messageOf(error)}`,
    mend: 'Check the disk and the permissions of its folder; it is written again at the next change.',
  });
}

/** Says that a session file can't be read; null says that it can. */
export function tellSession(problems: ProblemList, error: unknown, { id, path }: SessionFile): void {
  if (error === null) return problems.clear('session-unreadable', id);
  return problems.report({
    code: 'session-unreadable',
    message: `The session file ${path} can't be read: ${messageOf(error)}`,
    mend: 'Give your user read access to it; it is read again at the next sweep.',
    sessionId: id,
  });
}

/** Says that a file by a session's name holds nothing that Claude Code writes; takes it back when it does. */
export function tellContent(problems: ProblemList, { file, snapshot }: TrackedSession): void {
  const { facts, unexportedMessages, hasSomethingNew } = snapshot;
  const holdsSomething =
    unexportedMessages === null ||
    facts.reading !== null ||
    facts.cwd !== null ||
    facts.title !== null ||
    hasSomethingNew;
  if (facts.badLines === 0 || holdsSomething || unexportedMessages > 0) {
    return problems.clear('not-a-transcript', file.id);
  }
  return problems.report({
    code: 'not-a-transcript',
    message: `${file.path} has the name of a session but is no Claude Code transcript.`,
    mend: 'Move it out of the folder, or leave it: it is looked at again when it changes.',
    sessionId: file.id,
  });
}

/** Says that a session file was deleted with messages that no export holds. It stays said until the next start. */
export function tellLoss(problems: ProblemList, { id, path, project, unexportedMessages }: SessionState): void {
  if (!unexportedMessages) return;
  problems.report({
    code: 'session-lost',
    message: `The session file of ${project} was deleted; ${unexportedMessages} of its messages were not exported (${path}).`,
    mend: 'Bring it back from a backup if you need it. A lower threshold, or Export now, saves sessions earlier.',
    sessionId: id,
  });
}

/** Says what of a session's sub-agents and tool results an export had to leave out; nothing takes it back. */
export function tellSidecars(problems: ProblemList, sessionId: string, leftOut: readonly string[]): void {
  if (leftOut.length === 0) return problems.clear('sidecars-left-out', sessionId);
  const more = leftOut.length > mostNamed ? [`And ${leftOut.length - mostNamed} more.`] : [];
  return problems.report({
    code: 'sidecars-left-out',
    message: ['Not everything beside a session could be exported.', ...leftOut.slice(0, mostNamed), ...more].join(' '),
    mend: 'Give your user read access to it, or move away what is no file; the next export takes it along.',
    sessionId,
  });
}

/** Says that the app itself is at fault, and logs where. */
export function tellFault(problems: ProblemList, error: unknown, log: Log): void {
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  problems.report({
    code: 'internal-fault',
    message: `Context Watcher made a mistake: ${messageOf(error)}`,
    mend: 'It goes on. Please report this with the log; starting it again may help.',
  });
}

/** Takes back all that was said of a session that is not followed any more. */
export function forgetSession(problems: ProblemList, sessionId: string): void {
  for (const problem of problems.all()) if (problem.sessionId === sessionId) problems.clear(problem.code, sessionId);
}

/** What went wrong, in the words of whoever threw it. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
