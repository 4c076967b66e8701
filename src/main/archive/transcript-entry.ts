import type { Titles } from '../sessions/session-title.js';
import { asItIs, lineText, type DecodeText, type LineText } from './line-text.js';
import { searchableText } from './searchable-text.js';
import type { SpeakerRole } from '../../shared/archive-search.js';

/** An entry of a transcript as the index keeps it. */
export interface TranscriptEntry {
  readonly uuid: string;
  /** The line's `type` as it is, also one that isn't known; empty where it has none. */
  readonly kind: string;
  /** Who speaks; null where nobody does. */
  readonly role: SpeakerRole | null;
  /** Set on what a sub-agent said or did. */
  readonly agentId: string | null;
  /** Milliseconds since 1970; null where the line carries no time. */
  readonly atMs: number | null;
  /** See `searchableText`; empty where there is nothing to be found. */
  readonly text: string;
}

/** What a line tells the index. */
export interface TranscriptLine {
  /** Null for a line without a uuid. */
  readonly entry: TranscriptEntry | null;
  readonly cwd: string | null;
  readonly sessionId: string | null;
  readonly title: Partial<Titles> | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads a line for the index, leniently as `parseEntry` does; null for what is no JSON object. */
export function readTranscriptLine(line: string): TranscriptLine | null {
  return readLine({ line, decode: asItIs });
}

/** The same from the bytes of a line. */
export function readTranscriptBytes(bytes: Buffer): TranscriptLine | null {
  return readLine(lineText(bytes));
}

function readLine({ line, decode }: LineText): TranscriptLine | null {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return null; // The caller counts it as a bad line.
  }
  if (!isFields(record)) return null;
  const uuid = asText(record['uuid'], decode);
  return {
    entry: uuid === null ? null : entryOf(record, uuid, decode),
    cwd: asText(record['cwd'], decode),
    sessionId: asText(record['sessionId'], decode),
    title: uuid === null ? titleOf(record, decode) : null,
  };
}

function entryOf(record: Fields, uuid: string, decode: DecodeText): TranscriptEntry {
  const kind = asText(record['type'], decode) ?? '';
  const timestamp = asText(record['timestamp'], decode);
  const time = timestamp === null ? Number.NaN : Date.parse(timestamp);
  const { role, content } = speechOf(record, kind);
  return {
    uuid,
    kind: kind.slice(0, longestName),
    role,
    agentId: agentOf(record, kind, decode)?.slice(0, longestName) ?? null,
    atMs: Number.isFinite(time) ? time : null,
    text: searchableText(content, decode),
  };
}

/** Who says what. Progress is told again by the sub-agent's own transcript, so it isn't made searchable here. */
function speechOf(record: Fields, kind: string): { readonly role: SpeakerRole | null; readonly content: unknown } {
  const { message, attachment } = record;
  const content = isFields(message) ? message['content'] : record['content'];
  switch (kind) {
    case 'assistant':
      return { role: 'assistant', content };
    case 'user':
      if (hasToolResult(content)) return { role: 'tool', content };
      return { role: record['isMeta'] === true || record['isCompactSummary'] === true ? 'system' : 'user', content };
    case 'system':
      return { role: 'system', content };
    case 'attachment': {
      const prompt = isFields(attachment) && attachment['type'] === 'queued_command' ? attachment['prompt'] : null;
      return prompt === null ? { role: null, content: null } : { role: 'user', content: prompt };
    }
    case 'progress':
      return { role: null, content: null };
    default:
      return { role: null, content };
  }
}

function hasToolResult(content: unknown): boolean {
  return Array.isArray(content) && content.some((block) => isFields(block) && block['type'] === 'tool_result');
}

function agentOf(record: Fields, kind: string, decode: DecodeText): string | null {
  const { data } = record;
  return (
    asText(record['agentId'], decode) ??
    (kind === 'progress' && isFields(data) ? asText(data['agentId'], decode) : null)
  );
}

function titleOf(record: Fields, decode: DecodeText): Partial<Titles> | null {
  switch (record['type']) {
    case 'custom-title':
      return { custom: asText(record['customTitle'], decode) };
    case 'ai-title':
      return { ai: asText(record['aiTitle'], decode) };
    case 'summary':
      return { summary: asText(record['summary'], decode) };
    default:
      return null;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown, decode: DecodeText): string | null {
  return typeof value === 'string' && value !== '' ? decode(value) : null;
}

const longestName = 200;
