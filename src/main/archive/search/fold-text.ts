import { foldTerm } from '../term-scanner.js';

/** A text in lower case and without marks such as accents, and the way back to the text it was made of. */
export interface FoldedText {
  readonly text: string;
  /** The place in the original of a place in the folded text; its length for that of the folded one. */
  readonly originOf: (index: number) => number;
}

/** Folds a text as the index does. */
export function foldText(original: string): FoldedText {
  if (!/[^\p{ASCII}]/u.test(original)) return { text: original.toLowerCase(), originOf: (index) => index };
  const origins: number[] = [];
  let text = '';
  let position = 0;
  for (const character of original) {
    const folded = foldTerm(character);
    for (let unit = 0; unit < folded.length; unit += 1) origins.push(position);
    text += folded;
    position += character.length;
  }
  origins.push(original.length);
  return { text, originOf: (index) => origins[index] ?? original.length };
}
