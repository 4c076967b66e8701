import { splitFences } from './split-fences.js';
import { stepsOf, type TranscriptStep } from './transcript-steps.js';
import type { TranscriptBlock, TranscriptHead, TranscriptImage, TranscriptItem } from './transcript-item.js';
import { speakerNames, timeWords } from './transcript-words.js';

/**
 * A transcript as Markdown, in pieces. Code and results stand in fences that nothing inside of them ends; in prose no
 * tag, link, image or heading of the session's survives as one.
 */
export async function* markdownTranscript(
  head: TranscriptHead,
  items: AsyncIterable<TranscriptItem>,
): AsyncGenerator<string, void, undefined> {
  const exported = head.exportedAt === null ? [] : [`- Exported: ${timeWords(head.exportedAt)}`];
  const facts = [`- Project: ${harmless(head.project)}`, `- Session: ${harmless(head.sessionId)}`, ...exported];
  yield `<!-- made-from: ${head.stamp} -->\n\n# ${harmless(head.title ?? head.project)}\n\n${facts.join('\n')}\n`;
  for await (const step of stepsOf(items)) yield `\n${pieceOf(step)}\n`;
}

function pieceOf(step: TranscriptStep): string {
  switch (step.kind) {
    case 'message': {
      const { item, isHeaded } = step;
      const facts = [item.model === null ? '' : harmless(item.model), item.at === null ? '' : timeWords(item.at)];
      const title = [speakerNames[item.speaker], ...facts].filter((fact) => fact !== '').join(' · ');
      const parts = [...(isHeaded ? [`## ${title}`] : []), ...item.blocks.map(blockText)];
      const anchor = item.anchor === null ? [] : [`<a id="${item.anchor}"></a>`];
      return [...anchor, ...parts].join('\n\n');
    }
    case 'entries':
      return step.entries.map(({ name, text }) => `**${harmless(name)}**\n\n${fenced(text)}`).join('\n\n');
    case 'mark':
      return `---\n\n**${harmless(step.text)}**${step.at === null ? '' : ` · ${timeWords(step.at)}`}\n\n---`;
    case 'trouble':
      return `**${harmless(step.text)}**`;
    case 'open':
      return `<details><summary>${harmless(step.label)}</summary>`;
    case 'plain':
      return fenced(step.text);
    case 'close':
      return '</details>';
  }
}

function blockText(block: TranscriptBlock): string {
  switch (block.kind) {
    case 'text':
      return splitFences(block.text)
        .map((part) => (part.kind === 'code' ? fenced(part.text, part.language) : harmless(part.text)))
        .join('\n\n');
    case 'fold': {
      const text = block.text.trim() === '' ? [] : [fenced(block.text)];
      return [`**${harmless(block.label)}**`, ...text, ...block.images.map(imageText)].join('\n\n');
    }
    case 'image':
      return imageText(block);
    case 'note':
      return `*${harmless(block.text)}*`;
  }
}

function imageText({ mediaType, base64 }: TranscriptImage): string {
  return `![Image of the session](data:${mediaType};base64,${base64})`;
}

/** Inside of a fence longer than any run of backticks in the text. */
function fenced(text: string, language = ''): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Prose in which nothing is a tag, a link, an image, a heading, a rule or a fence of ours. */
function harmless(text: string): string {
  return text
    .replaceAll('<', '&lt;')
    .replaceAll('](', ']\\(')
    .replaceAll(/^([ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?)(#|\[|```|~~~|===|---)/gm, '$1\\$2');
}
