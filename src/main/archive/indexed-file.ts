/** A file to be indexed, and where it will go afterwards. */
export interface IndexRequest {
  readonly path: string;
  /** Its name in the pending folder: what its result is remembered under until it is settled. */
  readonly name: string;
  /** As the manifest says; null for a loose file. */
  readonly expectedSha256: string | null;
  /** Whose segment it is; null for a loose file. */
  readonly session: IndexedSession | null;
  /** The sub-agents' transcripts that the export brings: their entries count as its own. */
  readonly sidecars: readonly IndexedSidecar[];
  readonly plan: ArchivePlan;
}

/** A session as its manifest tells of it. */
export interface IndexedSession {
  readonly sessionId: string;
  readonly sourcePath: string;
  readonly generation: number;
}

/** A piece of a sub-agent's transcript that belongs to an export. */
export interface IndexedSidecar {
  /** Its path beside the session file. */
  readonly sidecarPath: string;
  /** Where the piece may lie, in this order. */
  readonly paths: readonly string[];
  readonly sha256: string;
}

/** Where a file is archived and reported; remembered, so that a second run after a crash ends in the same place. */
export interface ArchivePlan {
  readonly archivedTo: string;
  readonly reportPath: string;
}

/** What indexing found. Counts are null for a file without any entry that has a uuid. */
export interface IndexedFile {
  readonly name: string;
  readonly sha256: string;
  /** Entry uuids not indexed before. */
  readonly newMessages: number | null;
  /** Entries whose uuid was indexed already, from this file or another. */
  readonly duplicateMessages: number | null;
  readonly badLines: number;
  readonly sizeBytes: number;
  readonly plan: ArchivePlan;
}
