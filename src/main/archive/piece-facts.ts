/** What a piece of the archive is: a segment, a piece of a sidecar beside it, or a loose file. */
export interface PieceFacts {
  /** Null for a loose file: its lines tell. */
  readonly sessionId: string | null;
  /** The project's name where no line tells a working folder. */
  readonly project: string;
  readonly generation: number;
  /** Folder in the archive: the session's id, or empty for a loose file. */
  readonly folder: string;
  readonly segment: string;
  /** The sidecar's path beside the session file, or empty. */
  readonly sidecar: string;
  /** Whose transcript a sidecar is. */
  readonly agentId: string | null;
}

/** The facts of a sub-agent's transcript beside the segment with these. */
export function sidecarFacts(segment: PieceFacts, sidecar: string): PieceFacts {
  const agentId = /(?:^|\/)agent-([^/]+)\.jsonl$/.exec(sidecar)?.[1] ?? null;
  return { ...segment, sidecar, agentId };
}

/** Whether a sidecar holds entries. */
export function isTranscript(sidecar: string): boolean {
  return sidecar.endsWith('.jsonl');
}
