import { asItIs, type DecodeText } from './line-text.js';

/** The most characters of one entry that can be searched, of a tool's input or result, and of one value of an input. */
const longestEntry = 64 * 1024;
const longestTool = 2 * 1024;
const longestValue = 1024;

/**
 * What can be searched of a message's `content`, as plain text: a person's and the model's words, names and inputs of
 * tools, and of their results the beginning and the end. Images and other data are left out. At most 64 K characters.
 * `decode` is that of the line, see `lineText`.
 */
export function searchableText(content: unknown, decode: DecodeText = asItIs): string {
  if (typeof content === 'string') return decodedShortly(content, longestEntry, decode);
  if (!Array.isArray(content)) return '';
  const parts: string[] = [];
  let length = 0;
  for (const block of content) {
    if (length >= longestEntry) break;
    const text = textOfBlock(block, decode);
    if (text === '') continue;
    parts.push(text);
    length += text.length;
  }
  return parts.length === 1 ? shortened(parts[0] ?? '', longestEntry) : shortened(parts.join('\n'), longestEntry);
}

function textOfBlock(block: unknown, decode: DecodeText): string {
  if (typeof block === 'string') return decode(block);
  if (!isRecord(block)) return '';
  switch (block['type']) {
    case 'text':
      return asText(block['text'], decode);
    case 'thinking':
      return asText(block['thinking'], decode);
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return shortened(`${asText(block['name'], decode)}\n${textOfInput(block['input'], decode)}`, longestTool);
    case 'tool_result':
    case 'mcp_tool_result':
      return decodedShortly(textOfResult(block['content']), longestTool, decode);
    default:
      return '';
  }
}

/** The values of a tool's input; what is nested in them as JSON. */
function textOfInput(input: unknown, decode: DecodeText): string {
  if (!isRecord(input)) return asText(input, decode);
  const values: string[] = [];
  for (const value of Object.values(input)) {
    if (typeof value === 'string') values.push(decodedShortly(value, longestValue, decode));
    else if (typeof value === 'object' && value !== null)
      values.push(decodedShortly(JSON.stringify(value), longestValue, decode));
    else if (typeof value === 'number') values.push(String(value));
  }
  return values.join('\n');
}

function textOfResult(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block: unknown) => (isRecord(block) && block['type'] === 'text' ? asText(block['text'], asItIs) : ''))
    .filter((text) => text !== '')
    .join('\n');
}

/** The same as `shortened` of the decoded text, but what is left out isn't decoded: a character has at most 3 bytes a unit. */
function decodedShortly(text: string, most: number, decode: DecodeText): string {
  if (text.length <= most * mostBytesPerUnit) return shortened(decode(text), most);
  const tail = Math.floor(most / 4);
  const head = most - tail;
  const spare = 4;
  const first = decode(text.slice(0, head * mostBytesPerUnit + spare)).slice(0, head);
  return `${first}\n${decode(text.slice(-(tail * mostBytesPerUnit + spare))).slice(-tail)}`;
}

const mostBytesPerUnit = 3;

/** The first three quarters and the last one of what is allowed, joined by a line end. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = Math.floor(most / 4);
  return `${text.slice(0, most - tail)}\n${text.slice(-tail)}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown, decode: DecodeText): string {
  return typeof value === 'string' ? decode(value) : '';
}
