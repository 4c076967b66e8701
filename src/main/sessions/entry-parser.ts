import { readUsage, type Usage } from './usage.js';

/** What a `compact_boundary` line says of the compaction. */
interface CompactBoundary {
  readonly trigger: string | null;
  readonly preTokens: number | null;
  readonly postTokens: number | null;
}

/** What the kinds of lines that carry messages have in common. Times are ISO 8601 as written by the client. */
export interface MessageLine {
  readonly uuid: string | null;
  readonly timestamp: string | null;
  readonly isSidechain: boolean;
  readonly cwd: string | null;
  /** Empty outside of a repository. */
  readonly gitBranch: string | null;
  readonly version: string | null;
}

/** One line of a transcript, narrowed to the fields the app uses. Unknown types are kept as `other`. */
export type Entry =
  | (MessageLine & {
      readonly kind: 'assistant';
      readonly messageId: string | null;
      readonly model: string | null;
      readonly requestedModel: string | null;
      readonly usage: Usage | null;
      /** The model has nothing more to do: its turn is over. */
      readonly endsTurn: boolean;
    })
  | (MessageLine & {
      readonly kind: 'user';
      readonly messageId: string | null;
      readonly isCompactSummary: boolean;
      /** The user's own words, not what the client says in the user's place: results, summaries, notes. */
      readonly isPrompt: boolean;
    })
  | (MessageLine & {
      readonly kind: 'system';
      readonly subtype: string | null;
      /** Set on a `compact_boundary`. */
      readonly compaction: CompactBoundary | null;
    })
  | (MessageLine & { readonly kind: 'attachment' })
  | (MessageLine & { readonly kind: 'progress' })
  | { readonly kind: 'title'; readonly source: 'custom' | 'ai' | 'summary'; readonly title: string }
  | { readonly kind: 'cost'; readonly models: readonly string[] }
  | { readonly kind: 'other'; readonly type: string | null; readonly uuid: string | null };

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one line leniently: only the fields the app uses are looked at, each narrowed on its own, so that a field of a
 * wrong type is as good as missing. Null for what is no JSON object. Narrowed by hand, since lines reach 10 MB and files gigabytes.
 */
export function parseEntry(line: Buffer | string): Entry | null {
  const record = parseObject(typeof line === 'string' ? line : line.toString('utf8'));
  return record === null ? null : entryFrom(record);
}

function parseObject(text: string): Fields | null {
  try {
    return asFields(JSON.parse(text));
  } catch {
    return null; // The caller counts it as a bad line.
  }
}

function entryFrom(record: Fields): Entry {
  switch (record['type']) {
    case 'assistant': {
      const message = asFields(record['message']);
      return {
        kind: 'assistant',
        ...messageLine(record),
        messageId: asText(message?.['id']),
        model: asText(message?.['model']),
        requestedModel: asText(record['requestedModel']),
        usage: readUsage(message?.['usage']),
        endsTurn: message?.['stop_reason'] === 'end_turn',
      };
    }
    case 'user': {
      const message = asFields(record['message']);
      return {
        kind: 'user',
        ...messageLine(record),
        messageId: asText(message?.['id']),
        isCompactSummary: record['isCompactSummary'] === true,
        isPrompt: isPrompt(record, message?.['content']),
      };
    }
    case 'system': {
      const subtype = asText(record['subtype']);
      const compaction = subtype === 'compact_boundary' ? compactBoundary(asFields(record['compactMetadata'])) : null;
      return { kind: 'system', ...messageLine(record), subtype, compaction };
    }
    case 'attachment':
      return { kind: 'attachment', ...messageLine(record) };
    case 'progress':
      return { kind: 'progress', ...messageLine(record) };
    case 'custom-title':
      return { kind: 'title', source: 'custom', title: asText(record['customTitle']) ?? '' };
    case 'ai-title':
      return { kind: 'title', source: 'ai', title: asText(record['aiTitle']) ?? '' };
    case 'summary':
      return { kind: 'title', source: 'summary', title: asText(record['summary']) ?? '' };
    case 'cost-state':
      return { kind: 'cost', models: Object.keys(asFields(record['modelUsage']) ?? {}) };
    default:
      return { kind: 'other', type: asText(record['type']), uuid: asText(record['uuid']) };
  }
}

const wordsOfTheClient = /^<(?:task-notification|local-command-|command-|bash-)/;

function isPrompt(record: Fields, content: unknown): boolean {
  if (record['isMeta'] === true || record['isCompactSummary'] === true) return false;
  if (asFields(record['origin'])?.['kind'] === 'task-notification') return false;
  if (typeof content === 'string') return !wordsOfTheClient.test(content);
  return (
    Array.isArray(content) && content.length > 0 && !content.some((part) => asFields(part)?.['type'] === 'tool_result')
  );
}

/** What a record of a line with a message says of time and place. */
export function messageLine(record: Fields): MessageLine {
  return {
    uuid: asText(record['uuid']),
    timestamp: asText(record['timestamp']),
    isSidechain: record['isSidechain'] === true,
    cwd: asText(record['cwd']),
    gitBranch: typeof record['gitBranch'] === 'string' ? record['gitBranch'] : null,
    version: asText(record['version']),
  };
}

function compactBoundary(metadata: Fields | null): CompactBoundary {
  return {
    trigger: asText(metadata?.['trigger']),
    preTokens: asCount(metadata?.['preTokens']),
    postTokens: asCount(metadata?.['postTokens']),
  };
}

/** The value where it is a JSON object. */
export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function asCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
