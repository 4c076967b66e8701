import { kilobytes, readableLabel, readableText } from './readable-text.js';
import type { TranscriptBlock, TranscriptImage } from './transcript-item.js';

/** The most characters shown of a message's words, of what is folded, and of what nobody knows; the most bytes of an image. */
const longestText = 200_000;
const longestFold = 64_000;
const longestOther = 4_000;
const longestImage = 8_000_000;
const mostBlocks = 2_000;

const imageTypes: ReadonlySet<unknown> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

type Fields = Readonly<Record<string, unknown>>;

/** What stands in a message's `content`, whatever its shape. `toolNames` is told of calls, and asked when results come. */
export function readBlocks(content: unknown, toolNames: Map<string, string>): readonly TranscriptBlock[] {
  if (typeof content === 'string') return textBlocks(content);
  if (!Array.isArray(content)) return content === undefined || content === null ? [] : [otherBlock('content', content)];
  const blocks = content.slice(0, mostBlocks).flatMap((block: unknown) => blockOf(block, toolNames));
  const left = content.length - mostBlocks;
  return left > 0 ? [...blocks, { kind: 'note', text: `Shortened, ${left} parts left out.` }] : blocks;
}

/** An unknown value as JSON, long texts in it cut. */
export function readableJson(value: unknown, longest = longestOther): string {
  const text = JSON.stringify(
    value,
    (_key, part: unknown) => (typeof part === 'string' && part.length > longest ? part.slice(0, longest) + '…' : part),
    2,
  );
  return readableText(text ?? '', longest);
}

function blockOf(block: unknown, toolNames: Map<string, string>): readonly TranscriptBlock[] {
  if (typeof block === 'string') return textBlocks(block);
  if (!isFields(block)) return [otherBlock('content', block)];
  switch (block['type']) {
    case 'text':
      return textBlocks(asText(block['text']));
    case 'thinking':
      return [thinkingBlock(asText(block['thinking']))];
    case 'redacted_thinking':
      return [{ kind: 'note', text: 'Thinking, encrypted by the model’s maker.' }];
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return [callBlock(block, toolNames)];
    case 'tool_result':
    case 'mcp_tool_result':
      return [resultBlock(block, toolNames)];
    case 'image':
      return [imageBlock(block)];
    case 'document':
      return [documentBlock(block)];
    default:
      return [otherBlock(asText(block['type']) || 'part', block)];
  }
}

function textBlocks(text: string): readonly TranscriptBlock[] {
  return text.trim() === '' ? [] : [{ kind: 'text', text: readableText(text, longestText) }];
}

function thinkingBlock(text: string): TranscriptBlock {
  if (text.trim() === '') return { kind: 'note', text: 'Thinking, of which the client kept no text.' };
  return { kind: 'fold', look: 'thinking', label: 'Thinking', text: readableText(text, longestFold), images: [] };
}

function callBlock(block: Fields, toolNames: Map<string, string>): TranscriptBlock {
  const name = readableLabel(asText(block['name']) || 'tool', 80);
  const id = asText(block['id']);
  // A call without an answer stays: the oldest of many goes.
  if (toolNames.size >= mostBlocks) toolNames.delete(toolNames.keys().next().value ?? '');
  if (id !== '') toolNames.set(id, name);
  const { input } = block;
  const gist = isFields(input) ? gistOf(input) : '';
  const label = gist === '' ? name : `${name}: ${gist}`;
  return { kind: 'fold', look: 'call', label, text: inputText(input), images: [] };
}

/** The value that says most of what a tool was asked. */
function gistOf(input: Fields): string {
  const names = ['description', 'command', 'file_path', 'path', 'pattern', 'query', 'url', 'prompt'];
  const name = names.find((candidate) => asText(input[candidate]) !== '');
  return name === undefined ? '' : readableLabel(asText(input[name]), 100);
}

/** One value as it is, several each below its name. */
function inputText(input: unknown): string {
  if (!isFields(input)) return readableJson(input, longestFold);
  const values = Object.entries(input).map(([name, value]) => {
    const text =
      typeof value === 'string' ? readableText(value, longestFold / 2) : readableJson(value, longestFold / 2);
    return `${readableLabel(name, 80)}:${text.includes('\n') ? '\n' : ' '}${text}`;
  });
  return readableText(values.join('\n'), longestFold);
}

function resultBlock(block: Fields, toolNames: Map<string, string>): TranscriptBlock {
  const id = asText(block['tool_use_id']);
  const name = toolNames.get(id);
  toolNames.delete(id);
  const isError = block['is_error'] === true;
  const { content } = block;
  const parts: readonly unknown[] = Array.isArray(content) ? content.slice(0, mostBlocks) : [content ?? ''];
  const images: TranscriptImage[] = [];
  const texts: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') texts.push(part);
    else if (isFields(part) && part['type'] === 'text') texts.push(asText(part['text']));
    else if (isFields(part) && part['type'] === 'image') {
      const image = imageBlock(part);
      if (image.kind === 'image') images.push(image);
      else if (image.kind === 'note') texts.push(image.text);
    } else texts.push(readableJson(part));
  }
  const label = `${isError ? 'Failed' : 'Result'}${name === undefined ? '' : `: ${name}`}`;
  const text = readableText(texts.join('\n'), longestFold);
  return { kind: 'fold', look: isError ? 'error' : 'result', label, text, images };
}

/** An image of a known kind whose data is base64; in words where it isn't that, or is too large. */
function imageBlock(block: Fields): TranscriptBlock {
  const source = isFields(block['source']) ? block['source'] : {};
  const [mediaType, base64] = [source['media_type'], asText(source['data'])];
  if (source['type'] !== 'base64' || !imageTypes.has(mediaType) || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    return { kind: 'note', text: `Image (${readableLabel(asText(mediaType), 60) || 'of no known kind'}), not shown.` };
  }
  const bytes = Math.floor((base64.length * 3) / 4);
  if (bytes > longestImage) return { kind: 'note', text: `Image, ${kilobytes(bytes)} left out.` };
  return { kind: 'image', mediaType: asText(mediaType), base64 };
}

function documentBlock(block: Fields): TranscriptBlock {
  const source = isFields(block['source']) ? block['source'] : {};
  const data = asText(source['data']);
  if (source['type'] === 'text') {
    return { kind: 'fold', look: 'other', label: 'Document', text: readableText(data, longestFold), images: [] };
  }
  const type = readableLabel(asText(source['media_type']), 60);
  return {
    kind: 'note',
    text: `Document${type === '' ? '' : ` (${type})`}, ${kilobytes(data.length * 0.75)} left out.`,
  };
}

function otherBlock(name: string, value: unknown): TranscriptBlock {
  return { kind: 'fold', look: 'other', label: readableLabel(name, 80), text: readableJson(value), images: [] };
}

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text, or the empty one. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
