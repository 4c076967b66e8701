/** In which order archived sessions are listed: by their newest export, or by what they take on the disk. */
export type ArchiveOrder = 'newest' | 'largest';

/** Which part of the list is wanted; at most 100 sessions at a time. */
export interface ArchivedSessionsQuery {
  readonly order: ArchiveOrder;
  readonly offset: number;
  readonly limit: number;
}

/** A session of which something is archived. */
export interface ArchivedSession {
  readonly sessionId: string;
  /** Null where the index doesn't know it yet. */
  readonly project: string | null;
  readonly title: string | null;
  /** On the disk. */
  readonly bytes: number;
  /** How many exports it is made of. */
  readonly segments: number;
  /** When it was last exported, ISO 8601 UTC; null where no export says so. */
  readonly exportedAt: string | null;
}

/** A part of the list of archived sessions. */
export interface ArchivedSessions {
  readonly sessions: readonly ArchivedSession[];
  /** How many there are in all. */
  readonly total: number;
  /** Why the index could not be asked for projects and titles; null where it could. */
  readonly indexTrouble: string | null;
}
