import { isAscii } from 'node:buffer';

/** A line as text, and how the texts in it are had. */
export interface LineText {
  readonly line: string;
  readonly decode: DecodeText;
}

/** Gives a text of a parsed line the characters that it stands for. */
export type DecodeText = (text: string) => string;

/** How JSON spells a character by its number. */
const spelled = '\\u';

/**
 * The text of a line of JSON in the form that is parsed the quickest. Most of a line is never looked at: its bytes are
 * taken for characters, and `decode` turns the few texts that are wanted into what they are. Where the line itself spells
 * characters by their numbers the two couldn't be told apart, and it is decoded as a whole.
 */
export function lineText(bytes: Buffer): LineText {
  if (isAscii(bytes)) return { line: bytes.toString('latin1'), decode: asItIs };
  if (bytes.includes(spelled)) return { line: bytes.toString('utf8'), decode: asItIs };
  return { line: bytes.toString('latin1'), decode: decodeBytes };
}

/** For texts that are characters already. */
export function asItIs(text: string): string {
  return text;
}

function decodeBytes(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}

const beyondAscii = /[\x80-\xff]/;
