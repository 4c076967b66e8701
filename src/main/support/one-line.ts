/**
 * Makes any text safe to print as one line: control characters (line ends and terminal escapes among them), marks that
 * reorder text and lone surrogates become `\n`, `\x1b`, `\u202e` …; what is longer than `maxCharacters` ends in `…`.
 */
export function oneLine(text: string, maxCharacters = 4000): string {
  const visible = text.replace(unsafeCharacters, escaped);
  const characters = visible.length > maxCharacters ? Array.from(visible) : [];
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join('')}…` : visible;
}

/** C0 and C1 controls, format characters (bidi marks, zero width, tags), line and paragraph separators, lone surrogates. */
const unsafeCharacters = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return named[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`);
}
