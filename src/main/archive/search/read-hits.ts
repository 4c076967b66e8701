import { z } from 'zod';
import type { ArchiveHit, ArchiveHits, SpeakerRole } from '../../../shared/archive-search.js';
import { chooseTitle } from '../../sessions/session-title.js';
import { uuidOfKey } from '../entry-key.js';
import type { StrictDatabase } from '../strict-database.js';
import type { QueryPart } from './parse-query.js';
import { snippetOf } from './snippet.js';

const hitSql = `SELECT hex(entries.uuid) AS key, odd_uuids.uuid AS odd, at, offset, length, kind, role, agent, text,
    segment, sidecar, session_id, projects.name AS project, custom_title, ai_title, summary
  FROM entries
  JOIN speakers ON speakers.id = entries.speaker
  JOIN texts ON texts.entry = entries.id
  JOIN pieces ON pieces.id = (
    SELECT id FROM pieces WHERE first_entry <= entries.id AND last_entry >= first_entry ORDER BY first_entry DESC LIMIT 1)
  JOIN projects ON projects.id = pieces.project
  LEFT JOIN odd_uuids ON odd_uuids.entry = entries.id
  LEFT JOIN sessions ON sessions.id = pieces.session
  WHERE entries.id = ?`;

/** The results of these rows, in their order, each with a snippet; of the texts in `shown` where there are such. */
export function readHits(
  database: StrictDatabase,
  ids: readonly number[],
  parts: readonly QueryPart[],
  by: ArchiveHits['by'],
  shown: ReadonlyMap<number, string> = new Map(),
): readonly ArchiveHit[] {
  return ids.flatMap((id) =>
    database.all(hitSql, [id]).map((row) => hitOf({ ...row, text: shown.get(id) ?? row['text'] }, parts, by)),
  );
}

/** The texts of rows in their order, as one value: the driver takes longer for a row than SQLite does. */
export function textsOf(
  database: StrictDatabase,
  ids: readonly number[],
): readonly { readonly id: number; readonly text: string }[] {
  const sql = `SELECT json_group_array(text) AS texts
    FROM (SELECT text FROM json_each(?) JOIN texts ON texts.entry = value ORDER BY key)`;
  const texts = stringsSchema.parse(JSON.parse(String(database.all(sql, [JSON.stringify(ids)])[0]?.['texts'] ?? '[]')));
  return ids.map((id, at) => ({ id, text: texts[at] ?? '' }));
}

const stringsSchema = z.array(z.string());

function hitOf(row: Readonly<Record<string, unknown>>, parts: readonly QueryPart[], by: ArchiveHits['by']): ArchiveHit {
  const text = (name: string): string | null => (typeof row[name] === 'string' && row[name] !== '' ? row[name] : null);
  const titles = { custom: text('custom_title'), ai: text('ai_title'), summary: text('summary') };
  return {
    sessionId: text('session_id'),
    uuid: text('odd') ?? uuidOfKey(String(row['key'])),
    project: text('project') ?? '',
    title: chooseTitle(titles),
    kind: text('kind') ?? '',
    role: text('role') as SpeakerRole | null,
    agentId: text('agent'),
    at: row['at'] === null ? null : new Date(Number(row['at'])).toISOString(),
    snippet: snippetOf(text('text') ?? '', parts, by),
    place: {
      segment: text('segment') ?? '',
      sidecar: text('sidecar'),
      offsetBytes: Number(row['offset']),
      lengthBytes: Number(row['length']),
    },
  };
}
