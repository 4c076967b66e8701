import type { ArchiveQuery } from '../../../shared/archive-search.js';
import type { StrictDatabase } from '../strict-database.js';
import { kindToken, projectToken, roleToken, sessionToken } from './filter-tokens.js';

/** The filters of a query as the index knows them. */
export interface SearchFilters {
  /** Of each of these sets a message has to have one token. */
  readonly tokens: readonly (readonly string[])[];
  /** Milliseconds since 1970, `untilMs` not included; null where no time is asked for. */
  readonly time: TimeRange | null;
}

/** A stretch of time, and the entries that it can only be among. */
interface TimeRange {
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly firstEntry: number;
  readonly lastEntry: number;
}

const mostSessions = 500;

/** Looks up what the filters name; null where they name nothing that the index holds, so that nothing can be found. */
export function findFilters(database: StrictDatabase, query: ArchiveQuery): SearchFilters | null {
  const tokens: (readonly string[])[] = [];
  const idsOf = (sql: string, values: readonly string[]) => database.all(sql, values).map(({ id }) => Number(id));
  if (query.session !== null) {
    const pattern = `${likeText(query.session)}%`;
    tokens.push(
      idsOf(`SELECT id FROM sessions WHERE session_id LIKE ? ESCAPE '\\' LIMIT ${mostSessions}`, [pattern]).map(
        sessionToken,
      ),
    );
  }
  if (query.project !== null) {
    const pattern = `%${likeText(query.project)}%`;
    tokens.push(
      idsOf(`SELECT id FROM projects WHERE name LIKE ? ESCAPE '\\' LIMIT ${mostSessions}`, [pattern]).map(projectToken),
    );
  }
  if (query.role !== null) tokens.push([roleToken(query.role)]);
  if (query.kinds !== null) tokens.push(query.kinds.map(kindToken));
  const time = query.since === null && query.until === null ? null : findTime(database, query);
  const isHopeless = tokens.some((set) => set.length === 0) || (time !== null && time.lastEntry < time.firstEntry);
  return isHopeless ? null : { tokens, time };
}

function findTime(database: StrictDatabase, { since, until }: ArchiveQuery): TimeRange {
  const sinceMs = since === null ? Number.MIN_SAFE_INTEGER : Date.parse(since);
  const untilMs = until === null ? Number.MAX_SAFE_INTEGER : Date.parse(until);
  const range = database.all(
    'SELECT min(first_entry) AS first, max(last_entry) AS last FROM pieces WHERE first_at < ? AND last_at >= ?',
    [untilMs, sinceMs],
  )[0];
  return { sinceMs, untilMs, firstEntry: Number(range?.['first'] ?? 1), lastEntry: Number(range?.['last'] ?? 0) };
}

/** Text for LIKE in which no character means anything else. */
function likeText(text: string): string {
  return text.replaceAll('\0', ' ').replaceAll(/[\\%_]/g, String.raw`\$&`);
}
