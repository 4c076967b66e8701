import type { SessionState } from '../../shared/app-state.js';
import type { ArchiveLayout } from '../archive/archive-layout.js';
import type { Log } from '../support/log.js';
import type { KnowledgeKeeper } from './context-knowledge-keeper.js';
import type { ProblemList } from './problem-list.js';
import { trackSessions, type SessionTracker, type TrackedSession } from './session-tracker.js';
import { forgetSession, tellContent, tellFault, tellLoss, tellSession, tellStorage } from './tell-problems.js';

/**
 * Wires the reading of sessions: what is read is learnt from, judged and shown, and what can't be read becomes a problem.
 * `onRead` is told of each reading with its view, and whether it was the first of that session.
 */
export function wireSessions(options: {
  layout: ArchiveLayout;
  knowledge: KnowledgeKeeper;
  problems: ProblemList;
  isQuick: (filePath: string) => boolean;
  view: (tracked: TrackedSession) => SessionState;
  onRead: (tracked: TrackedSession, session: SessionState, first: boolean) => void;
  onChange: () => void;
  log: Log;
}): SessionTracker {
  const { layout, knowledge, problems, isQuick, view, onChange, log } = options;
  return trackSessions({
    folders: layout,
    isQuick: (file) => isQuick(file),
    onRead(tracked, first) {
      tellSession(problems, null, tracked.file);
      tellContent(problems, tracked);
      knowledge.learn(tracked.snapshot.facts.autoCompactions);
      const session = view(tracked);
      log.debug(
        `Read: ${session.percent ?? 'unknown'}% (${session.usedTokens ?? 'unknown'} tokens) - ${session.id}.jsonl`,
      );
      options.onRead(tracked, session, first);
      onChange();
    },
    onGlance: onChange,
    onReadError: (file, error) => tellSession(problems, error, file),
    onFault: (error) => tellFault(problems, error, log),
    onDrop(sessionId, lost) {
      forgetSession(problems, sessionId);
      if (lost) tellLoss(problems, view(lost));
      onChange();
    },
    onStorage: (error) => tellStorage(problems, error),
  });
}
