import { chooseTitle } from '../../sessions/session-title.js';
import type { StrictDatabase } from '../strict-database.js';

/** What the index knows of a session. */
export interface SessionHead {
  readonly sessionId: string;
  readonly project: string;
  readonly title: string | null;
}

const headSql = `SELECT session_id, projects.name AS project, custom_title, ai_title, summary
  FROM sessions JOIN projects ON projects.id = sessions.project WHERE session_id = ?`;

/** The projects and titles of these sessions, of those that the index holds. Blocks, for a worker thread. */
export function describeSessions(database: StrictDatabase, sessionIds: readonly string[]): readonly SessionHead[] {
  return sessionIds.flatMap((id) =>
    database.all(headSql, [id]).map((row) => {
      const text = (name: string): string | null => (typeof row[name] === 'string' ? row[name] : null);
      const titles = { custom: text('custom_title'), ai: text('ai_title'), summary: text('summary') };
      return { sessionId: id, project: text('project') ?? '', title: chooseTitle(titles) };
    }),
  );
}

const mostProjects = 200;

/** The names of the projects of which something is archived, the latest first, at most 200. */
export function listProjects(database: StrictDatabase): readonly string[] {
  const sql = `SELECT projects.name AS name FROM sessions JOIN projects ON projects.id = sessions.project
    WHERE projects.name <> '' GROUP BY projects.id ORDER BY max(sessions.last_at) DESC LIMIT ${mostProjects}`;
  return database.all(sql).map(({ name }) => String(name));
}
