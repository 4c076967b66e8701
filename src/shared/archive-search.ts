/** Who speaks in a message: a person, the model, a tool that answers it, or the client. */
export type SpeakerRole = 'user' | 'assistant' | 'tool' | 'system';

/** What is looked for in the archive; a filter that is null lets everything through. */
export interface ArchiveQuery {
  /** Words, "phrases in quotes", the start of words with a star*; all of them have to be there. */
  readonly text: string;
  /** A project's name, or a part of it; upper and lower case are one. */
  readonly project: string | null;
  readonly role: SpeakerRole | null;
  /** A session's id, or the beginning of it. */
  readonly session: string | null;
  /** The types of the entries, such as `assistant`. */
  readonly kinds: readonly string[] | null;
  /** ISO 8601; `until` is not included. Entries without a time are left out where one is given. */
  readonly since: string | null;
  readonly until: string | null;
  /** How many results are wanted, and how many of the best to pass over. */
  readonly limit: number;
  readonly offset: number;
}

/** Text with hits marked; never HTML. Joined, the parts are the text. */
export type MarkedText = readonly { readonly text: string; readonly isHit: boolean }[];

/** Where an entry stands, so that it can be found again. */
export interface EntryPlace {
  /** Name of the archived file. */
  readonly segment: string;
  /** Set where it stands in a sub-agent's transcript: its path beside the session file. */
  readonly sidecar: string | null;
  /** Of the line in the unpacked bytes of that file, its line end not counted. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** One message that was found. */
export interface ArchiveHit {
  /** Null in a file of another tool that names none. */
  readonly sessionId: string | null;
  readonly uuid: string;
  readonly project: string;
  readonly title: string | null;
  readonly kind: string;
  readonly role: SpeakerRole | null;
  /** Set on what a sub-agent said or did. */
  readonly agentId: string | null;
  /** ISO 8601 UTC; null where the entry carries no time. */
  readonly at: string | null;
  readonly snippet: MarkedText;
  readonly place: EntryPlace;
}

/** What was found. */
export interface ArchiveHits {
  readonly kind: 'found';
  readonly hits: readonly ArchiveHit[];
  /** How many there are in all, counted up to 10 000. */
  readonly total: number;
  /** There are more than `total`: it was not counted further. */
  readonly isTotalLeast: boolean;
  /** Whole words and phrases, or parts of words. */
  readonly by: 'words' | 'parts';
  /** False while the index is being built from the archive: there may be more. */
  readonly isIndexComplete: boolean;
}

/** The answer to a search. `superseded`: a later search took its place before it began. `no-index`: nothing was archived yet. */
export type ArchiveAnswer = ArchiveHits | { readonly kind: 'superseded' } | { readonly kind: 'no-index' };
