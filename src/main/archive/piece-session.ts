import type { Titles } from '../sessions/session-title.js';
import type { ToldOfSession } from './entry-batch.js';
import type { PieceFacts } from './piece-facts.js';
import { plainText } from './plain-text.js';
import type { SqlValue, StrictDatabase } from './strict-database.js';

/** The rows that the entries of a piece belong to. */
export interface PieceRows {
  readonly session: number | null;
  readonly project: number;
}

/** What the lines of one piece tell of its session. */
export interface PieceSession {
  readonly see: (told: ToldOfSession) => void;
  /** Found or made when first asked for: the first lines then have told the project. */
  readonly rows: () => PieceRows;
  /** Writes what was told, and the piece with the ids of its entries and the number of those that were there before; answers the piece's row. */
  readonly close: (ids: { readonly firstEntry: number; readonly lastEntry: number; readonly copies: number }) => number;
}

/** Follows the lines of a piece, within one transaction. */
export function followSession(database: StrictDatabase, facts: PieceFacts): PieceSession {
  let titles: Partial<Titles> = {};
  let cwd: string | null = null;
  let sessionId = facts.sessionId;
  let firstAt: number | null = null;
  let lastAt: number | null = null;
  let rows: PieceRows | null = null;

  function findRows(): PieceRows {
    const project = findOrAdd(database, 'projects', { name: plainText(lastPart(cwd ?? '') ?? facts.project) });
    if (sessionId === null) return { session: null, project };
    const known = database.all('SELECT id, project FROM sessions WHERE session_id = ?', [sessionId])[0];
    if (known) return { session: Number(known['id']), project: Number(known['project']) };
    const session = nextId(database, 'sessions');
    database.run('INSERT INTO sessions (id, session_id, project, generation) VALUES (?, ?, ?, ?)', [
      session,
      sessionId,
      project,
      facts.generation,
    ]);
    return { session, project };
  }

  function updateSession(session: number): void {
    const title = (text: string | null | undefined) => (text ? plainText(text.slice(0, longestTitle)) : null);
    database.run(
      `UPDATE sessions SET custom_title = coalesce(?, custom_title), ai_title = coalesce(?, ai_title),
        summary = coalesce(?, summary), first_at = min(coalesce(first_at, ?), coalesce(?, first_at)),
        last_at = max(coalesce(last_at, ?), coalesce(?, last_at)), generation = max(generation, ?) WHERE id = ?`,
      [
        title(titles.custom),
        title(titles.ai),
        title(titles.summary),
        firstAt,
        firstAt,
        lastAt,
        lastAt,
        facts.generation,
        session,
      ],
    );
  }

  return {
    see(told) {
      cwd ??= told.cwd;
      sessionId ??= told.sessionId;
      if (facts.sidecar === '') titles = { ...titles, ...told.titles };
      if (told.firstAtMs !== null) firstAt = Math.min(firstAt ?? told.firstAtMs, told.firstAtMs);
      if (told.lastAtMs !== null) lastAt = Math.max(lastAt ?? told.lastAtMs, told.lastAtMs);
    },
    rows() {
      rows ??= findRows();
      return rows;
    },
    close({ firstEntry, lastEntry, copies }) {
      rows ??= findRows();
      if (rows.session !== null) updateSession(rows.session);
      const { folder, segment, sidecar } = facts;
      const piece = nextId(database, 'pieces');
      const row = [
        piece,
        rows.session,
        rows.project,
        folder,
        segment,
        sidecar,
        firstEntry,
        lastEntry,
        firstAt,
        lastAt,
        copies,
      ];
      database.run('INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', row);
      return piece;
    },
  };
}

/** The row with these values, made where there is none. */
export function findOrAdd(database: StrictDatabase, table: string, values: Readonly<Record<string, SqlValue>>): number {
  const names = Object.keys(values);
  const where = names.map((name) => `${name} = ?`).join(' AND ');
  const known = database.all(`SELECT id FROM ${table} WHERE ${where}`, Object.values(values))[0];
  if (known) return Number(known['id']);
  const id = nextId(database, table);
  const holes = ['id', ...names].map(() => '?').join(', ');
  database.run(`INSERT INTO ${table} (id, ${names.join(', ')}) VALUES (${holes})`, [id, ...Object.values(values)]);
  return id;
}

/** The first id that is free. */
export function nextId(database: StrictDatabase, table: string): number {
  return Number(database.all(`SELECT coalesce(max(id), 0) + 1 AS id FROM ${table}`)[0]?.['id'] ?? 1);
}

function lastPart(folder: string): string | undefined {
  return folder.split(/[/\\]/).findLast((part) => part !== '');
}

const longestTitle = 1000;
