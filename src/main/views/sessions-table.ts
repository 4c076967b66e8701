import type { SessionState } from '../../shared/app-state.js';
import { oneLine } from '../support/one-line.js';
import { forecastText } from './forecast-text.js';

const unknown = '-';

interface Column {
  readonly title: string;
  readonly isNumber?: true;
  /** Left out where no session has anything to say in it. */
  readonly isOptional?: true;
  readonly cell: (session: SessionState) => string;
}

const columns: readonly Column[] = [
  { title: 'CONTEXT', isNumber: true, cell: percentText },
  { title: 'TOKENS', isNumber: true, cell: ({ usedTokens }) => count(usedTokens) },
  { title: 'WINDOW', isNumber: true, cell: windowText },
  {
    title: 'LEFT',
    isOptional: true,
    cell: ({ forecast }) => (forecast === null ? unknown : forecastText(forecast)),
  },
  { title: 'STATE', cell: ({ live, state }) => (live && state !== 'live' ? `live, ${state}` : state) },
  { title: 'NEW', isNumber: true, cell: ({ unexportedMessages }) => count(unexportedMessages) },
  { title: 'PROJECT', cell: ({ project }) => oneLine(project, 20) },
  { title: 'TITLE', cell: ({ title }) => (title === null ? unknown : oneLine(title, 30)) },
  { title: 'SESSION', cell: ({ id }) => oneLine(id, 40) },
];

/**
 * Sessions as lines of text, in the order given: percent (`~` marks an estimate), tokens, window and where it is known
 * from, what is left to the compaction where a forecast is, state, messages not exported, project, title, id. Without a
 * session the only line says so.
 */
export function sessionsTable(sessions: readonly SessionState[]): readonly string[] {
  if (sessions.length === 0) return ['No sessions.'];
  const shown = columns
    .map(({ title, isNumber = false, isOptional = false, cell }) => ({
      cells: [title, ...sessions.map(cell)],
      isNumber,
      isOptional,
    }))
    .filter(({ cells, isOptional }) => !isOptional || cells.slice(1).some((cell) => cell !== unknown))
    .map(({ cells, isNumber }) => aligned(cells, isNumber));
  return ['titles', ...sessions].map((_, row) =>
    shown
      .map((cells) => cells[row] ?? '')
      .join('  ')
      .trimEnd(),
  );
}

/** `76.0%`, `~15.3%` where it is an estimate, `-` where it is unknown. */
export function percentText({ percent, estimated }: Pick<SessionState, 'percent' | 'estimated'>): string {
  return percent === null ? unknown : `${estimated ? '~' : ''}${percent.toFixed(1)}%`;
}

function windowText({ windowTokens, windowSource }: SessionState): string {
  return windowTokens === null ? unknown : `${count(windowTokens)} ${windowSource ?? ''}`.trim();
}

function count(value: number | null): string {
  return value === null ? unknown : value.toLocaleString('en-US');
}

function aligned(cells: readonly string[], isNumber: boolean): readonly string[] {
  const width = Math.max(...cells.map(lengthOf));
  return cells.map((cell) => {
    const padding = ' '.repeat(width - lengthOf(cell));
    return isNumber ? padding + cell : cell + padding;
  });
}

function lengthOf(cell: string): number {
  return Array.from(cell).length;
}
