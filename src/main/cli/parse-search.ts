import type { ArchiveQuery, SpeakerRole } from '../../shared/archive-search.js';
import { oneLine } from '../support/one-line.js';

/** The flags that go with `--search` alone. */
export const searchFlags = ['project', 'role', 'since', 'until', 'session', 'limit'] as const;

/** A query, or what is wrong with its flags and how to mend it. */
export type ParsedSearch =
  { readonly kind: 'query'; readonly query: ArchiveQuery } | { readonly kind: 'bad'; readonly message: string };

const roles: readonly SpeakerRole[] = ['user', 'assistant', 'tool', 'system'];
const usualLimit = 20;
const mostResults = 100;

/** Reads what `--search` and the flags beside it ask for. A day alone is meant in local time, and `--until` takes it in. */
export function parseSearch(values: ReadonlyMap<string, unknown>): ParsedSearch {
  const text = (name: string): string | null => (values.has(name) ? String(values.get(name)) : null);
  const searched = text('search') ?? '';
  if (searched.trim() === '') return bad('--search takes the text to look for.');
  const role = text('role');
  if (role !== null && !isRole(role)) return bad(`--role must be one of ${roles.join(', ')}, not "${shown(role)}".`);
  const [since, until] = [timeOf(text('since'), 0), timeOf(text('until'), 1)];
  if (since === 'bad') return badTime('since', text('since'));
  if (until === 'bad') return badTime('until', text('until'));
  const session = text('session');
  if (session !== null && !/^[0-9A-Za-z][0-9A-Za-z_-]{3,199}$/.test(session)) {
    return bad(`--session takes a session's id or its first 4 or more characters, not "${shown(session)}".`);
  }
  const limit = text('limit') ?? String(usualLimit);
  if (!/^[0-9]{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > mostResults) {
    return bad(`--limit must be a whole number from 1 to ${mostResults}, not "${shown(limit)}".`);
  }
  const query: ArchiveQuery = {
    text: searched,
    project: text('project'),
    role,
    session,
    kinds: null,
    since,
    until,
    limit: Number(limit),
    offset: 0,
  };
  return { kind: 'query', query };
}

/** ISO 8601 UTC; a day becomes its midnight, `days` later. */
function timeOf(text: string | null, days: number): string | null | 'bad' {
  if (text === null) return null;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year !== undefined) {
    const at = new Date(Number(year), Number(month) - 1, Number(day) + days);
    const isThatDay = new Date(Number(year), Number(month) - 1, Number(day)).getDate() === Number(day);
    return isThatDay ? at.toISOString() : 'bad';
  }
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? 'bad' : new Date(at).toISOString();
}

function isRole(text: string): text is SpeakerRole {
  return (roles as readonly string[]).includes(text);
}

function badTime(flag: string, text: string | null): ParsedSearch {
  return bad(
    `--${flag} must be a day such as 2026-11-01 or a time such as 2026-11-01T14:30, not "${shown(text ?? '')}".`,
  );
}

function bad(message: string): ParsedSearch {
  return { kind: 'bad', message };
}

function shown(text: string): string {
  return oneLine(text, 60);
}
