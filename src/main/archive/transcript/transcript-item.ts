/** What stands in a message: words, something to fold away, or an image. Texts are readable, but no markup is escaped. */
export type TranscriptBlock =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'fold';
      readonly look: 'thinking' | 'call' | 'result' | 'error' | 'other';
      readonly label: string;
      readonly text: string;
      readonly images: readonly TranscriptImage[];
    }
  | TranscriptImage
  /** What is there and isn't shown, in words. */
  | { readonly kind: 'note'; readonly text: string };

/** An image of a known kind, its bytes as base64 and nothing else. */
export interface TranscriptImage {
  readonly kind: 'image';
  readonly mediaType: string;
  readonly base64: string;
}

/** Who a message is from. `client`: words that Claude Code put in by itself. */
export type TranscriptSpeaker = 'user' | 'assistant' | 'tool' | 'client';

/** One step of a transcript, in the order of the file. `anchor` is null for what is told again and for what has no uuid. */
export type TranscriptItem =
  | {
      readonly kind: 'message';
      readonly anchor: string | null;
      readonly speaker: TranscriptSpeaker;
      /** ISO 8601 UTC. */
      readonly at: string | null;
      readonly model: string | null;
      /** Lines with the same one are one answer. */
      readonly messageId: string | null;
      readonly blocks: readonly TranscriptBlock[];
    }
  /** An entry that nobody says: attachments, states, kinds that aren't known. */
  | {
      readonly kind: 'entry';
      readonly anchor: string | null;
      readonly name: string;
      readonly at: string | null;
      readonly text: string;
    }
  /** A compaction. */
  | { readonly kind: 'mark'; readonly anchor: string | null; readonly at: string | null; readonly text: string }
  /** Something that can't be read. */
  | { readonly kind: 'trouble'; readonly text: string }
  /** What follows up to its `close` belongs together and is folded: a sub-agent, a spilled result. */
  | { readonly kind: 'open'; readonly label: string }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'close' };

/** What a whole transcript is headed with. */
export interface TranscriptHead {
  readonly sessionId: string;
  readonly project: string;
  readonly title: string | null;
  /** ISO 8601 UTC of the newest export. */
  readonly exportedAt: string | null;
  /** Changes when the archive of the session does. */
  readonly stamp: string;
}

/** The id at which a message stands in an HTML transcript, safe in a document and an address. */
export function anchorOf(uuid: string): string {
  return `m-${uuid.slice(0, 100).replaceAll(/[^A-Za-z0-9_-]/g, '_')}`;
}
