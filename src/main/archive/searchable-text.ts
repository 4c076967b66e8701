/** The most characters of one entry that can be searched, of a tool's input or result, and of one value of an input. */
const longestEntry = 64 * 1024;
const longestTool = 2 * 1024;
const longestValue = 1024;

/**
 * What can be searched of a message's `content`, as plain text: a person's and the model's words, names and inputs of
 * tools, and of their results the beginning and the end. Images and other data are left out. At most 64 K characters.
 */
export function searchableText(content: unknown): string {
  if (typeof content === 'string') return shortened(content, longestEntry);
  if (!Array.isArray(content)) return '';
  const parts: string[] = [];
  let length = 0;
  for (const block of content) {
    if (length >= longestEntry) break;
    const text = textOfBlock(block);
    if (text === '') continue;
    parts.push(text);
    length += text.length;
  }
  return parts.length === 1 ? shortened(parts[0] ?? '', longestEntry) : shortened(parts.join('\n'), longestEntry);
}

function textOfBlock(block: unknown): string {
  if (typeof block === 'string') return block;
  if (!isRecord(block)) return '';
  switch (block['type']) {
    case 'text':
      return asText(block['text']);
    case 'thinking':
      return asText(block['thinking']);
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return shortened(`${asText(block['name'])}\n${textOfInput(block['input'])}`, longestTool);
    case 'tool_result':
    case 'mcp_tool_result':
      return shortened(textOfResult(block['content']), longestTool);
    default:
      return '';
  }
}

/** The values of a tool's input; what is nested in them as JSON. */
function textOfInput(input: unknown): string {
  if (!isRecord(input)) return asText(input);
  const values: string[] = [];
  for (const value of Object.values(input)) {
    if (typeof value === 'string') values.push(shortened(value, longestValue));
    else if (typeof value === 'object' && value !== null) values.push(shortened(JSON.stringify(value), longestValue));
    else if (typeof value === 'number') values.push(String(value));
  }
  return values.join('\n');
}

function textOfResult(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block: unknown) => (isRecord(block) && block['type'] === 'text' ? asText(block['text']) : ''))
    .filter((text) => text !== '')
    .join('\n');
}

/** The first three quarters and the last one of what is allowed, joined by a line end. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = Math.floor(most / 4);
  return `${text.slice(0, most - tail)}\n${text.slice(-tail)}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
