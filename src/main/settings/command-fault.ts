import { commandPlaceholders } from '../support/command-placeholders.js';

/**
 * What is wrong with a command that is to be run without a shell, or null; an empty one is none and right. A placeholder
 * stands for a whole argument: within another text it would need the rules of whoever reads that text, a shell above all.
 */
export function commandFault(words: readonly string[]): string | null {
  const [program] = words;
  if (program === undefined) return null;
  if (program === '' || commandPlaceholders.some((placeholder) => program.includes(placeholder))) {
    return 'its first text must be the name or path of a program';
  }
  if (words.some((word) => word.includes('\0'))) return 'it holds a NUL character';
  if (/\.(?:bat|cmd)$/i.test(program)) return 'a batch file is run through a shell; name the program that it starts';
  for (const word of words) {
    const held = commandPlaceholders.find((placeholder) => word !== placeholder && word.includes(placeholder));
    if (held !== undefined) return `${held} must be an argument of its own, not a part of "${word}"`;
  }
  return null;
}
