import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';

/**
 * Masks what looks like a secret: answers the same texts in their order, each stretch that a rule of secretlint knows (keys,
 * tokens, private keys, passwords in addresses) replaced by `secretMask`. Each text is to be whole, for a rule can't know a
 * part of a secret.
 */
export type MaskSecrets = (texts: readonly string[]) => Promise<readonly string[]>;

/** Stands in the place of a secret; no markup in Markdown or HTML. */
export const secretMask = '‹secret masked›';

/** What can't be part of a secret, so that none is found over the end of a text. */
const separator = '\n\0\n';
/** So many characters are looked through at once; a longer text is looked through alone. */
const lookedThroughAtOnce = 2_000_000;

/** One rule reads files, and one lets a text say that it is not to be looked through: neither is for text from strangers. */
const unwantedRules: ReadonlySet<string> = new Set([
  '@secretlint/secretlint-rule-gcp',
  '@secretlint/secretlint-rule-filter-comments',
]);
const rulesInUse = rules
  .filter(({ meta }) => !unwantedRules.has(meta.id))
  .map((rule) => ({ id: rule.meta.id, rule, options: optionsOf(rule.meta.id) }));

/** See `MaskSecrets`. Takes 20 to 60 ms for a million characters. For a worker thread; import it late, its rules are large. */
export const maskSecrets: MaskSecrets = async (texts) => {
  const masked: string[] = [];
  let batch: string[] = [];
  let length = 0;
  async function flush(): Promise<void> {
    for (const text of await maskBatch(batch)) masked.push(text);
    [batch, length] = [[], 0];
  }
  for (const text of texts) {
    if (batch.length > 0 && length + text.length > lookedThroughAtOnce) await flush();
    batch.push(text);
    length += text.length;
  }
  await flush();
  return masked;
};

async function maskBatch(texts: readonly string[]): Promise<readonly string[]> {
  if (texts.length === 0) return texts;
  // It begins with a separator: secretlint takes a byte order mark at the beginning away, and all places with it.
  const content = `${separator}${texts.join(separator)}`;
  const ranges = await secretsIn(content);
  if (ranges.length === 0) return texts;
  let start = 0;
  return texts.map((text) => {
    start += separator.length;
    const from = start;
    start += text.length;
    return cover(text, from, ranges);
  });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** In the order of their places; they may overlap. */
async function secretsIn(content: string): Promise<readonly Range[]> {
  const source = { filePath: 'text', content, contentType: 'text' as const, ext: '.txt' };
  const { messages } = await lintSource({ source, options: { config: { rules: rulesInUse }, noPhysicFilePath: true } });
  return messages
    .map(({ range: [start, end] }) => ({ start, end }))
    .toSorted((one, other) => one.start - other.start || other.end - one.end);
}

/** Covers the parts of a text, which begins at `from`, that lie in one of the ranges. */
function cover(text: string, from: number, ranges: readonly Range[]): string {
  let covered = '';
  let position = 0;
  for (const range of ranges) {
    const [start, end] = [Math.max(range.start - from, position), Math.min(range.end - from, text.length)];
    if (end <= start) continue;
    covered += `${text.slice(position, start)}${start === position && position > 0 ? '' : secretMask}`;
    position = end;
  }
  return covered + text.slice(position);
}

function optionsOf(id: string): object {
  return id === '@secretlint/secretlint-rule-aws' ? { enableIDScanRule: true } : {};
}
