import type { SessionState } from '../../shared/app-state.js';
import { oneLine } from '../support/one-line.js';

const columns = ['CONTEXT', 'TOKENS', 'WINDOW', 'STATE', 'NEW', 'PROJECT', 'TITLE', 'SESSION'] as const;
const unknown = '-';
const isNumber = [true, true, true, false, true, false, false, false];

/**
 * Sessions as lines of text, in the order given: percent (`~` marks an estimate), tokens, window and where it is known
 * from, state, messages not exported, project, title, id. Without a session the only line says so.
 */
export function sessionsTable(sessions: readonly SessionState[]): readonly string[] {
  if (sessions.length === 0) return ['No sessions.'];
  const rows = [columns, ...sessions.map(rowOf)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => lengthOf(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, column, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** `76.0%`, `~15.3%` where it is an estimate, `-` where it is unknown. */
export function percentText({ percent, estimated }: Pick<SessionState, 'percent' | 'estimated'>): string {
  return percent === null ? unknown : `${estimated ? '~' : ''}${percent.toFixed(1)}%`;
}

function rowOf(session: SessionState): readonly string[] {
  return [
    percentText(session),
    count(session.usedTokens),
    session.windowTokens === null ? unknown : `${count(session.windowTokens)} ${session.windowSource ?? ''}`.trim(),
    session.live && session.state !== 'live' ? `live, ${session.state}` : session.state,
    count(session.unexportedMessages),
    oneLine(session.project, 24),
    session.title === null ? unknown : oneLine(session.title, 40),
    oneLine(session.id, 40),
  ];
}

function count(value: number | null): string {
  return value === null ? unknown : value.toLocaleString('en-US');
}

function padded(cell: string, column: number, width: number): string {
  const padding = ' '.repeat(Math.max(0, width - lengthOf(cell)));
  return isNumber[column] ? padding + cell : cell + padding;
}

function lengthOf(cell: string): number {
  return Array.from(cell).length;
}
