import type { SpeakerRole } from '../../shared/archive-search.js';
import { isSessionId } from '../export/segment-name.js';
import type { Titles } from '../sessions/session-title.js';
import { collectBytes } from './collect-bytes.js';
import { entryKeyOf, isPlainUuid } from './entry-key.js';
import { plainText } from './plain-text.js';
import { spaced } from './spaced-script.js';
import type { TermScanner } from './term-scanner.js';
import type { TranscriptLine } from './transcript-entry.js';

/**
 * Entries by columns, so that a thread hands them to another one at little cost. See `TranscriptEntry` for their meaning. Texts
 * and keys come as the bytes that the database takes: turning texts into them costs more than what it does with them.
 */
export interface EntryBatch {
  /** See `entryKeyOf`: 16 bytes of each. */
  readonly keys: Uint8Array<ArrayBuffer>;
  /** The uuids that can't be had again from their keys. */
  readonly oddUuids: readonly { readonly at: number; readonly uuid: string }[];
  readonly kinds: readonly string[];
  readonly roles: readonly (SpeakerRole | null)[];
  readonly agents: readonly (string | null)[];
  readonly times: readonly (number | null)[];
  /** All texts one after the other in UTF-8, without NUL characters, and how many bytes each has. */
  readonly texts: Uint8Array<ArrayBuffer>;
  readonly textBytes: readonly number[];
  /** Where the words of a text are told in another form, see `spaced`; else null. */
  readonly spacedTexts: readonly (string | null)[];
  /** Of the line in the piece's bytes, its line end not counted. */
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
  /** Words that weren't met before. */
  readonly terms: readonly string[];
  readonly told: ToldOfSession;
}

/** What lines tell of their session. */
export interface ToldOfSession {
  /** The first working folder. */
  readonly cwd: string | null;
  readonly sessionId: string | null;
  readonly titles: Partial<Titles>;
  /** Milliseconds since 1970. */
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
}

/** Takes lines and gives them out in batches. */
export interface EntryBatcher {
  readonly add: (line: TranscriptLine, offset: number, length: number) => void;
  /** Gives out what is left. */
  readonly end: () => void;
}

const mostRows = 64;
const mostCharacters = 512 * 1024;

/** Makes a batcher; the words of its texts go through `terms`. */
export function makeBatcher(terms: TermScanner, onBatch: (batch: EntryBatch) => void): EntryBatcher {
  const keys = collectBytes();
  const texts = collectBytes();
  let batch = emptyBatch();
  let characters = 0;

  function give(): void {
    const full = { ...batch, keys: keys.take(), texts: texts.take() };
    batch = emptyBatch();
    characters = 0;
    onBatch(full);
  }

  return {
    add({ entry, cwd, sessionId, title }, offset, length) {
      const { told } = batch;
      told.cwd ??= cwd;
      if (told.sessionId === null && sessionId !== null && isSessionId(sessionId)) told.sessionId = sessionId;
      if (title !== null) told.titles = { ...told.titles, ...title };
      if (entry === null) return;
      const { uuid, kind, role, agentId, atMs, text } = entry;
      if (atMs !== null) {
        told.firstAtMs = Math.min(told.firstAtMs ?? atMs, atMs);
        told.lastAtMs = Math.max(told.lastAtMs ?? atMs, atMs);
      }
      if (!isPlainUuid(uuid)) batch.oddUuids.push({ at: batch.kinds.length, uuid });
      keys.add(entryKeyOf(uuid), 'hex');
      batch.kinds.push(kind);
      batch.roles.push(role);
      batch.agents.push(agentId);
      batch.times.push(atMs);
      const { terms: newTerms } = batch;
      const { hasFarCharacters, hasNul } = terms.scan(text, (term) => newTerms.push(term));
      const plain = hasNul ? plainText(text) : text;
      batch.textBytes.push(texts.add(plain, 'utf8'));
      batch.spacedTexts.push(hasFarCharacters ? spaced(plain) : null);
      batch.offsets.push(offset);
      batch.lengths.push(length);
      characters += text.length;
      if (batch.kinds.length === mostRows || characters > mostCharacters) give();
    },
    end: give,
  };
}

function emptyBatch() {
  return {
    oddUuids: [] as { at: number; uuid: string }[],
    kinds: [] as string[],
    roles: [] as (SpeakerRole | null)[],
    agents: [] as (string | null)[],
    times: [] as (number | null)[],
    textBytes: [] as number[],
    spacedTexts: [] as (string | null)[],
    offsets: [] as number[],
    lengths: [] as number[],
    terms: [] as string[],
    told: {
      cwd: null as string | null,
      sessionId: null as string | null,
      titles: {} as Partial<Titles>,
      firstAtMs: null as number | null,
      lastAtMs: null as number | null,
    },
  };
}
