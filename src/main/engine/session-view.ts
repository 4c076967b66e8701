import path from 'node:path';
import type {
  CompactionLine,
  Forecast,
  Mute,
  RunningClientState,
  SessionState,
  SessionStatus,
} from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';
import type { ExportLedger } from '../export/export-ledger.js';
import { resolveCompactionLine } from '../meter/compaction-line.js';
import type { ContextEvidence } from '../meter/context-evidence.js';
import { type ContextKnowledge, evidenceFor } from '../meter/context-knowledge.js';
import { measureContext, type ContextReading } from '../meter/context-meter.js';
import { forecastSession } from '../meter/forecast.js';
import { bandOfSession } from '../policy/session-band.js';
import { sessionHistory } from '../meter/session-history.js';
import type { SessionFile } from '../sessions/session-file.js';
import type { TranscriptFacts } from '../sessions/transcript-facts.js';
import type { TranscriptSnapshot } from '../sessions/transcript-snapshot.js';

/** All that is known of one session at a moment. */
export interface SessionKnowledge {
  readonly file: SessionFile;
  readonly snapshot: TranscriptSnapshot;
  readonly ledger: ExportLedger | null;
  readonly live: boolean;
  readonly client: RunningClientState | null;
  readonly exporting: boolean;
  readonly mute: Mute | null;
  readonly dismissed: boolean;
}

/** How full the session is, with the windows that the user has set before all else. */
export function readContext(
  { file, snapshot }: Pick<SessionKnowledge, 'file' | 'snapshot'>,
  settings: Settings,
  known: ContextKnowledge,
): ContextReading {
  return measureContext(file.id, snapshot.facts, {
    overrides: { bySession: settings.windowTokensBySession, byModel: settings.windowTokensByModel },
    ...evidenceFor(known, snapshot.facts),
  });
}

/** The session as people see it; `known` is what its window and compaction line are known from beyond its own lines. Pure. */
export function viewSession(knowledge: SessionKnowledge, settings: Settings, known: ContextKnowledge): SessionState {
  const { file, snapshot, ledger, live, client, exporting, mute, dismissed } = knowledge;
  const { facts } = snapshot;
  const reading = readContext(knowledge, settings, known);
  const line = compactionLineOf(reading, evidenceFor(known, facts));
  return {
    id: file.id,
    path: file.path,
    project: projectOf(facts.cwd, file.folder),
    cwd: facts.cwd,
    title: facts.title,
    gitBranch: facts.gitBranch === '' ? null : facts.gitBranch,
    clientVersion: facts.version,
    model: reading.model,
    requestedModel: facts.reading?.requestedModel ?? null,
    usedTokens: reading.usedTokens,
    promptTokens: reading.promptTokens,
    windowTokens: reading.windowTokens,
    windowSource: reading.windowSource,
    percent: reading.percent === null ? null : Math.round(reading.percent * 10) / 10,
    estimated: reading.kind === 'estimated',
    state: statusOf(reading, facts.justCompacted !== null, live),
    live,
    client,
    compactionLine: line,
    forecast: snapshot.complete ? forecastOf(reading, facts, line) : null,
    complete: snapshot.complete,
    compactions: snapshot.complete ? facts.compactions : null,
    readAt: reading.readAt,
    lastActivityAt: new Date(file.modifiedAtMs).toISOString(),
    transcriptBytes: snapshot.sizeBytes,
    exportedBytes: snapshot.exportedBytes,
    unexportedMessages: snapshot.unexportedMessages,
    justCompacted: facts.justCompacted,
    lastExport: ledger?.lastExport ?? null,
    exporting,
    badLines: facts.badLines,
    exportBand: bandOfSession(settings, file.id),
    history:
      snapshot.complete && reading.windowTokens !== null ? sessionHistory(facts.history, reading.windowTokens) : null,
    mute,
    dismissed,
  };
}

/** Highest percent first, unknown last, then the newest, so that the order is the same every time. */
export function sortSessions(sessions: readonly SessionState[]): SessionState[] {
  return sessions.toSorted(
    (one, other) =>
      (other.percent ?? -1) - (one.percent ?? -1) ||
      (other.lastActivityAt ?? '').localeCompare(one.lastActivityAt ?? '') ||
      one.id.localeCompare(other.id),
  );
}

function compactionLineOf(reading: ContextReading, evidence: ContextEvidence): CompactionLine | null {
  if (reading.kind === 'unknown') return null;
  const { model, windowTokens } = reading;
  const usedTokens = reading.kind === 'measured' ? reading.usedTokens : null;
  return resolveCompactionLine({ ...evidence, model, windowTokens, usedTokens });
}

function forecastOf(reading: ContextReading, facts: TranscriptFacts, line: CompactionLine | null): Forecast | null {
  if (reading.kind !== 'measured' || line === null) return null;
  const { usedTokens, windowTokens } = reading;
  return forecastSession({ turns: facts.turns, usedTokens, windowTokens, line });
}

/** A session's project: the last part of its working directory, else of the folder of its file. The working directory may be of another system than this one: both separators count. */
export function projectOf(cwd: string | null, folder: string): string {
  const last = cwd?.split(/[/\\]/).findLast((part) => part !== '');
  return last ?? path.basename(folder);
}

function statusOf(reading: ContextReading, compacted: boolean, live: boolean): SessionStatus {
  if (compacted) return 'compacted';
  if (reading.kind === 'unknown') return 'unknown';
  return live ? 'live' : 'idle';
}
