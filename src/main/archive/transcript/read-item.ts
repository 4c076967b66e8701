import { asText, isFields, readableJson, readBlocks } from './read-blocks.js';
import { readableLabel } from './readable-text.js';
import { anchorOf, type TranscriptItem, type TranscriptSpeaker } from './transcript-item.js';

/** A line of a transcript as a step to show, and what belongs to it beside the session file. */
export interface ReadItem {
  readonly item: TranscriptItem;
  /** Ids of sub-agents that it tells the end or the start of. */
  readonly agentIds: readonly string[];
  /** Names of spilled tool results that it points to. */
  readonly spilledNames: readonly string[];
}

/** A line as JSON, its fields empty where it is no JSON object, and its length in characters. */
export interface ParsedLine {
  readonly record: Fields;
  readonly isReadable: boolean;
  readonly length: number;
}

/** Reads lines one after the other; see `makeItemReader`. */
export type ReadLine = (line: ParsedLine) => ReadItem;

const longestAttachment = 8_000;
const longestEntry = 2_000;
type Fields = Readonly<Record<string, unknown>>;

/**
 * Makes a reader for one file of lines. It passes over nothing: kinds that aren't known are named, a line that is no
 * JSON object is told. `seen` holds the anchors that are given out already.
 */
export function makeItemReader(seen: Set<string>): ReadLine {
  const toolNames = new Map<string, string>();

  function anchorFor(uuid: string): string | null {
    if (uuid === '') return null;
    const anchor = anchorOf(uuid);
    if (seen.has(anchor)) return null;
    seen.add(anchor);
    return anchor;
  }

  return ({ record, isReadable, length }) => {
    if (!isReadable) return alone({ kind: 'trouble', text: `A line that can't be read, ${length} characters.` });
    const anchor = anchorFor(asText(record['uuid']));
    const at = timeOf(record);
    const kind = asText(record['type']);
    if (kind === 'system' && record['subtype'] === 'compact_boundary') {
      return alone({ kind: 'mark', anchor, at, text: compactionWords(record['compactMetadata']) });
    }
    const spoken = speechOf(record, kind);
    if (spoken === null) {
      const longest = kind === 'attachment' ? longestAttachment : longestEntry;
      return alone({ kind: 'entry', anchor, at, name: nameOf(record, kind), text: readableJson(record, longest) });
    }
    const message = isFields(record['message']) ? record['message'] : {};
    return {
      item: {
        kind: 'message',
        anchor,
        speaker: spoken.speaker,
        at,
        model: spoken.speaker === 'assistant' ? readableLabel(asText(message['model']), 80) || null : null,
        messageId: asText(message['id']).slice(0, 100) || null,
        blocks: foldedWhereLong(record, readBlocks(spoken.content, toolNames)),
      },
      agentIds: agentIdsOf(record),
      spilledNames: spoken.speaker === 'tool' ? spilledNamesOf(spoken.content) : [],
    };
  };
}

/** An item that nothing beside the session file belongs to. */
export function alone(item: TranscriptItem): ReadItem {
  return { item, agentIds: [], spilledNames: [] };
}

/** Parses a line for a reader. */
export function parseLine(line: string): ParsedLine {
  const unreadable = { record: {}, isReadable: false, length: line.length };
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? { record: value, isReadable: true, length: line.length } : unreadable;
  } catch {
    return unreadable; // Told by the reader.
  }
}

function speechOf(
  record: Fields,
  kind: string,
): { readonly speaker: TranscriptSpeaker; readonly content: unknown } | null {
  const { message, attachment } = record;
  const content = isFields(message) ? message['content'] : record['content'];
  switch (kind) {
    case 'assistant':
      return { speaker: 'assistant', content };
    case 'user':
      if (Array.isArray(content) && content.some((block) => isFields(block) && block['type'] === 'tool_result')) {
        return { speaker: 'tool', content };
      }
      return { speaker: record['isMeta'] === true || isSummary(record) ? 'client' : 'user', content };
    case 'system':
      return typeof content === 'string' && content !== '' ? { speaker: 'client', content } : null;
    case 'attachment': {
      const isPrompt = isFields(attachment) && attachment['type'] === 'queued_command' && attachment['prompt'];
      return isPrompt ? { speaker: 'user', content: attachment['prompt'] } : null;
    }
    default:
      return null;
  }
}

function isSummary(record: Fields): boolean {
  return record['isCompactSummary'] === true;
}

/** The summary after a compaction is long and not the user's: it is folded. */
function foldedWhereLong(record: Fields, blocks: ReturnType<typeof readBlocks>): ReturnType<typeof readBlocks> {
  if (!isSummary(record)) return blocks;
  const label = 'Summary of all before, made at the compaction';
  return blocks.map((block) =>
    block.kind === 'text' ? { kind: 'fold', look: 'other', label, text: block.text, images: [] } : block,
  );
}

function nameOf(record: Fields, kind: string): string {
  const { attachment, data } = record;
  const detail =
    asText(record['subtype']) ||
    (isFields(attachment) ? asText(attachment['type']) : '') ||
    (isFields(data) ? asText(data['type']) : '');
  return readableLabel([kind || 'entry without a type', detail].filter((part) => part !== '').join(': '), 100);
}

function timeOf(record: Fields): string | null {
  const time = Date.parse(asText(record['timestamp']));
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}

function compactionWords(metadata: unknown): string {
  const fields = isFields(metadata) ? metadata : {};
  const by = fields['trigger'] === 'manual' ? 'Compacted by hand' : 'Compacted';
  const [before, after] = [thousands(fields['preTokens']), thousands(fields['postTokens'])];
  if (before === null) return by;
  return after === null ? `${by} at ${before} tokens` : `${by}: ${before} → ${after} tokens`;
}

function thousands(tokens: unknown): string | null {
  if (typeof tokens !== 'number' || !Number.isFinite(tokens) || tokens < 0) return null;
  return tokens < 1000 ? String(Math.round(tokens)) : `${Math.round(tokens / 1000)}K`;
}

function agentIdsOf(record: Fields): readonly string[] {
  const { toolUseResult } = record;
  const id = isFields(toolUseResult) ? asText(toolUseResult['agentId']) : '';
  return id === '' ? [] : [id];
}

function spilledNamesOf(content: unknown): readonly string[] {
  const texts = Array.isArray(content)
    ? content.map((block: unknown) => (isFields(block) ? block['content'] : ''))
    : [];
  const whole = texts.flatMap((text) => (Array.isArray(text) ? text.map(textOfPart) : [asText(text)]));
  const names = whole.flatMap((text) => [...text.slice(0, 20_000).matchAll(/tool-results[\\/]+([A-Za-z0-9._-]+)/g)]);
  return [...new Set(names.map(([, name]) => name ?? ''))];
}

function textOfPart(part: unknown): string {
  return isFields(part) ? asText(part['text']) : '';
}
