/** What else was seen of a text. */
export interface TextTraits {
  /** It holds characters from U+2E80 on: it may be in a script without spaces. */
  readonly hasFarCharacters: boolean;
  readonly hasNul: boolean;
}

/** Finds the words that weren't met before. */
export interface TermScanner {
  /** Calls `onTerm` with each word of the text that this scanner sees for the first time, folded as `foldTerm` does. */
  readonly scan: (text: string, onTerm: (term: string) => void) => TextTraits;
  /** Forgets what it has met. */
  readonly forget: () => void;
}

/** Shorter words are found whole or by their beginning; longer ones are data, not words. */
export const shortestTerm = 3;
const longestTerm = 64;

const slots = 1 << 18;
/** So many characters are looked at together: more than a text of the index has. */
const stretch = 64 * 1024 + 64;
const mostRemembered = 400_000;
const firstFarUnit = 0x2e80;
const wordUnits = makeWordUnits();
const innerWords = /[\p{L}\p{N}\p{M}]+/gu;

/** A word as the index compares it: lower case, without marks such as accents. */
export function foldTerm(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC').toLowerCase();
}

/**
 * Makes a scanner. A word that it has met costs one look into a table of hashes and no text of its own, so that it keeps
 * up with the parser. Characters from U+2E80 on belong to no word here: see `spaced`.
 */
export function makeTermScanner(): TermScanner {
  // Two hashes of a word lie side by side: 64 bits of them are as good as the word itself.
  const hashes = new Int32Array(slots * 2);
  const bytes = Buffer.alloc(stretch * 2);
  const units = new Uint16Array(bytes.buffer, bytes.byteOffset, stretch);
  let known = new Set<string>();

  function meet(raw: string, onTerm: (term: string) => void): void {
    for (const [word] of raw.matchAll(innerWords)) {
      const term = foldTerm(word);
      if (term.length < shortestTerm || known.has(term) || isData(term)) continue;
      // Told again later, which does no harm.
      if (known.size >= mostRemembered) known = new Set();
      known.add(term);
      onTerm(term);
    }
  }

  function scanStretch(text: string, onTerm: (term: string) => void): TextTraits {
    const { length } = text;
    let [hasFarCharacters, hasNul] = [false, false];
    // Reading the units of an array is quicker than asking the text for each.
    bytes.write(text, 0, 'utf16le');
    let [first, second, start] = [0, 0, -1];
    for (let index = 0; index <= length; index += 1) {
      const unit = index < length ? (units[index] ?? 0) : 0;
      if (wordUnits[unit] === 1) {
        if (start < 0) [first, second, start] = [5381, 52_711, index];
        first = Math.imul(first, 33) ^ unit;
        second = Math.imul(second, 0x01000193) ^ unit;
        continue;
      }
      if (unit >= firstFarUnit) hasFarCharacters = true;
      else if (unit === 0 && index < length) hasNul = true;
      if (start >= 0) {
        const from = start;
        start = -1;
        if (index - from < shortestTerm || index - from > longestTerm) continue;
        const slot = (first & (slots - 1)) * 2;
        if (hashes[slot] === first && hashes[slot + 1] === second) continue;
        hashes[slot] = first;
        hashes[slot + 1] = second;
        meet(text.slice(from, index), onTerm);
      }
    }
    return { hasFarCharacters, hasNul };
  }

  return {
    scan(text, onTerm) {
      if (text.length <= stretch) return scanStretch(text, onTerm);
      const traits = [];
      for (let from = 0; from < text.length; from += stretch) {
        traits.push(scanStretch(text.slice(from, from + stretch), onTerm));
      }
      return {
        hasFarCharacters: traits.some((each) => each.hasFarCharacters),
        hasNul: traits.some((each) => each.hasNul),
      };
    },
    forget() {
      hashes.fill(0);
      known = new Set();
    },
  };
}

/** Hashes, ids and the like: found whole, but not by a part. They would be most of all words. */
function isData(term: string): boolean {
  return term.length >= 8 && (term.match(/\p{N}/gu)?.length ?? 0) >= 3;
}

function makeWordUnits(): Uint8Array {
  const units = new Uint8Array(0x10000);
  const isWord = /[\p{L}\p{N}\p{M}]/u;
  for (let unit = 0; unit < firstFarUnit; unit += 1) {
    if (isWord.test(String.fromCharCode(unit))) units[unit] = 1;
  }
  return units;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
