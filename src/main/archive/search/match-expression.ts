/** A condition on the words of a message, in the form that FTS5 takes. */
export type MatchExpression = string;

/** Words one after the other. They hold letters and digits only, so that no character of them is part of the language. */
export function phrase(words: readonly string[]): MatchExpression {
  return `"${words.join(' ').replaceAll('"', ' ')}"`;
}

/** The same, of which the last is only the start of a word. */
export function startOf(words: readonly string[]): MatchExpression {
  return `${phrase(words)} *`;
}

/** At least one of them; there has to be one. */
export function anyOf(expressions: readonly MatchExpression[]): MatchExpression {
  return expressions.length === 1 ? (expressions[0] ?? '""') : `(${expressions.join(' OR ')})`;
}

/** All of them; there has to be one. */
export function allOf(expressions: readonly MatchExpression[]): MatchExpression {
  return expressions.length === 1 ? (expressions[0] ?? '""') : `(${expressions.join(' AND ')})`;
}

/** What is looked for in the texts, and the filters: for each of them one or more tokens of which one has to be there. */
export function matchOf(text: MatchExpression, filters: readonly (readonly string[])[]): MatchExpression {
  const conditions = filters.map((tokens) => `{filters} : ${anyOf(tokens.map((token) => phrase([token])))}`);
  return allOf([`{text} : ${text}`, ...conditions]);
}
