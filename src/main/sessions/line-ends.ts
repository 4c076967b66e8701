import { asFields, messageLine, type MessageLine } from './entry-parser.js';

/** More than the client writes before and after what a line carries. */
const endBytes = 2048;
const typeBytes = 1024;
const typeName = '"type":"';
const recordStart = Buffer.from('"parentUuid"');
const value = String.raw`(?:"(?:[^"\\]|\\.)*"|true|false|null|-?[\d.eE+-]+)`;
const startOfRecord = new RegExp(String.raw`^\{(?:"\w+":${value},)+`);
const endOfRecord = new RegExp(String.raw`^(?:,"\w+":${value})*\}\s*$`);

/** The type of the one record of a line, from its start alone; null where that doesn't tell it, or where the line may hold more than one. */
export function typeAtStart(line: Buffer): string | null {
  const start = line.toString('latin1', 0, typeBytes);
  const at = start.indexOf(typeName);
  if (at === -1 || line.includes(recordStart, recordStart.length)) return null;
  const from = at + typeName.length;
  return start.slice(from, start.indexOf('"', from));
}

/**
 * Reads from both ends of a long line of one record what it says of time and place, without parsing what stands
 * between: that may be megabytes of a tool's output. Null where the ends don't say where the session is; a parser has
 * to look then.
 */
export function readLineEnds(line: Buffer): MessageLine | null {
  const start = startOfRecord.exec(line.toString('utf8', 0, endBytes))?.[0];
  const last = line.toString('utf8', Math.max(0, line.length - endBytes)).trimEnd();
  // Within a text a quote is escaped: what begins with a comma, a quote and a name is the record's own.
  const carried = Math.max(last.lastIndexOf('}', last.length - 2), last.lastIndexOf(']', last.length - 2));
  const end = endOfRecord.exec(last.slice(carried + 1))?.[0];
  if (start === undefined || end === undefined) return null;
  const fields = { ...parsed(`${start.slice(0, -1)}}`), ...parsed(`{${end.slice(1)}`) };
  return 'cwd' in fields && 'isSidechain' in fields ? messageLine(fields) : null;
}

/** What no parser takes says nothing. */
function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return asFields(JSON.parse(text)) ?? {};
  } catch {
    return {};
  }
}
